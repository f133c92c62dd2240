"""A member whose role changed while the pack is open is told of as one who reads no more."""

import pytest
import time_machine

from forthright.accounts.models import Role, User
from forthright.panels.models import Seat
from forthright.panels.selectors.handing_in import left_words, not_handed_in
from forthright.panels.services.reading import keep_reading
from forthright.rules.panel_questions import YES
from forthright.web import clock
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def moved_on(keeper, *, has_answered: bool = True) -> Seat:
    """Return the seat of a member who is a line manager by now, beside one who handed in."""
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(ada, ben, by=keeper)
    sittings.handed_in(meeting.seats.get(member=ben))
    seat = sittings.declared(meeting.seats.get(member=ada))
    if has_answered:
        letter = meeting.letters.get(position=1)
        key = meeting.questions[0][0]
        keep_reading(seat, letter, {key: YES}, "", by=ada, at=given.NOON)
    User.objects.filter(pk=ada.pk).update(role=Role.LINE_MANAGER, unit=keeper.unit)
    return Seat.objects.select_related("member", "meeting").get(pk=seat.pk)


def test_the_meeting_says_so_and_offers_no_booklet():
    keeper = made.a_keeper()
    seat = moved_on(keeper)
    page = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/")

    page.see(f"{seat.member}: they are no member of this panel any more")
    assert f"Booklet to print for {seat.member}" not in page.links
    booklet = f"/panel/meetings/{seat.meeting_id}/booklets/{seat.number}/"
    as_(keeper).open(booklet, status=403).see("End their seat on the page of the meeting")


def test_closing_does_not_say_that_they_can_hand_in_or_read_on():
    seat = moved_on(made.a_keeper())
    left = not_handed_in(seat.meeting, clock.today())

    said = left_words(left, seat.meeting, clock.today())

    assert f"{seat.member} answered and can hand in no more, as they are no member" in said
    assert "Ask" not in said
    assert "read the letters on" not in said


def test_who_answered_nothing_is_not_waited_for():
    seat = moved_on(made.a_keeper(), has_answered=False)

    assert not_handed_in(seat.meeting, clock.today()) == []


def test_of_others_it_is_said_beside_them_that_they_can_hand_in():
    keeper = made.a_keeper()
    seat = moved_on(keeper)
    other = Seat.objects.exclude(pk=seat.pk).get(meeting=seat.meeting)
    Seat.objects.filter(pk=other.pk).update(handed_in_at=None)
    left = not_handed_in(seat.meeting, clock.today())

    said = left_words(left, seat.meeting, clock.today())

    assert f"Ask {other.member} to hand in" in said
