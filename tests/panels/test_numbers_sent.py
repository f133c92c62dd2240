"""A number that a form cannot have sent is read as none, on every page of the panel."""

import pytest
import time_machine

from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
NO_NUMBERS = ["9" * 5000, str(2**63), "²", "٣", "-1", "x"]


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_of_a_place_that_there_is_not_nothing_is_decided(number):
    letter = made.taken()
    client = as_(letter.taken_by).client

    for verb in ("hide", "leave", "leave_same", "who", "who_same"):
        said = {"decide": f"{verb}:{number}", "opened": str(letter.changes)}
        page = client.post(f"/anonymised/{letter.pk}/", said)
        assert (page.status_code, "#" in page.url) == (302, False)
    letter.refresh_from_db()
    assert letter.corrections.count() == 0


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_of_a_seat_that_there_is_not_no_marks_are_closed_without_it(number):
    keeper = made.a_keeper()
    meeting = sittings.opened(sittings.a_member(), sittings.a_member(), by=keeper)
    sittings.handed_in(meeting.seats.first())

    page = as_(keeper).client.post(f"/panel/meetings/{meeting.pk}/close/", {"without": [number]})

    assert page.status_code == 200
    meeting.refresh_from_db()
    assert meeting.state == meeting.State.OPEN
