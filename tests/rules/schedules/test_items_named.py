"""A sentence names items by number, in each way in which numbers are strung together."""

import pytest

from forthright.rules.schedules.items_named import items_named


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("items 1, 4 and 6", {1, 4, 6}),
        ("items 2, 5, and 9 came from a source", {2, 5, 9}),
        ("items 2, 5 as well as 9", {2, 5, 9}),
        ("items 2; 5; 9", {2, 5, 9}),
        ("items 2 + 9", {2, 9}),
        ("item 2 and also 9", {2, 9}),
        ("entries 3 to 5", {3, 4, 5}),
        ("items 2 through 4", {2, 3, 4}),
        ("items 2–4", {2, 3, 4}),
        ("item 2 on 3/5", {2}),
        ("items 2 and 12:30", {2}),
        ("item 2 and nobody else", {2}),
    ],
)
def test_each_number_of_a_string_is_named(words, named):
    assert items_named(words, range(1, 20)) == named
