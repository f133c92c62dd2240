"""A place that was left is parted by hiding some of its words: the rest of it stands."""

import pytest
import time_machine

from forthright.panels.models import Correction, Place
from forthright.panels.services.taking import (
    Added,
    CannotAnonymise,
    Decided,
    add_place,
    decide_place,
)
from tests import given
from tests.client import as_
from tests.panels import made

pytestmark = pytest.mark.django_db
WORDS = """Dear Ms {family}

You gave your statement at {street} to PC Bird 2231. Mr {accused} was arrested in Worcester.

Yours sincerely
Ruth Lane"""
FUSED = "Bird 2231. Mr Marsden"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def fused(state=Place.State.LEFT):
    """Return a letter whose officer and defendant were taken as one place, as some were before."""
    letter = made.taken(words=WORDS)
    start = letter.given.index(FUSED)
    end = start + len(FUSED)
    letter.places.filter(start__gte=start, end__lte=end).delete()
    Place.objects.create(
        letter=letter, start=start, end=end, kind="PERSON", layer="RECORD", role="the defendant",
        because="a name of the defendant", state=state,
    )  # fmt: skip
    return letter


def put(letter, words, *, everywhere=False, kind="PERSON"):
    start = None if everywhere else letter.given.index(words)
    new = add_place(letter, Added(words, kind, everywhere, start), opened=None, by=letter.taken_by,
                    at=given.NOON)  # fmt: skip
    letter.refresh_from_db()
    return new


def states(letter):
    return {
        letter.given[each.start : each.end]: (each.state, each.role)
        for each in letter.places.filter(kind="PERSON", start__gt=20)
    }


@pytest.mark.parametrize("everywhere", [True, False])
def test_words_of_a_place_that_was_left_are_hidden_and_the_rest_of_it_stands(everywhere):
    letter = fused()

    assert put(letter, "Bird 2231", everywhere=everywhere) == 1

    assert "to PC [person A]. Mr Marsden was arrested" in letter.text
    assert states(letter)["Bird 2231"] == ("HIDDEN", "")
    assert states(letter)["Mr Marsden"] == ("LEFT", "the defendant")
    note = Correction.objects.get()
    assert (note.what, note.words, note.layer) == ("HIDE", "Bird 2231", "RECORD")
    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/")
    page.see("a person hid a part of what was seen: a name of the defendant")


def test_the_rest_of_it_is_hidden_by_its_own_button_and_is_whose_it_was():
    letter = fused()
    put(letter, "Bird 2231")
    rest = letter.places.get(start=letter.given.index("Mr Marsden"))

    decide_place(letter, Decided(rest.pk, hide=True), opened=None, by=letter.taken_by,
                 at=given.NOON)  # fmt: skip

    letter.refresh_from_db()
    assert "to PC [person A]. [the defendant] was arrested" in letter.text


def test_the_words_of_whom_the_place_was_are_theirs_and_what_is_left_is_not():
    letter = fused()

    put(letter, "Mr Marsden")

    assert "to PC Bird 2231. [the defendant] was arrested" in letter.text
    assert states(letter)["Bird 2231"] == ("LEFT", "")


def test_words_across_the_end_of_a_place_that_was_left_hide_no_more_of_it():
    letter = fused()

    put(letter, "Marsden was arrested", kind="OTHER")

    assert "to PC Bird 2231. Mr [detail] in" in letter.text
    assert states(letter)["Bird 2231. Mr"] == ("LEFT", "")


def test_a_place_that_is_hidden_within_the_words_too_stays_hidden_whole():
    letter = fused()
    put(letter, "arrested in", kind="OTHER")

    put(letter, "Marsden was arrested", kind="OTHER")

    assert "Mr [detail] [place A]." in letter.text


def test_of_a_place_in_doubt_nothing_is_shown():
    letter = fused(state=Place.State.IN_DOUBT)

    put(letter, "Bird 2231")

    assert FUSED in states(letter)
    assert "Marsden was" not in letter.text


def test_a_part_of_a_word_that_was_left_is_refused():
    letter = fused()

    with pytest.raises(CannotAnonymise, match="within a longer word there, “Marsden”"):
        put(letter, "Mars")
