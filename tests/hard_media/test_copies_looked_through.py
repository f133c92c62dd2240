"""A copy from before copies were looked through goes to nobody until it was, and may be shut."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import CutCopy, ShareContent, ShareLink
from forthright.hard_media.selectors.case_page import copies_to_share
from forthright.hard_media.selectors.waiting import waiting_for
from forthright.hard_media.services import cutting, sharing
from forthright.hard_media.services.giving import ShareRefused
from forthright.worker.bindings import SCHEDULES, all_kinds
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import (
    COURT,
    NOON,
    a_copy,
    address_of,
    entered,
    given_of,
    shared,
)
from tests.media_playing.captions import a_captioned_video

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def from_before(copy, video=None):
    """Return a copy as it stood before any was looked through, with these bytes."""
    if video is not None:
        kept = files.a_kept_file(media.a_requested_item(), content=video.read_bytes())
        CutCopy.objects.filter(pk=copy.pk).update(sha256=kept.sha256)
    CutCopy.objects.filter(pk=copy.pk).update(lineage={**copy.lineage, "shown": {}})
    return CutCopy.objects.get(pk=copy.pk)


def looked_through():
    return cutting.look_through_copies(by=None, at=NOON)


def test_nobody_gets_a_copy_through_which_nobody_looked(hearing, item):
    copy = from_before(a_copy(item))

    assert copies_to_share([item]) == []
    for way in ("LINK", "EGRESS"):
        with pytest.raises(ShareRefused, match="until then it goes to nobody"):
            shared(hearing, copies=[copy], way=way)
    with pytest.raises(cutting.CutRefused, match="until then it goes to nobody"):
        cutting.take_out_copy(copy, by=media.a_lawyer(), at=NOON)
    page = as_(media.a_lawyer()).open(f"/recordings/copies/{copy.pk}/")
    page.see("until then it goes to nobody")
    assert "/take-out/" not in page.text
    assert as_(media.a_lawyer()).try_("POST", f"/recordings/copies/{copy.pk}/take-out/") == 302
    assert not Event.objects.filter(name="file.copy_taken_out").exists()


def test_it_cannot_be_passed_either(hearing, item):
    copy = from_before(a_copy(item, is_passed=False))

    with pytest.raises(cutting.CutRefused, match="until then it goes to nobody"):
        cutting.pass_copy(copy, by=None, at=NOON)


@pytest.mark.slow
def test_a_copy_that_was_shared_is_shut_once_captions_are_found_and_the_unit_is_told(
    hearing, item, tmp_path
):
    copy = a_copy(item)
    shared(hearing, copies=[copy])
    from_before(copy, a_captioned_video(tmp_path))
    link = ShareLink.objects.get()
    client, content = entered(link), given_of(item)

    def answers():
        played = client.get(address_of(link, f"recordings/{content.pk}/")).status_code
        taken = client.post(address_of(link, f"recordings/{content.pk}/take-out/")).status_code
        return played, taken

    assert answers() == (404, 404)
    assert (looked_through(), looked_through()) == (1, 0)

    copy.refresh_from_db()
    assert "is shut" in copy.why_kept_here
    assert "closed captions" in copy.why_kept_here
    assert answers() == (404, 404)
    found = Event.objects.get(name="file.copy_looked_through").detail
    assert found["besides"] == ["closed captions, or other data inside its pictures"]
    lawyer = media.a_lawyer()
    assert waiting_for(lawyer, NOON.date()).shut_copies == [item]
    as_(lawyer).open("/").see("A copy of", "that was shared is shut")
    case = as_(lawyer).open(f"/recordings/cases/{hearing.case_id}/")
    case.see("Counts no more", "holds more than it may, and is shut")
    as_(lawyer).open(f"/recordings/items/{item.pk}/").see("goes to nobody", "Make the copy anew")

    for each in ShareContent.objects.all():
        sharing.revoke_share(each.share, reason="Captions in it.", by=None, at=NOON)
    assert waiting_for(lawyer, NOON.date()).shut_copies == []


@pytest.mark.slow
def test_a_copy_that_holds_nothing_besides_goes_out_again(hearing, item, tmp_path):
    copy = a_copy(item)
    shared(hearing, copies=[copy])
    from_before(copy, files.a_video(tmp_path, "plain.mp4"))
    link = ShareLink.objects.get()

    assert looked_through() == 0

    address = address_of(link, f"recordings/{given_of(item).pk}/")
    assert entered(link).get(address).status_code == 200
    assert not waiting_for(media.a_lawyer(), NOON.date()).shut_copies


def test_one_that_cannot_be_looked_into_is_shut_too(hearing, item):
    copy = from_before(a_copy(item))

    assert looked_through() == 1

    copy.refresh_from_db()
    assert "something that cannot be looked into" in copy.why_kept_here
    with pytest.raises(ShareRefused, match="is shut"):
        shared(hearing, copies=[copy], parties=COURT)


def test_it_is_looked_for_by_itself():
    assert "hard_media.look_through" in all_kinds()
    assert [each.cron for each in SCHEDULES if each.job == "hard_media.look_through"]
