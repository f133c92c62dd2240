"""What was decided or answered of a letter's words holds for these words, and is kept to."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.letters.services import keep_words
from forthright.panels.models import AnonymisedLetter, Place, Recognition
from forthright.panels.selectors.letters import are_facts_answered, text_stamp
from forthright.panels.services.facts import answer_facts
from forthright.panels.services.recognising import decide_put_aside, put_aside
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.taking import (
    Added,
    Decided,
    add_place,
    decide_place,
    take_letter,
)
from forthright.panels.services.withdrawing import NotReleased, withdraw_letter
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
NOON, LATER = given.NOON, given.NOON + timedelta(hours=1)
WHY = "Others know of it too, by the day."
KEYS = ("EVENT", "PLACE", "OCCUPATION", "KINSHIP")


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=True):
        yield


def decided_on(outcome):
    """Return the keeper and a letter that a member put aside, as the keeper decided."""
    meeting = sittings.opened(sittings.a_member(), sittings.a_member())
    seat = sittings.declared(meeting.seats.order_by("number")[0])
    line = meeting.letters.get(position=1)
    aside = put_aside(seat, line, "EVENT", by=seat.member, at=NOON)
    decide_put_aside(aside, outcome, WHY, by=meeting.planned_by, at=NOON)
    return meeting.planned_by, AnonymisedLetter.objects.get(duty=line.duty)


def hide_more(letter, by):
    """Hide one more stretch of a letter."""
    add_place(letter, Added("nobody saw", "DESCRIPTION"), opened=None, by=by, at=LATER)
    letter.refresh_from_db()


def test_words_that_nobody_is_to_read_any_more_are_not_released_again():
    keeper, letter = decided_on("WITHDRAWN")
    with pytest.raises(NotReleased, match="nobody reads it any more: Others know of it too"):
        confirm_letter(letter, text_stamp(letter), by=keeper, at=LATER)

    hide_more(letter, keeper)

    with pytest.raises(NotReleased, match="It is not released again"):
        confirm_letter(letter, text_stamp(letter), by=made.a_keeper(), at=LATER)
    page = as_(keeper).open(f"/anonymised/{letter.pk}/release/")
    page.see("nobody reads it any more", WHY, "It cannot be released again")
    page.not_see("I have read it: it names nobody")


def test_words_of_which_more_is_to_be_hidden_wait_until_more_is():
    keeper, letter = decided_on("TO_CORRECT")
    with pytest.raises(NotReleased, match="These are the very words that were read"):
        confirm_letter(letter, text_stamp(letter), by=keeper, at=LATER)
    as_(keeper).open(f"/anonymised/{letter.pk}/release/").see("hide more of it")

    hide_more(letter, keeper)
    answer_facts(letter, dict.fromkeys(KEYS, made.NOTHING), by=keeper, at=LATER)
    for person in (keeper, made.a_keeper()):
        confirm_letter(letter, text_stamp(letter), by=person, at=LATER)
        letter.refresh_from_db()

    assert letter.state == AnonymisedLetter.State.RELEASED


def the_day(letter):
    """Return the place in which the day of the offence is hidden."""
    return next(
        each for each in letter.places.all() if "May" in letter.given[each.start : each.end]
    )


def shown(letter, by):
    """Leave the day of the offence to stand, which was hidden when the letter was read."""
    decide_place(letter, Decided(the_day(letter).pk, hide=False), opened=None, by=by, at=LATER)
    letter.refresh_from_db()
    answer_facts(letter, dict.fromkeys(KEYS, made.NOTHING), by=by, at=LATER)


def test_nothing_that_was_hidden_when_it_was_decided_may_be_read_again():
    keeper, letter = decided_on("TO_CORRECT")
    shown(letter, keeper)
    with pytest.raises(NotReleased, match="“3 May 2026” was hidden then and can be read now"):
        confirm_letter(letter, text_stamp(letter), by=keeper, at=LATER)

    hide_more(letter, keeper)
    answer_facts(letter, dict.fromkeys(KEYS, made.NOTHING), by=keeper, at=LATER)
    with pytest.raises(NotReleased, match="“3 May 2026” was hidden then and can be read now"):
        confirm_letter(letter, text_stamp(letter), by=keeper, at=LATER)
    page = as_(keeper).open(f"/anonymised/{letter.pk}/release/")
    page.see("Hidden then, and to be read now: “3 May 2026”", "It cannot be confirmed")

    decide_place(letter, Decided(the_day(letter).pk, hide=True), opened=None, by=keeper, at=LATER)
    letter.refresh_from_db()
    answer_facts(letter, dict.fromkeys(KEYS, made.NOTHING), by=keeper, at=LATER)
    page = as_(keeper).open(f"/anonymised/{letter.pk}/release/")
    page.see(WHY, "Hidden since: “nobody saw”.", "Is what gave it away among it?")
    page.press("I have read it: it names nobody").see("Confirmed")


def test_what_was_shown_again_before_it_was_decided_is_hidden_first():
    meeting = sittings.opened(sittings.a_member(), sittings.a_member())
    seat = sittings.declared(meeting.seats.order_by("number")[0])
    line, keeper = meeting.letters.get(position=1), meeting.planned_by
    aside = put_aside(seat, line, "EVENT", by=seat.member, at=NOON)
    letter = AnonymisedLetter.objects.get(duty=line.duty)
    withdraw_letter(letter, "The day can be told.", by=keeper, at=NOON)
    letter.refresh_from_db()
    shown(letter, keeper)
    decide_put_aside(aside, "TO_CORRECT", WHY, by=keeper, at=LATER)
    hide_more(letter, keeper)
    answer_facts(letter, dict.fromkeys(KEYS, made.NOTHING), by=keeper, at=LATER)

    with pytest.raises(NotReleased, match="“3 May 2026” was hidden then"):
        confirm_letter(letter, text_stamp(letter), by=keeper, at=LATER)


def test_a_letter_taken_anew_in_other_words_shows_nothing_that_was_hidden():
    keeper, letter = decided_on("TO_CORRECT")
    text = f"{letter.version.text}\n\nIt was on 3 May 2026."
    keep_words(letter.duty, text=text, by=None, at=LATER, is_what_went=True)
    anew = made.decided(take_letter(letter.duty, by=keeper, at=LATER))

    decide_place(anew, Decided(the_day(anew).pk, hide=False), opened=None, by=keeper, at=LATER)
    hide_more(anew, keeper)
    answer_facts(anew, dict.fromkeys(KEYS, made.NOTHING), by=keeper, at=LATER)

    with pytest.raises(NotReleased, match=r"“3 May 2026”.* hidden then and can be read now"):
        confirm_letter(anew, text_stamp(anew), by=keeper, at=LATER)


def test_what_was_hidden_is_noted_of_decisions_made_before_it_was_kept():
    keeper, letter = decided_on("TO_CORRECT")
    kept = Recognition.objects.get().hidden_then
    Recognition.objects.update(of_words=None, hidden_then=[])
    shown(letter, keeper)
    hide_more(letter, keeper)
    migration = import_module("forthright.panels.migrations.0011_hidden_when_read")

    migration.note_what_was_hidden(apps, None)

    found = Recognition.objects.get()
    assert (found.of_words, found.hidden_then) == (letter, kept)


def test_a_letter_that_stays_for_the_others_is_read_on():
    _, letter = decided_on("STAYS")

    assert letter.state == AnonymisedLetter.State.RELEASED


def test_answers_about_rare_facts_hold_for_the_words_they_were_given_of():
    words = made.WORDS.replace("I am sorry", "He is the keeper of the lighthouse. I am sorry")
    letter = made.taken(words=words)
    by = letter.taken_by
    add_place(letter, Added("keeper of the lighthouse", "DESCRIPTION"), opened=None, by=by, at=NOON)
    made.decided(letter)
    assert are_facts_answered(letter)

    place = next(
        each for each in letter.places.filter(state=Place.State.HIDDEN)
        if "lighthouse" in letter.given[each.start : each.end]
    )  # fmt: skip
    decide_place(letter, Decided(place.pk, hide=False), opened=None, by=by, at=NOON)
    letter.refresh_from_db()

    assert not are_facts_answered(letter)
    with pytest.raises(NotReleased, match="changed after the questions about rare facts"):
        confirm_letter(letter, text_stamp(letter), by=by, at=NOON)
    page = as_(by).open(f"/anonymised/{letter.pk}/release/")
    page.see("What is hidden was changed since these were answered", made.NOTHING)
    page.press("Keep these answers")
    assert are_facts_answered(letter)
    assert letter.facts.count() == 8
