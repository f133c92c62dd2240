"""What changed is shown word by word."""

import pytest
from hypothesis import given, strategies

from forthright.letter_templates.selectors.differences import (
    ADDED,
    REMOVED,
    SAME,
    Piece,
    count_changed,
    difference,
)


@pytest.mark.parametrize(
    ("old", "new", "pieces"),
    [
        pytest.param("We are sorry.", "We are sorry.", [(SAME, "We are sorry.")], id="the same"),
        pytest.param("We are sorry.", "We are very sorry.",
                     [(SAME, "We are "), (ADDED, "very "), (SAME, "sorry.")], id="a word more"),
        pytest.param("We are so sorry.", "We are sorry.",
                     [(SAME, "We are "), (REMOVED, "so "), (SAME, "sorry.")], id="a word less"),
        pytest.param("", "New.", [(ADDED, "New.")], id="all new"),
        pytest.param("One.\nTwo.", "One.\nThree.",
                     [(SAME, "One.\n"), (REMOVED, "Two. "), (ADDED, "Three.")], id="a line"),
    ],
)  # fmt: skip
def test_difference(old, new, pieces):
    assert difference(old, new) == [Piece(kind, words) for kind, words in pieces]


def test_words_are_counted():
    assert count_changed(difference("a b c", "a d e c")) == (2, 1)


@given(strategies.text("ab \n"), strategies.text("ab \n"))
def test_the_words_of_both_can_be_read_from_it(old, new):
    pieces = difference(old, new)

    assert "".join(each.words for each in pieces if each.kind != REMOVED) == new
    was = [word for each in pieces if each.kind != ADDED for word in each.words.split()]
    assert was == old.split()


@given(strategies.text("ab \n"), strategies.text("ab \n"))
def test_no_two_words_run_together(old, new):
    pieces = difference(old, new)

    shown = "".join(each.words for each in pieces)
    assert len(shown.split()) == sum(len(each.words.split()) for each in pieces)
