"""The very bytes that were found wanting do not answer the request for another copy."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.hard_media.selectors.police import items_asked
from forthright.hard_media.services import items, settings
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
SAYS = "This is, byte for byte, a file that came before the recording was asked for again on"


@pytest.fixture
def item():
    """Return a recording that was asked for again since its file came."""
    item = media.a_requested_item(media.a_hearing(urn="20GX1234526"))
    files.a_kept_file(item)
    return items.request_item(item, reason="It stops half-way.", by=None, at=NOON)


def state_of(item):
    item.refresh_from_db()
    return item.state


def test_it_is_kept_and_said_and_the_recording_is_still_asked_for(item):
    sent = files.a_kept_file(item)

    assert (sent.state, sent.kept_at is not None) == ("KEPT", True)
    assert sent.refusal.startswith(SAYS)
    assert (state_of(item), item.received_at) == ("REQUESTED", None)
    told = Event.objects.filter(name="file.kept").order_by("sequence")
    assert [each.detail["is_answer"] for each in told] == [True, False]
    as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").see(SAYS)


def test_whoever_sent_it_is_told_beside_what_they_are_asked(item):
    partner = given.a_person(Role.POLICE_PARTNER)
    settings.set_force(partner, "20", by=None, at=NOON)
    sent = files.a_kept_file(item)
    type(sent).objects.filter(pk=sent.pk).update(begun_by=partner)

    assert item in items_asked(partner)
    as_(partner).open("/owed/").see(SAYS)


def test_what_was_still_missing_answers_and_the_same_stands_beside_it(item):
    same = files.a_kept_file(item)

    files.a_kept_file(item, content=files.VIDEO + b"the other camera")

    same.refresh_from_db()
    assert (state_of(item), same.refusal, same.superseded_at) == ("VERIFIED", "", None)


def test_it_answers_once_somebody_records_that_it_came(item):
    same = files.a_kept_file(item)

    items.receive_item(item, items.Came(source="OTHER", on=NOON.date()), by=None, at=NOON)

    same.refresh_from_db()
    assert (state_of(item), same.refusal) == ("RECEIVED_PHYSICAL", "")


def test_a_recording_that_was_only_taken_up_again_may_come_as_it_was():
    item = media.a_requested_item()
    files.a_kept_file(item)
    items.withdraw_item(item, reason="Another case.", by=None, at=NOON)
    items.reinstate_item(item, by=None, at=NOON + timedelta(hours=1))

    sent = files.a_kept_file(item, at=NOON + timedelta(hours=2))

    assert (state_of(item), sent.refusal) == ("VERIFIED", "")
