"""A file that holds what is not played of it is shared as it came only once somebody decided so."""

from importlib import import_module

import pytest
from django.apps import apps

from forthright.audit.models import Event
from forthright.hard_media.exports import ToBeKnownFirst, export_case
from forthright.hard_media.models import Playing, ShareRecord
from forthright.hard_media.services import playing
from forthright.hard_media.services.giving import LeftOutToDecide
from forthright.hard_media.services.sharing import Sending, share_items
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import shared_by_link, with_a_file
from tests.hard_media.test_exports import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TICK = "What was cut off and still stands in a file may be given too"


def looked_into(item, left_out=12.5, **more):
    fields = {"how": "AS_IT_IS", "words": "", "made_at": NOON, **more}
    return Playing.objects.create(sent_file=item.files.get(), left_out=left_out, **fields)


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


@pytest.fixture
def item(hearing):
    return with_a_file(hearing)


def share(hearing, item, *, way="EGRESS", **decided):
    sending = Sending(way=way, on=NOON.date(), **decided)
    return share_items(hearing, [item], media.parties_of(hearing), sending, by=None, at=NOON)


def test_it_is_refused_by_any_way_with_what_stands_in_it_and_what_to_do(hearing, item):
    looked_into(item)

    for refused in (lambda: share(hearing, item), lambda: shared_by_link(hearing, item)):
        with pytest.raises(LeftOutToDecide, match=r"cctv.mp4 .12.5 seconds.*share a clip of all"):
            refused()

    assert not ShareRecord.objects.exists()


def test_once_it_is_decided_it_goes_and_the_record_says_so(hearing, item):
    looked_into(item)

    assert len(share(hearing, item, left_out_too=True)) == 2

    assert Event.objects.get(name="media.shared").detail["left_out_too"] is True


@pytest.mark.parametrize("left_out", [0, None])
def test_of_another_file_nobody_is_asked(hearing, item, left_out):
    if left_out is not None:
        looked_into(item, left_out)

    assert len(share(hearing, item)) == 2

    assert Event.objects.get(name="media.shared").detail["left_out_too"] is False


def test_the_page_asks_beside_the_recording_and_says_where_nobody_ticked(hearing, item):
    looked_into(item)
    address = f"/recordings/cases/{hearing.case_id}/share/"
    answers = {"items": [str(item.pk)], "parties": ["COURT"], "way": "EGRESS"}

    page = as_(media.a_lawyer()).open(address)
    page.see(TICK, f"Needed for {item.exhibit} as it came")
    page = page.press("Share them", **answers)
    page.see("was cut without being converted. In cctv.mp4 (12.5 seconds)")
    page.press("Share them", **answers, left_out_too="on").see("1 share is recorded.")


def test_the_page_asks_nothing_where_no_file_holds_more_than_is_played(hearing, item):
    looked_into(item, 0)

    as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/").not_see(TICK)


def test_a_bag_with_it_is_made_only_once_that_is_known_and_the_custody_names_it(
    hearing, item, tmp_path
):
    looked_into(item)
    said = f"the bag holds more than is played: {item.exhibit} (in cctv.mp4 12.5 seconds)"

    with pytest.raises(ToBeKnownFirst) as refusal:
        export_case(hearing, tmp_path / "bag", by=None, at=NOON)
    done = export_case(hearing, tmp_path / "bag", is_known=True, by=None, at=NOON)

    assert said in str(refusal.value)
    assert said in done.warnings[0]
    printed = text_of(tmp_path / "bag" / "custody.pdf")
    assert said in printed
    assert "12.5 seconds from before its beginning stand in it and are not played" in printed
    assert Event.objects.get(name="media.exported").detail["cut"] == [item.pk]


def test_of_a_bag_without_it_nothing_is_said(hearing, item, tmp_path):
    looked_into(item, 0)

    assert export_case(hearing, tmp_path / "bag", by=None, at=NOON).warnings == ()


# Slow: a recording is made and looked into.
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "is_cut"), [("numbered left out.mp4", True), ("numbered with sound.mp4", False)]
)
def test_it_is_known_of_a_file_that_is_looked_into(item, tmp_path, name, is_cut):
    one = media.a_requested_item(media.a_hearing())
    sent = files.a_kept_file(one, content=files.a_video(tmp_path, name).read_bytes())

    assert bool(playing.make_playable(sent, by=None, at=NOON).left_out) is is_cut


def test_of_a_file_that_was_looked_into_before_it_is_read_from_what_was_said(item):
    words = "Plays. It was cut without being converted: 1,012.5 seconds from before its beginning "
    one = looked_into(item, 0, words=f"{words}still stand in the file. Players leave them out.")
    migration = import_module("forthright.hard_media.migrations.0031_left_out")

    migration.from_words(apps, None)

    one.refresh_from_db()
    assert one.left_out == 1012.5
