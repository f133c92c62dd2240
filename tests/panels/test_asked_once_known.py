"""A name that is like a word is asked about, also of somebody who became known later."""

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.panels.models import AnonymisedLetter, Place
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.releasing import (
    confirm_letter,
    search_released_again,
    searched,
)
from forthright.panels.services.taking import Decided, decide_place
from forthright.panels.services.withdrawing import NotReleased
from tests import given
from tests.client import as_
from tests.panels import made

pytestmark = pytest.mark.django_db
SAID = "He said nothing. So told the police of it.\n\nI am sorry that"


@pytest.fixture(autouse=True)
def _noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_letter():
    return made.a_sent_letter(words=made.WORDS.replace("I am sorry that", SAID))


def becomes_known(duty, given_names, family):
    Defendant.objects.create(
        case=duty.case, key="later", title="Mr", given_names=given_names, family_name=family
    )


def in_doubt(letter):
    rows = letter.places.filter(state=Place.State.IN_DOUBT)
    return [(letter.given[each.start : each.end], each.because) for each in rows]


def confirmed(letter):
    for person in (letter.taken_by, made.a_keeper()):
        confirm_letter(letter, text_stamp(letter), by=person, at=given.NOON)
        letter.refresh_from_db()
    return letter


def test_whoever_takes_a_letter_is_asked_of_he_and_so_is_hidden():
    duty = a_letter()
    becomes_known(duty, "Lan", "He")
    Defendant.objects.create(
        case=duty.case, key="so", title="Mr", given_names="So", family_name="Hak"
    )

    letter = made.taken(duty)

    assert ("He", "a word that may be a name of defendant B") in in_doubt(letter)
    assert "So told" not in letter.text


def test_what_somebody_left_to_stand_is_not_asked_about_again():
    duty = a_letter()
    becomes_known(duty, "Lan", "He")
    letter = made.taken(duty)
    place = letter.places.get(because__startswith="a word that may be")
    decide_place(letter, Decided(place.pk, hide=False), opened=None, by=letter.taken_by,
                 at=given.NOON)  # fmt: skip
    letter.refresh_from_db()

    released = confirmed(made.decided(letter))

    assert released.state == AnonymisedLetter.State.RELEASED
    assert "He said nothing" in released.text


def test_a_letter_is_not_confirmed_until_somebody_is_asked_of_whom_is_known_since():
    duty = a_letter()
    letter = made.decided(made.taken(duty))
    becomes_known(duty, "Lan", "He")
    keeper = letter.taken_by

    with pytest.raises(NotReleased, match="1 place still waits"):
        confirm_letter(letter, text_stamp(letter), by=keeper, at=given.NOON)

    letter.refresh_from_db()
    assert [words for words, _ in in_doubt(letter)] == ["He"]
    assert Event.objects.filter(name="letter.places_asked_about").count() == 1
    page = as_(keeper).open(f"/anonymised/{letter.pk}/release/")
    assert "somebody has to say whether it is" in page.words
    with pytest.raises(NotReleased, match="still waits"):
        confirm_letter(letter, text_stamp(letter), by=keeper, at=given.NOON)
    [place] = letter.places.filter(state=Place.State.IN_DOUBT)
    decide_place(letter, Decided(place.pk, hide=False), opened=None, by=keeper, at=given.NOON)
    letter.refresh_from_db()
    assert confirmed(letter).state == AnonymisedLetter.State.RELEASED


def test_a_released_letter_is_withdrawn_and_asked_about():
    duty = a_letter()
    letter = made.released(duty)
    becomes_known(duty, "Lan", "He")

    assert search_released_again(duty.area, at=given.NOON) == [letter.pk]

    letter.refresh_from_db()
    assert letter.state == AnonymisedLetter.State.WITHDRAWN
    assert [words for words, _ in in_doubt(letter)] == ["He"]


def test_to_look_what_is_left_asks_nobody():
    duty = a_letter()
    letter = made.decided(made.taken(duty))
    becomes_known(duty, "Lan", "He")

    assert [each["words"] for each in searched(letter).remains] == ["He"]
    assert in_doubt(letter) == []
