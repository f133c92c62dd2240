"""A holding letter promises a day; when it has come without an answer, somebody is told."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.letters.models import Letter
from forthright.letters.selectors.waiting import counts_for, others_waiting_for
from forthright.letters.services.others import end_letter
from forthright.rules.case_file import LetterKind
from tests import given
from tests.client import as_
from tests.letters import other_letters

pytestmark = pytest.mark.django_db
# What the holding letters of these tests promise.
PROMISED = date(2026, 10, 19)


def a_holding_letter_that_went(duty=None, **changes):
    letter = other_letters.approved(duty=duty, **changes)
    Letter.objects.filter(pk=letter.pk).update(sent_at=given.NOON)
    return Letter.objects.get(pk=letter.pk)


def promised_to(user, day=PROMISED):
    return list(others_waiting_for(user, "promised", day))


@pytest.mark.parametrize(
    ("day", "is_told"),
    [(PROMISED - timedelta(1), False), (PROMISED, True), (PROMISED + timedelta(9), True)],
    ids=["before", "the day itself", "after"],
)
def test_the_day_that_was_promised_is_told_when_it_has_come(day, is_told):
    letter = a_holding_letter_that_went()

    assert promised_to(letter.begun_by, day) == ([letter] if is_told else [])


def test_a_letter_that_has_not_gone_promises_nothing():
    letter = other_letters.approved()

    assert promised_to(letter.begun_by) == []


def test_an_answer_ends_the_promise():
    letter = a_holding_letter_that_went()
    answer = other_letters.approved(
        LetterKind.COMPLAINT_REPLY, duty=letter.duty, by=letter.begun_by
    )
    assert promised_to(letter.begun_by) == [letter]

    Letter.objects.filter(pk=answer.pk).update(sent_at=given.NOON + timedelta(hours=1))

    assert promised_to(letter.begun_by) == []


def test_the_decision_letter_is_an_answer_too():
    letter = a_holding_letter_that_went()
    duty = letter.duty
    duty.sent_at = given.NOON + timedelta(days=1)
    duty.save(update_fields=["sent_at"])

    assert promised_to(letter.begun_by) == []


def test_another_holding_letter_promises_another_day():
    letter = a_holding_letter_that_went()
    later = a_holding_letter_that_went(letter.duty, by=letter.begun_by, answer_by="2026-11-02")
    Letter.objects.filter(pk=later.pk).update(sent_at=given.NOON + timedelta(days=2))

    assert promised_to(letter.begun_by) == []
    assert promised_to(letter.begun_by, date(2026, 11, 2)) == [later]


def test_a_letter_begun_and_ended_says_that_no_answer_is_needed():
    letter = a_holding_letter_that_went()
    begun = other_letters.begun(LetterKind.COMPLAINT_REPLY, duty=letter.duty, by=letter.begun_by)

    end_letter(
        begun, reason="Told her on the telephone.", by=letter.begun_by,
        at=given.NOON + timedelta(days=1),
    )  # fmt: skip

    assert promised_to(letter.begun_by) == []


def test_the_overview_and_the_list_tell_of_it():
    letter = a_holding_letter_that_went()
    officer = letter.begun_by

    with time_machine.travel(given.at("2026-10-20 10:00"), tick=True):
        page = as_(officer).open("/").see("1 promised answer is due")
        page = page.follow("1 promised answer is due")

    page.see("promised by Monday 19 October 2026", "Write another letter")
    assert counts_for(officer, ["promised"], PROMISED) == {"promised": 1}
