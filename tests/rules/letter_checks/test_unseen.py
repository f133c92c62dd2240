"""What nobody sees in a letter hides nothing, and every place stays that of the text as given."""

import pytest

from forthright.rules.letter_checks.unseen import seen_text
from forthright.rules.unseen_characters import UNSEEN_BUT_JOINERS
from forthright.rules.written import cleaned


@pytest.mark.parametrize(
    ("given", "seen"),
    [
        pytest.param("Mr Pol\u200blard", "Mr Pollard", id="a space of no width"),
        pytest.param("Mr Pol\u00adlard", "Mr Pollard", id="a soft hyphen"),
        pytest.param("Mr \u202ePollard\u202c", "Mr Pollard", id="marks of direction"),
        pytest.param("Môn, Ивана", "Môn, Ивана", id="other letters stay"),
    ],
)
def test_what_nobody_sees_is_left_out(given, seen):
    assert seen_text(given).text == seen


def test_a_place_is_that_of_the_text_as_given():
    given = "\ufeffMr Pol\u200blard went"
    seen = seen_text(given)

    start, end = seen.as_given(seen.text.index("Pollard"), seen.text.index(" went"))

    assert given[start:end] == "Pol\u200blard"


def test_an_empty_place_at_the_end_stays_at_the_end():
    seen = seen_text("a\u200bb")

    assert seen.as_given(2, 2) == (3, 3)


def test_the_places_of_standard_words_move_with_them():
    given = "Dear\u200b all, the case"
    start = given.index("the")

    assert seen_text(given).as_seen([(start, len(given), "opening")]) == [(10, 18, "opening")]


@pytest.mark.parametrize(
    "mark",
    [
        pytest.param("\ufe0f", id="a variation selector"),
        pytest.param("\U000e0100", id="one for old signs"),
        pytest.param("\U000e0061", id="a tag"),
        pytest.param("\u3164", id="a Hangul filler"),
        pytest.param("\u2800", id="a blank of Braille"),
        pytest.param("\u206a", id="a mark out of use"),
    ],
)
def test_no_mark_without_ink_hides_a_name(mark):
    assert seen_text(f"Mr Pol{mark}lard").text == "Mr Pollard"


def test_one_list_is_used_for_letters_extracts_and_boxes():
    marks = ["\u200b", "\ufe0f", "\U000e0061", "\u3164", "\u034f"]

    for mark in marks:
        assert seen_text(f"Pol{mark}lard").text == "Pollard"
        assert cleaned(f"Pol{mark}lard") == "Pollard"
        assert UNSEEN_BUT_JOINERS.sub("", f"Pol{mark}lard") == "Pollard"
    assert UNSEEN_BUT_JOINERS.sub("", "نرگس\u200cها") == "نرگس\u200cها"
