"""Who answered in time and did not hand in by the last day hands in until the marks are closed."""

from datetime import date

import pytest

from forthright.accounts.policies import NotAllowed
from forthright.panels.services.changing import Moved, move_meeting
from forthright.panels.services.meeting import PanelRefused, close_marks
from forthright.panels.services.reading import hand_in, keep_reading
from forthright.rules.panel_questions import YES
from tests import given
from tests.client import as_
from tests.panels import sittings

pytestmark = pytest.mark.django_db
AFTER = given.at("2026-10-21 10:00")  # the pack was open until 20 October
TASK = "Your answers for the panel of"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def a_seat(*others, answered=2):
    """Return the seat of a member who answered some of two letters and has not handed in."""
    member = sittings.a_member()
    meeting = sittings.opened(member, *others, letters=2)
    seat = sittings.declared(meeting.seats.get(member=member))
    answers = {key: YES for key, _ in meeting.questions}
    for letter in list(meeting.letters.order_by("position"))[:answered]:
        keep_reading(seat, letter, answers, "", by=member, at=given.NOON)
    return seat


def test_who_answered_all_hands_in_after_the_last_day(time_machine):
    seat = a_seat()
    time_machine.move_to(AFTER, tick=False)
    her = as_(seat.member)

    page = her.open("/").see(TASK).follow(f"{TASK} Tuesday 20 October 2026 are not handed in")
    page.see("You answered all letters and have not handed in yet.").not_see("Letter 1:")
    done = page.press("Hand in my answers").see("Handed in. Thank you.")

    done.not_see("Hand in my answers")
    her.open("/").not_see(TASK)
    assert close_marks(seat.meeting, by=seat.meeting.planned_by, at=AFTER).closed_at == AFTER


def test_who_did_not_answer_all_is_told_that_it_does_not_count_and_whom_to_ask(time_machine):
    seat = a_seat(answered=1)
    time_machine.move_to(AFTER, tick=False)

    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/")
    page.see("You answered 1 of 2 and have not handed in", "Ask whoever invited you")
    page.not_see("Hand in my answers")
    with pytest.raises(PanelRefused, match="without an answer"):
        hand_in(seat, by=seat.member, at=AFTER)


def test_nothing_more_is_read_or_answered_after_the_last_day():
    seat = a_seat(answered=1)

    with pytest.raises(NotAllowed, match="could be read until"):
        keep_reading(seat, seat.meeting.letters.last(), {}, "", by=seat.member, at=AFTER)


def test_nothing_is_handed_in_once_the_marks_are_closed(time_machine):
    other = sittings.a_member()
    seat = a_seat(other)
    meeting = seat.meeting
    sittings.handed_in(meeting.seats.get(member=other))
    time_machine.move_to(AFTER, tick=False)
    close_marks(meeting, without=[seat.pk], by=meeting.planned_by, at=AFTER)

    with pytest.raises(NotAllowed, match="The marks were closed"):
        hand_in(seat, by=seat.member, at=AFTER)
    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/")
    page.see("what you answered is not counted").not_see("Hand in my answers")


def test_the_pack_of_a_meeting_that_took_place_may_stay_open_longer():
    seat = a_seat(answered=1)
    meeting = seat.meeting
    longer = Moved(starts_at=meeting.starts_at, place=meeting.place, pack_until=date(2026, 10, 25))

    moved = move_meeting(meeting, longer, by=meeting.planned_by, at=AFTER)

    assert moved.pack_until == date(2026, 10, 25)
    assert moved.starts_at == meeting.starts_at


@pytest.mark.parametrize(
    ("starts_at", "until", "words"),
    [
        ("2026-10-20 15:00", date(2026, 10, 25), "would be in the past"),
        (None, date(2026, 10, 20), "all that changes is until when"),
        (None, date(2026, 11, 25), "more than 30 days after the meeting"),
    ],
)
def test_but_not_by_another_moment_that_is_over_nor_for_nothing_nor_for_months(
    starts_at, until, words
):
    meeting = a_seat().meeting
    moment = given.at(starts_at) if starts_at else meeting.starts_at
    wanted = Moved(starts_at=moment, place=meeting.place, pack_until=until)

    with pytest.raises(PanelRefused, match=words):
        move_meeting(meeting, wanted, by=meeting.planned_by, at=AFTER)
