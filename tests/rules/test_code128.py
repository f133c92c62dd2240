"""A barcode says what its text says, by the standard."""

import pytest

from forthright.rules.code128 import (
    QUIET,
    WIDTHS,
    NotInCode128,
    bars_of,
    drawing_of,
    values_of,
)


def test_the_patterns_are_as_the_standard_has_them():
    assert len(WIDTHS) == len(set(WIDTHS)) == 106
    # Every pattern is 11 modules wide, and its bars are an even number of them.
    assert {sum(map(int, each)) for each in WIDTHS} == {11}
    assert {sum(map(int, each[::2])) % 2 for each in WIDTHS} == {0}


@pytest.mark.parametrize(
    ("text", "check"), [("PJJ123C", 55), ("FM26000001", 74), ("A", 34), (" ", 1), ("~", 95)]
)
def test_the_check_value(text, check):
    assert values_of(text)[-1] == check


@pytest.mark.parametrize("text", ["", "é", "tab\t", "line\n"])
def test_what_cannot_be_written_is_refused(text):
    with pytest.raises(NotInCode128):
        values_of(text)


def test_bars_stand_between_quiet_zones_and_the_stop_ends_in_a_bar():
    bars, wide = bars_of("FM26000001")

    assert bars[0] == (QUIET, 2)
    assert bars[-1] == (wide - QUIET - 2, 2)
    # Start, ten letters, check and a stop of 13 modules.
    assert wide == 2 * QUIET + 12 * 11 + 13
    assert len(bars) == 12 * 3 + 4


def test_the_drawing_is_a_picture_of_every_bar():
    bars, wide = bars_of("A1")
    drawn = drawing_of("A1")

    assert f'viewBox="0 0 {wide} 40"' in drawn
    assert drawn.count("M") == len(bars)
