"""Of a recording of several files some go as they came, and of others a copy in their place."""

import pytest

from forthright.hard_media.models import (
    CutCopy,
    Playing,
    SentFile,
    ShareContent,
    ShareLink,
    ShareRecord,
)
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import cutting, wrong_copies
from forthright.hard_media.services.giving import HiddenToDecide, ShareRefused
from forthright.rules.media_rungs import Standing
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import (
    COURT,
    a_copy,
    address_of,
    entered,
    shared,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()


@pytest.fixture
def hearing():
    return media.a_hearing(urn="20AB7000126")


@pytest.fixture
def item(hearing):
    return with_files(hearing, b"the first" * 40, b"the second" * 40)


@pytest.fixture
def lawyer(hearing):
    return as_(media.a_lawyer(unit=hearing.unit))


def with_files(hearing, *contents):
    """Return a recording that is relied on and of which files are here, each viewed."""
    item = media.a_requested_item(hearing)
    for number, content in enumerate(contents):
        files.a_kept_file(item, content=content, name=f"camera{number}.mp4")
    media.items.view_item(item, how="All of it.", by=None, at=NOON)
    return media.items.classify_item(item, "RELIED_ON", by=None, at=NOON)


def a_copy_of(sent, *, what="BLUR", content=b"a copy of the second", is_passed=True):
    """Return a copy of one of several files."""
    box = (0.1, 0.1, 0.2, 0.2) if what == "BLUR" else ()
    asked = cutting.Cut(what=what, reason="A bystander.", start=1, end=2, box=box)
    copy = cutting.ask_for_copy(sent, asked, by=None, at=NOON)
    kept = files.a_kept_file(media.a_requested_item(), content=content)
    CutCopy.objects.filter(pk=copy.pk).update(
        state="MADE", made_at=NOON, sha256=kept.sha256,
        lineage={"command": ["ffmpeg"], "copy_length": len(content), "shown": {"besides": []}},
    )  # fmt: skip
    copy.refresh_from_db()
    return cutting.pass_copy(copy, by=None, at=NOON) if is_passed else copy


def given_of(item):
    found = ShareContent.objects.filter(share__item=item).order_by("file", "copy")
    return [(each.file.file_name, bool(each.copy)) for each in found]


def with_everybody(hearing, *whole, copies, way="EGRESS", **decided):
    parties = [*COURT, *media.parties_of(hearing)[1:]]
    return shared(hearing, *whole, copies=copies, way=way, parties=parties, **decided)


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_beside_a_copy_of_one_file_the_other_goes_as_it_came_and_that_is_the_recording(
    hearing, item, way
):
    with_everybody(hearing, item, copies=[a_copy(item)], way=way)

    assert given_of(item) == [("camera0.mp4", True)] * 2 + [("camera1.mp4", False)] * 2
    assert ladder_of(hearing, TODAY).standing is Standing.READY
    page = as_(media.a_lawyer(unit=hearing.unit)).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("A copy in its place")


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
@pytest.mark.parametrize("number", [1, 2])
def test_something_of_each_file_is_needed(hearing, way, number):
    """Of three files with copies of one or two, the copies alone are not the recording."""
    item = with_files(hearing, b"one" * 99, b"two" * 99, b"three" * 99)
    kept = list(item.files.order_by("pk"))
    copies = [a_copy_of(each, content=f"copy {each.pk}".encode()) for each in kept[:number]]

    with_everybody(hearing, copies=copies, way=way)
    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY

    with_everybody(hearing, item, copies=copies, way=way)
    assert ladder_of(hearing, TODAY).standing is Standing.READY


def test_a_clip_goes_in_place_of_nothing(hearing, item):
    first, second = item.files.order_by("pk")
    clip = a_copy_of(second, what="CLIP")
    with_everybody(hearing, copies=[a_copy(item), clip])

    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY

    with_everybody(hearing, item, copies=[clip, CutCopy.objects.get(file=first)])
    assert ladder_of(hearing, TODAY).standing is Standing.READY


def test_where_each_file_has_a_copy_none_goes_as_it_came(hearing, item):
    copies = [a_copy(item), a_copy_of(item.files.latest("pk"))]

    with pytest.raises(ShareRefused, match="would have"):
        with_everybody(hearing, item, copies=copies)

    with_everybody(hearing, copies=copies)
    assert ladder_of(hearing, TODAY).standing is Standing.READY


def test_a_file_with_the_same_bytes_does_not_go_beside_the_copy(hearing):
    item = with_files(hearing, b"the same" * 40)
    files.kept_twice_before(item)

    with pytest.raises(ShareRefused, match="and see what that hides"):
        with_everybody(hearing, item, copies=[a_copy(item)])

    assert not ShareRecord.objects.exists()


@pytest.mark.parametrize("how", ["found right", "not found right yet", "found not right"])
def test_a_file_of_which_a_copy_hides_something_or_is_to_goes_as_it_came_only_once_decided(
    hearing, item, how
):
    other = a_copy_of(item.files.latest("pk"), is_passed=how != "not found right yet")
    if how == "found not right":
        lawyer = media.a_lawyer(unit=hearing.unit)
        wrong_copies.find_wrong(other, "A face is seen.", by=lawyer, at=NOON)
    copy = a_copy(item)

    with pytest.raises(HiddenToDecide, match=rf"by copy {other.pk} .*: {how}.*\)\. Look"):
        with_everybody(hearing, item, copies=[copy])

    with_everybody(hearing, item, copies=[copy], hidden_too=True)
    assert ladder_of(hearing, TODAY).standing is Standing.READY


def test_who_had_all_of_it_as_it_came_gets_no_copy_beside_that(hearing, item):
    with_everybody(hearing, item, copies=())

    with pytest.raises(ShareRefused, match="would have"):
        with_everybody(hearing, item, copies=[a_copy(item)])


def test_who_has_a_copy_and_the_other_file_does_not_get_all_of_it_as_it_came(hearing, item):
    with_everybody(hearing, item, copies=[a_copy(item)])

    with pytest.raises(ShareRefused, match="would have"):
        with_everybody(hearing, item, copies=())


def test_it_is_not_recorded_twice(hearing, item):
    copy = a_copy(item)
    with_everybody(hearing, item, copies=[copy])

    with pytest.raises(ShareRefused, match="already"):
        with_everybody(hearing, item, copies=[copy])


def test_a_file_that_stands_for_it_only_since_makes_it_a_part(hearing):
    item = with_files(hearing, b"one" * 99, b"two" * 99, b"three" * 99)
    third = SentFile.objects.filter(pk=item.files.latest("pk").pk)
    third.update(superseded_at=NOON)
    with_everybody(hearing, item, copies=[a_copy(item)])
    assert ladder_of(hearing, TODAY).standing is Standing.READY

    third.update(superseded_at=None)

    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY


def test_what_was_cut_off_of_a_file_that_has_a_copy_is_not_asked_about(hearing, item):
    first, second = item.files.order_by("pk")
    copy = a_copy(item)
    cut = Playing.objects.create(
        sent_file=first, left_out=12.5, how="AS_IT_IS", words="", made_at=NOON
    )
    with_everybody(hearing, item, copies=[copy])

    Playing.objects.filter(pk=cut.pk).update(sent_file=second)
    with pytest.raises(ShareRefused, match="was cut without being converted"):
        with_everybody(hearing, item, copies=[copy], way="LINK")


def test_a_link_opens_the_copy_and_the_other_file_and_nothing_of_the_one_that_has_a_copy(
    hearing, item
):
    copy = a_copy(item)
    shared(hearing, item, copies=[copy])
    first, second = item.files.order_by("pk")
    link = ShareLink.objects.get()

    listed = entered(link).get(address_of(link, "recordings/")).content.decode()

    assert copy.sha256 in listed
    assert second.sha256 in listed
    assert first.sha256 not in listed
    assert first.file_name not in listed


def test_the_page_that_shares_says_how_and_does_it(hearing, item, lawyer):
    copy = a_copy(item)
    page = lawyer.open(f"/recordings/cases/{hearing.case_id}/share/")
    page.see("Choose the recording, too, where it has other files")

    page = page.press(
        "Share them", items=[item.pk], copies=[copy.pk], parties=["COURT"], way="EGRESS"
    )

    page.see("1 share is recorded", "A copy in its place")
    assert given_of(item) == [("camera0.mp4", True), ("camera1.mp4", False)]
