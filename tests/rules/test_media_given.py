"""What goes as it came beside copies: nothing that one hides, and something of each file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.hidden_parts import Covering, Part, Piece, first_laid_bare
from forthright.rules.media_given import as_they_come

HIDES = (Part(Covering.BLUR, 1.0, 2.0),)
FILES = st.lists(st.integers(1, 6), unique=True, min_size=1)


@pytest.mark.parametrize(
    ("files", "covered", "left"),
    [
        ("AB", "", "AB"),
        ("AB", "A", "B"),
        ("ABC", "CA", "B"),
        ("AB", "X", "AB"),
        ("A", "A", "A"),
        ("AB", "AB", "AB"),
        ("", "A", ""),
    ],
)
def test_a_file_goes_as_it_came_where_no_copy_goes_in_its_place(files, covered, left):
    assert as_they_come(list(files), set(covered)) == list(left)


@given(FILES, st.sets(st.integers(1, 6)))
def test_with_the_copies_it_is_each_file_and_nothing_that_one_hides_unless_each_has_one(
    files, covered
):
    left = as_they_come(files, covered)
    pieces = [Piece(frozenset({str(each)}), HIDES, name=f"copy of {each}") for each in covered]
    pieces += [Piece(frozenset({str(each)}), name=str(each)) for each in left]

    assert set(left) | covered >= set(files)
    assert (first_laid_bare([], pieces) is not None) == (set(files) <= covered)
