"""A slip in typing in from paper locks nobody out, and closes no marks unasked."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.audit.models import Event
from forthright.panels.models import Reading, Seat
from forthright.panels.selectors.handing_in import unfinished_at
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.meetings import anonymised_of
from forthright.panels.services.meeting import PanelRefused, close_marks
from forthright.panels.services.paper import (
    Written,
    give_back_to_screen,
    hand_in_paper,
    note_printed,
    take_over_to_paper,
    type_in,
)
from forthright.panels.services.reading import declare, hand_in, keep_reading
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.rules.panel_questions import NO, YES
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_seat(**meeting) -> Seat:
    meeting = {"letters": 1} | meeting
    return sittings.opened(**meeting).seats.select_related("meeting__area", "member").get()


def everything(seat: Seat, answer: str = YES) -> dict[str, str]:
    return {key: answer for key, _ in seat.meeting.questions}


def typed(seat: Seat, *, by) -> Seat:
    return type_in(
        seat, {1: Written(everything(seat, NO))}, has_promised=True, by=by, at=given.NOON
    )


def test_an_empty_sheet_that_is_kept_changes_nothing():
    seat, keeper = a_seat(), made.a_keeper()
    page = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/paper/1/")

    refused = page.press("Keep and go on later", has_promised="on")

    refused.see("Nothing was typed, so nothing was kept")
    seat.refresh_from_db()
    assert (seat.typed_by, seat.declared_at) == (None, None)
    assert not Event.objects.filter(name="pack.paper_typed").exists()
    declare(seat, by=seat.member, at=given.NOON)
    letter = seat.meeting.letters.get()
    assert keep_reading(seat, letter, everything(seat), "", by=seat.member, at=given.NOON)


def test_the_same_kept_again_names_nobody_else_as_who_typed_it():
    seat, first = a_seat(), made.a_keeper()
    typed(seat, by=first)

    typed(seat, by=made.a_keeper())

    seat.refresh_from_db()
    assert seat.typed_by == first
    assert Event.objects.filter(name="pack.paper_typed").count() == 1


@pytest.mark.parametrize(("whose", "left"), [("THEIRS", 1), ("ANOTHERS", 0)])
def test_a_member_is_given_back_to_the_screen(whose, left):
    seat, keeper = a_seat(), made.a_keeper()
    typed(seat, by=keeper)
    page = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/paper/1/")

    asked = page.follow(f"Let {seat.member} answer on the screen after all")
    asked.press("Let them answer on the screen", whose=whose).see("answers on the screen again")

    seat.refresh_from_db()
    assert (seat.typed_by, seat.declared_at) == (None, None)
    assert Reading.objects.count() == left
    event = Event.objects.get(name="pack.paper_given_back")
    assert event.by == keeper
    assert len(event.detail["taken_away"]) == 1 - left
    declare(seat, by=seat.member, at=given.NOON)
    letter = seat.meeting.letters.get()
    keep_reading(seat, letter, everything(seat), "", by=seat.member, at=given.NOON)
    assert hand_in(seat, by=seat.member, at=given.NOON).handed_in_at


def test_a_promise_that_was_made_on_the_screen_stays():
    seat, keeper = a_seat(), made.a_keeper()
    declare(seat, by=seat.member, at=given.NOON)
    typed(seat, by=keeper)

    assert give_back_to_screen(seat, is_theirs=True, by=keeper, at=given.NOON).declared_at


def test_what_was_never_typed_or_is_handed_in_is_not_given_back():
    seat, keeper = a_seat(), made.a_keeper()
    with pytest.raises(PanelRefused, match="they answer on the screen"):
        give_back_to_screen(seat, is_theirs=True, by=keeper, at=given.NOON)
    typed(seat, by=keeper)
    hand_in_paper(seat, by=keeper, at=given.NOON)

    page = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/paper/1/give-back/")

    page.see("has handed in")


def test_marks_are_not_closed_over_a_booklet_that_is_being_typed_in_unasked():
    reader, on_paper = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(reader, on_paper, letters=1)
    sittings.handed_in(meeting.seats.get(member=reader))
    # Seats that were marked so by an empty sheet before typing nothing was refused.
    meeting.seats.filter(member=on_paper).update(typed_by=meeting.planned_by)

    assert [each.member for each in unfinished_at(meeting)] == [on_paper]
    with pytest.raises(PanelRefused, match="not handed in"):
        close_marks(meeting, by=meeting.planned_by, at=given.NOON)


def test_paper_is_asked_only_for_what_was_printed():
    keeper = made.a_keeper()
    seat = a_seat(by=keeper, letters=2)
    letter = anonymised_of(seat.meeting.letters.get(position=1))
    withdraw_letter(letter, "The village can be told", by=keeper, at=given.NOON)
    as_(keeper).client.get(f"/panel/meetings/{seat.meeting_id}/booklets/1/")
    letter.refresh_from_db()
    later = given.NOON + timedelta(minutes=2)
    made.said_why_again(letter, by=keeper, at=later)
    for person in (keeper, made.a_keeper()):
        confirm_letter(letter, text_stamp(letter), by=person, at=later)
        letter.refresh_from_db()

    sheet = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/paper/1/")
    sheet.see("so not asked here: letter 1.")
    answers = {f"answer-2-{key}": YES for key in everything(seat)}
    done = sheet.press("I read it against the paper: hand in", has_promised="on", **answers)

    done.see(f"Handed in for {seat.member}")


def test_a_booklet_that_is_printed_again_asks_for_what_it_holds_too():
    seat, keeper = a_seat(), made.a_keeper()
    note_printed(seat, [2], by=keeper, at=given.NOON)
    note_printed(seat, [1], by=keeper, at=given.NOON)

    seat.refresh_from_db()
    assert seat.printed == [1, 2]
    assert Event.objects.filter(name="pack.booklet_taken_out").count() == 2


@pytest.mark.parametrize("typing", [False, True])
def test_what_was_kept_on_the_screen_before_stays_where_what_was_typed_is_taken_away(typing):
    seat, keeper = sittings.declared(a_seat()), made.a_keeper()
    letter = seat.meeting.letters.get()
    keep_reading(seat, letter, everything(seat), "My own.", by=seat.member, at=given.NOON)
    take_over_to_paper(seat, keeps_answers=True, on_their_word=True, by=keeper, at=given.NOON)
    if typing:
        typed(seat, by=keeper)
    page = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/paper/1/give-back/")

    page.press("Let them answer on the screen", whose="ANOTHERS").see("answers on the screen")

    stands = Reading.objects.get()
    assert (stands.answers, stands.remark) == (everything(seat), "My own.")
    event = Event.objects.get(name="pack.paper_given_back")
    assert event.detail["taken_away"] == ([letter.pk] if typing else [])


def test_what_a_member_keeps_on_the_screen_after_that_counts_as_theirs():
    seat, keeper = sittings.declared(a_seat()), made.a_keeper()
    letter = seat.meeting.letters.get()
    typed(seat, by=keeper)
    give_back_to_screen(seat, is_theirs=True, by=keeper, at=given.NOON)
    keep_reading(seat, letter, everything(seat), "Mine now.", by=seat.member, at=given.NOON)
    take_over_to_paper(seat, keeps_answers=True, on_their_word=True, by=keeper, at=given.NOON)

    give_back_to_screen(seat, is_theirs=False, by=keeper, at=given.NOON)

    assert Reading.objects.get().remark == "Mine now."


def test_what_was_typed_before_it_was_kept_over_what_is_taken_away_too():
    seat, keeper = a_seat(), made.a_keeper()
    typed(seat, by=keeper)
    other = a_seat(letters=1)
    declare(other, by=other.member, at=given.NOON)
    letter = other.meeting.letters.get()
    keep_reading(other, letter, everything(other), "", by=other.member, at=given.NOON)
    Reading.objects.update(typed_over=None)
    moved = import_module("forthright.panels.migrations.0026_answers_typed_over")

    moved.say_what_was_typed(apps, None)
    give_back_to_screen(seat, is_theirs=False, by=keeper, at=given.NOON)

    assert [each.seat for each in Reading.objects.all()] == [other]


def test_what_is_said_to_be_theirs_is_taken_away_by_no_booklet_that_comes_later():
    seat, keeper = a_seat(), made.a_keeper()
    typed(seat, by=keeper)
    give_back_to_screen(seat, is_theirs=True, by=keeper, at=given.NOON)
    declare(seat, by=seat.member, at=given.NOON)
    take_over_to_paper(seat, keeps_answers=True, on_their_word=True, by=keeper, at=given.NOON)

    give_back_to_screen(seat, is_theirs=False, by=keeper, at=given.NOON)

    assert Reading.objects.count() == 1
