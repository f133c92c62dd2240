"""A meeting is moved or called off, and letters that nobody read can be drawn again."""

from datetime import date

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.panels.models import Meeting
from forthright.panels.selectors.waiting import next_due
from forthright.panels.services.changing import Moved, cancel_meeting, move_meeting
from forthright.panels.services.inviting import add_seats
from forthright.panels.services.meeting import PanelRefused, draw_letters
from forthright.web import clock
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
TO = Moved(
    starts_at=given.at("2026-10-27 10:00"), place="Room 9", pack_until=date(2026, 10, 27)
)  # fmt: skip
WHY = "Three members are ill that week."


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def called_off(meeting):
    return cancel_meeting(meeting, WHY, by=meeting.planned_by, at=given.NOON)


def test_a_meeting_is_moved_on_the_page_and_members_read_it():
    ada = sittings.a_member()
    meeting = sittings.opened(ada, letters=1)
    seat = sittings.declared(meeting.seats.get())
    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")

    page = page.follow("Change when or where")
    page.press("Change it", hour="4pm", place="Room 9").see("Changed.", "Room 9", "4pm")

    as_(ada).open(f"/panel/packs/{seat.pk}/").see("The time or place was changed", "Room 9")
    invitation = as_(ada).client.get(f"/panel/packs/{seat.pk}/invitation/").content.decode()
    assert "SEQUENCE:1" in invitation
    assert "STATUS:CONFIRMED" in invitation


def test_a_member_is_told_that_the_meeting_was_moved_until_they_opened_their_pack():
    ada, ben, keeper = sittings.a_member(), sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, by=keeper, letters=1)
    seat = meeting.seats.get()
    sittings.handed_in(seat)
    as_(ada).open(f"/panel/packs/{seat.pk}/")
    move_meeting(meeting, TO, by=keeper, at=clock.now())
    add_seats(Meeting.objects.get(pk=meeting.pk), [ben], by=keeper, at=clock.now())

    told = "The day, time or place of the panel of Tuesday 27 October 2026 was changed"
    as_(ada).open("/panel/packs/")
    page = as_(ada).open("/").see(told, "It begins Tuesday 27 October 2026, 10am: Room 9")
    as_(ben).open("/").not_see(told)
    page.follow(told).see("Put it in your calendar again", "Room 9")
    as_(ada).open("/").not_see(told)


def test_who_is_asked_for_the_promise_anew_reads_on_that_page_when_and_where_it_is():
    meeting = sittings.opened(sittings.a_member(), letters=1)
    seat = sittings.declared(meeting.seats.get())
    with time_machine.travel(given.at("2026-10-21 09:00"), tick=True):
        move_meeting(meeting, TO, by=meeting.planned_by, at=clock.now())
        page = as_(seat.member).open(f"/panel/packs/{seat.pk}/")
        page.see("Before you read", "The time or place was changed", "Room 9")


def test_of_two_who_move_a_meeting_the_second_is_shown_what_stands():
    meeting = sittings.planned()
    address = f"/panel/meetings/{meeting.pk}/change/"
    mine, theirs = as_(meeting.planned_by).open(address), as_(made.a_keeper()).open(address)
    theirs.press("Change it", place="Room 9")

    mine.press("Change it", place="Room 2").see("This was changed after you opened", "Room 9")

    meeting.refresh_from_db()
    assert meeting.place == "Room 9"
    with pytest.raises(ChangedMeanwhile):
        move_meeting(meeting, TO, opened="old", by=meeting.planned_by, at=given.NOON)


def test_a_pack_that_would_close_before_the_meeting_is_refused():
    meeting = sittings.planned()
    early = Moved(starts_at=TO.starts_at, place="Room 9", pack_until=date(2026, 10, 20))

    with pytest.raises(PanelRefused, match="closes before the meeting"):
        move_meeting(meeting, early, by=meeting.planned_by, at=given.NOON)


def test_a_pack_is_not_open_for_months_however_often_its_meeting_is_moved():
    meeting = sittings.opened(letters=1)
    to = Moved(starts_at=given.at("2027-01-20 14:00"), place="Room 9", pack_until=date(2027, 1, 20))

    with pytest.raises(PanelRefused, match="for more than 90 days"):
        move_meeting(meeting, to, by=meeting.planned_by, at=given.NOON)


def test_a_pack_that_had_closed_opens_again_to_who_promises_anew():
    ada = sittings.a_member()
    meeting = sittings.opened(ada, letters=1)
    seat = sittings.declared(meeting.seats.get())
    later = given.at("2026-11-02 12:00")
    to = Moved(
        starts_at=given.at("2026-11-20 14:00"), place="Room 9", pack_until=date(2026, 11, 20)
    )

    with time_machine.travel(later, tick=True):
        move_meeting(meeting, to, by=meeting.planned_by, at=later)

        page = as_(ada).open(f"/panel/packs/{seat.pk}/")
        page.not_see("Letter 1").see("promise")
    assert Event.objects.get(name="panel.opened_again").detail["seats"] == [seat.pk]


def test_a_place_that_names_somebody_of_a_case_is_refused():
    meeting = sittings.drawn(letters=1)
    there = Moved(starts_at=TO.starts_at, place="At Marsden’s", pack_until=TO.pack_until)

    with pytest.raises(PanelRefused, match="Marsden"):
        move_meeting(meeting, there, by=meeting.planned_by, at=given.NOON)


def test_a_meeting_is_called_off_on_the_page_with_a_reason():
    meeting = sittings.planned()
    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")
    page = page.follow("call the meeting off")
    page.press("Call it off", reason="no")
    meeting.refresh_from_db()
    assert meeting.cancelled_at is None

    page.press("Call it off", reason=WHY).see("Called off", WHY)
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CANCELLED
    assert next_due(meeting.planned_by) is None


def test_letters_that_nobody_listed_are_drawn_again_once_a_meeting_is_called_off():
    keeper = made.a_keeper()
    meeting = sittings.drawn(by=keeper)
    second = sittings.planned(by=keeper)
    with pytest.raises(PanelRefused, match="call it off first"):
        draw_letters(second, seed=1, by=keeper, at=given.NOON)

    called_off(meeting)

    assert len(draw_letters(second, seed=1, by=keeper, at=given.NOON)) == 2


def test_letters_of_an_open_pack_that_is_called_off_are_not_drawn_again():
    ada, keeper = sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, by=keeper)
    seat = sittings.declared(meeting.seats.get())

    called_off(meeting)

    with pytest.raises(PanelRefused, match="none can be drawn"):
        draw_letters(sittings.planned(by=keeper), seed=1, by=keeper, at=given.NOON)
    as_(ada).open(f"/panel/packs/{seat.pk}/").see("This meeting was called off")
    as_(ada).open(f"/panel/packs/{seat.pk}/letters/1/", status=403).see("called off")
    as_(ada).open("/panel/packs/").see("Called off.")
    invitation = as_(ada).client.get(f"/panel/packs/{seat.pk}/invitation/").content
    assert b"STATUS:CANCELLED" in invitation


def test_days_without_a_letter_say_so():
    meeting = sittings.planned()

    with pytest.raises(PanelRefused, match="No letter went out between those days"):
        draw_letters(meeting, by=meeting.planned_by, at=given.NOON)


@pytest.mark.parametrize("end", ["closed", "cancelled"])
def test_nothing_of_a_meeting_that_is_over_changes(end):
    meeting = called_off(sittings.planned())
    if end == "closed":
        meeting = sittings.met(sittings.closed(letters=1))

    with pytest.raises(PanelRefused, match="nothing of it changes"):
        move_meeting(meeting, TO, by=meeting.planned_by, at=given.NOON)
    with pytest.raises(PanelRefused, match="nothing of it changes"):
        called_off(meeting)
