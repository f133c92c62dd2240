"""Pieces of a file that were fetched come to all of it, or do not."""

import pytest
from hypothesis import given as given_any
from hypothesis import strategies as st

from forthright.rules.fetched import MOST_PIECES, fetched_with, is_all_of_it


@pytest.mark.parametrize(
    ("pieces", "kept", "is_all"),
    [
        ([(0, 10)], [[0, 10]], True),
        ([(0, 5), (5, 10)], [[0, 10]], True),
        ([(5, 10), (0, 6)], [[0, 10]], True),
        ([(0, 5), (6, 10)], [[0, 5], [6, 10]], False),
        ([(0, 9)], [[0, 9]], False),
        ([(3, 3)], [], False),
    ],
)
def test_pieces_that_touch_are_one(pieces, kept, is_all):
    known = []
    for start, end in pieces:
        known = fetched_with(known, start, end)

    assert known == kept
    assert is_all_of_it(known, 10) is is_all


@given_any(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_it_is_all_of_it_just_where_every_byte_is_in_a_piece(pieces):
    known, there = [], set()
    for start, end in pieces:
        known = fetched_with(known, start, end)
        there |= set(range(start, end))

    assert is_all_of_it(known, 30) is (there >= set(range(30)))


def test_however_many_pieces_no_more_are_kept_and_none_is_made_up():
    known = []
    for number in range(3 * MOST_PIECES):
        known = fetched_with(known, 10 * number, 10 * number + 1)

    assert len(known) == MOST_PIECES
