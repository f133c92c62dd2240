"""Beside each letter that was begun stands which question has no answer yet."""

import pytest
import time_machine

from forthright.panels.models import Seat
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.services.reading import hand_in, keep_reading
from forthright.rules.panel_questions import YES
from tests import given
from tests.client import as_
from tests.panels import sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_seat() -> Seat:
    return sittings.declared(sittings.opened().seats.select_related("meeting", "member").get())


def all_but(seat: Seat, *left_out: int) -> dict[str, str]:
    """Return an answer to each question but those with these numbers."""
    numbered = enumerate(seat.meeting.questions, 1)
    return {key: YES for number, (key, _) in numbered if number not in left_out}


def test_which_question_lacks_an_answer_is_said_when_a_letter_is_kept_and_beside_it():
    seat = a_seat()
    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/")

    page.press("Keep and stop here", **all_but(seat, 4)).see(
        "What you said of letter 1 is kept: 5 of 6 questions answered. No answer yet: question 4.",
        "Letter 1: begun, no answer yet to question 4",
        "Letter 2: not answered yet",
    )
    as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/").see("No answer yet to question 4.")


def test_a_letter_that_is_whole_lacks_nothing():
    seat = a_seat()
    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/")

    page.press("Keep and stop here", **all_but(seat)).see(
        "Your answers to letter 1 are kept.", "Letter 1: answered"
    ).not_see("begun")


def test_whoever_hands_in_too_early_is_told_which_questions_wait():
    seat = a_seat()
    letter = seat.meeting.letters.get(position=1)
    keep_reading(seat, letter, all_but(seat, 3, 5), "", by=seat.member, at=given.NOON)

    said = r"\(number 1 and 2\)\. Not answered: letter 1, questions 3 and 5; letter 2, questions 1,"
    with pytest.raises(PanelRefused, match=said):
        hand_in(seat, by=seat.member, at=given.NOON)
