"""Names that stand as words of their own, the first and the longest before others."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.anonymiser.plain_words import standing


@pytest.mark.parametrize(
    ("text", "names", "expected"),
    [
        ("", ["Ada"], []),
        ("Ada rang Ada", [], []),
        ("Ada rang Adam, and Ada", ["Ada"], ["Ada", "Ada"]),
        ("Ada Osei rang", ["Ada", "Ada Osei", "Osei"], ["Ada Osei"]),
        ("Ada Osei-Bah rang", ["Osei", "Ada"], ["Ada", "Osei"]),
        ("Ada_1 rang 2Ada", ["Ada"], []),
        ("St Ives, St Ives", ["St Ives", "Ives"], ["St Ives", "St Ives"]),
    ],
)
def test_names_stand_as_words(text, names, expected):
    assert [text[start:end] for start, end in standing(text, names)] == expected


@given(
    st.text("aé_1 -", max_size=30),
    st.lists(st.text("aé1 -", min_size=1, max_size=4), min_size=1, max_size=5, unique=True),
)
def test_they_are_those_that_a_pattern_of_them_all_finds(text, names):
    longest = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    assert list(standing(text, names)) == [match.span() for match in pattern.finditer(text)]
