"""Words that a person withdrew are not released as they are without saying why they may be."""

from datetime import timedelta

import pytest
import time_machine

from forthright.panels.models import AnonymisedLetter, RareFact
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.facts import answer_facts
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.taking import Added, add_place
from forthright.panels.services.withdrawing import NotReleased, withdraw_letter
from forthright.rules.panel_questions import RARE_FACT_KEYS
from tests import given
from tests.client import as_
from tests.panels import made

pytestmark = pytest.mark.django_db
LEAK = "It names the village after all"
WHY = "The village is another one, ten miles off; I looked it up."
LATER = given.NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _an_hour_later():
    with time_machine.travel(given.NOON + timedelta(hours=2), tick=True):
        yield


def withdrawn(by_the_gate=False):
    letter = made.released()
    by = None if by_the_gate else letter.taken_by
    withdraw_letter(letter, LEAK, by=by, at=LATER)
    letter.refresh_from_db()
    return letter


def confirmed(letter):
    for person in (letter.taken_by, made.a_keeper()):
        at = given.NOON + timedelta(hours=3)
        confirm_letter(letter, text_stamp(letter), by=person, at=at)
        letter.refresh_from_db()
    return letter


def test_the_very_words_wait_until_each_question_is_answered_anew_and_it_is_said_why():
    letter = withdrawn()
    with pytest.raises(NotReleased, match=f"withdrew these very words .*{LEAK}.*Hide more of it"):
        confirmed(letter)
    again = dict.fromkeys(RARE_FACT_KEYS, made.NOTHING)
    answer_facts(letter, again, by=letter.taken_by, at=given.NOON + timedelta(hours=2))
    with pytest.raises(NotReleased, match="these very words"):
        confirmed(letter)

    answer_facts(letter, {"AGAIN": WHY}, by=letter.taken_by, at=given.NOON + timedelta(hours=2))

    assert confirmed(letter).state == AnonymisedLetter.State.RELEASED
    assert RareFact.objects.filter(letter=letter).count() == 9


def test_the_page_asks_it_and_chooses_nothing_beforehand():
    letter = withdrawn()
    keeper = letter.taken_by
    as_(keeper).open(f"/anonymised/{letter.pk}/").see("Nothing more is hidden than when it was")
    page = as_(keeper).open(f"/anonymised/{letter.pk}/release/")
    page.see(LEAK, "Why may they be read all the same?", "the questions above are answered")
    refused = page.press("Keep these answers", AGAIN=WHY)
    assert len(refused.errors) == 4
    kept = page.press("Keep these answers", AGAIN=WHY, **made.NO_FACT_STANDS).see("Answers kept")
    kept.see("I have read it: it names nobody")

    confirmed(letter)
    as_(keeper).open(f"/anonymised/{letter.pk}/release/").see(WHY)


def test_other_words_and_what_the_gate_withdrew_are_released_as_before():
    letter = withdrawn()
    add_place(letter, Added("nobody saw", "OTHER"), opened=None, by=letter.taken_by, at=LATER)
    letter.refresh_from_db()
    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/release/")
    page.not_see("withdrew these very words", "Why may they be read")
    made.decided(letter)
    assert confirmed(letter).state == AnonymisedLetter.State.RELEASED

    by_gate = withdrawn(by_the_gate=True)
    assert confirmed(by_gate).state == AnonymisedLetter.State.RELEASED
