"""What is hidden within a longer word can be read off the rest of it, so nothing is."""

import pytest
import time_machine

from forthright.panels.models import AnonymisedLetter, Place
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.releasing import confirm_letter, still_clear
from forthright.panels.services.taking import Added, CannotAnonymise, add_place
from forthright.panels.services.withdrawing import NotReleased
from tests import given
from tests.client import as_
from tests.panels import made

pytestmark = pytest.mark.django_db
WORDS = made.WORDS.replace(
    "PC 4412 Hale spoke", "You call him Ed. Jo was told of her job. Edwin came. PC 4412 Hale spoke"
)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def hidden_by_hand(letter, words, **pointed):
    new = add_place(letter, Added(words, "PERSON", **pointed), opened=None, by=letter.taken_by,
                    at=given.NOON)  # fmt: skip
    letter.refresh_from_db()
    return new


def hidden_within(letter, word, part):
    """Hide a part of a word, as it could be hidden before."""
    start = letter.given.index(word) + word.index(part)
    Place.objects.create(
        letter=letter, start=start, end=start + len(part), kind="PERSON", layer="",
        state=Place.State.HIDDEN, replacement="[person A]",
    )  # fmt: skip


def test_a_short_name_is_hidden_everywhere_and_within_no_other_word():
    letter = made.taken(words=WORDS)
    for words in ("Ed", "Jo", "Edwin"):
        start = letter.given.index(f"{words} ") if words != "Ed" else letter.given.index("Ed.")
        letter.places.filter(start=start).delete()

    assert hidden_by_hand(letter, "Ed") == 1
    assert hidden_by_hand(letter, "Jo") == 1

    assert "what happened at" in letter.text
    assert "I have decided to stop" in letter.text
    assert "was told of her job" in letter.text
    assert "Jo" not in letter.text
    doubt = letter.places.get(because__startswith="a longer word")
    assert letter.given[doubt.start : doubt.end] == "Edwin"
    assert doubt.state == Place.State.IN_DOUBT


def test_a_letter_with_short_names_hidden_by_hand_is_released_and_tells_none_of_them():
    letter = made.taken(words=WORDS)
    for words in ("Ed", "Jo"):
        hidden_by_hand(letter, words)
    made.decided(letter)

    for person in (letter.taken_by, made.a_keeper()):
        letter = confirm_letter(letter, text_stamp(letter), by=person, at=given.NOON)

    assert letter.state == AnonymisedLetter.State.RELEASED
    assert "happened" in letter.text
    assert "Edwin" not in letter.text


@pytest.mark.parametrize("everywhere", [True, False])
def test_a_part_of_a_word_is_refused_with_the_word_that_holds_it(everywhere):
    letter = made.taken(words=WORDS)
    start = letter.given.index("happened") + len("happen")

    with pytest.raises(
        CannotAnonymise, match=r"within a longer word there, “happened”.*whole word"
    ):
        hidden_by_hand(letter, "ppened", everywhere=everywhere)
    with pytest.raises(CannotAnonymise, match="within a longer word there"):
        hidden_by_hand(letter, "ed", everywhere=False, start=start)


def test_a_letter_that_hides_within_a_word_is_not_confirmed_and_its_page_says_what_to_do():
    letter = made.taken(words=WORDS)
    hidden_within(letter, "happened", "ed")
    made.decided(letter)

    with pytest.raises(NotReleased, match=r"“happen\[person A\]” stands in the letter.*whole word"):
        confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)

    page = as_(letter.taken_by).open(f"/anonymised/{letter.pk}/release/")
    assert "“happen[person A]” stands in the letter" in page.words
    assert "once nothing is hidden within a longer word" in page.words


def test_a_released_letter_that_hides_within_a_word_is_withdrawn():
    letter = made.released(words=WORDS)
    assert still_clear(letter, at=given.NOON)
    hidden_within(letter, "happened", "ed")

    assert not still_clear(letter, at=given.NOON)

    letter.refresh_from_db()
    assert letter.state == AnonymisedLetter.State.WITHDRAWN
    assert "within a longer word" in letter.withdrawn_because


def test_two_hidden_places_that_meet_within_a_word_leave_nothing_of_it_to_read():
    letter = made.taken(words=WORDS)
    hidden_within(letter, "decided", "deci")
    hidden_within(letter, "decided", "ded")
    made.decided(letter)

    letter = confirm_letter(letter, text_stamp(letter), by=letter.taken_by, at=given.NOON)

    assert letter.confirmations.count() == 1
