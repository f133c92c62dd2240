"""What a party has already is said, and is not shared with it once more unseen."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import ShareLink, ShareRecord
from forthright.hard_media.services import receiving, sharing
from forthright.hard_media.services.giving import ShareRefused
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import COURT, UNTIL, a_copy, shared, shared_by_link

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
DAY = timedelta(days=1)


def test_of_two_who_share_the_same_with_the_court_the_second_is_told_who_did(hearing, item):
    first, second = media.a_lawyer(), media.a_lawyer()
    pages = [
        as_(each).open(f"/recordings/cases/{hearing.case_id}/share/") for each in (first, second)
    ]
    pages[0].press("Share them", parties=["COURT"], way="EGRESS").see("1 share is recorded")

    told = pages[1].press("Share them", parties=["COURT"], way="EGRESS")

    assert told.errors[0].startswith(
        f"The court has {item.exhibit} already, shared 5 October 2026 (Egress), recorded by {first}"
    )
    assert ShareRecord.objects.count() == 1
    told.see(f"has {item.exhibit} already")


def test_a_second_press_sends_no_second_link(hearing, item):
    shared_by_link(hearing, item)

    with pytest.raises(ShareRefused, match=r"Hale LLP has .* already"):
        shared_by_link(hearing, item)

    assert ShareLink.objects.count() == 1


@pytest.mark.parametrize("kind", ["BLUR", "CLIP"])
@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_a_copy_is_not_shared_twice_either(hearing, item, kind, way):
    copy = a_copy(item, what=kind)
    shared(hearing, copies=[copy], way=way)

    with pytest.raises(ShareRefused, match="already"):
        shared(hearing, copies=[copy], way=way)


def test_a_link_that_opens_longer_is_sent_all_the_same(hearing, item):
    shared_by_link(hearing, item)

    shared_by_link(hearing, item, until=UNTIL + DAY)

    assert ShareLink.objects.count() == 2


def test_what_was_taken_back_or_goes_another_way_or_day_or_is_more_is_shared(hearing, item):
    [share] = media.shared(hearing, item, parties=COURT)
    sharing.revoke_share(share, reason="The wrong court.", by=None, at=NOON)
    media.shared(hearing, item, parties=COURT)
    shared(hearing, item, parties=COURT)
    media.shared(hearing, item, parties=COURT, on=NOON.date() + DAY, at=NOON + DAY)

    shared(hearing, copies=[a_copy(item, what="CLIP")], parties=COURT)

    assert ShareRecord.objects.filter(revoked_at=None).count() == 4


def test_a_recording_of_which_a_file_was_viewed_since_is_shared_again_the_same_day(hearing):
    item = media.a_requested_item(hearing)
    late = files.a_whole_file(item, content=b"the gate")
    files.a_kept_file(item)
    media.items.view_item(item, how="All of it.", by=None, at=NOON)
    item = media.items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    media.shared(hearing, item, parties=COURT)
    receiving.keep_file(late, by=None, at=NOON)
    hour = NOON + timedelta(hours=1)
    media.items.view_item(item, how="The gate.", by=None, at=hour)

    media.shared(hearing, item, parties=COURT, at=hour)

    assert ShareRecord.objects.count() == 2
