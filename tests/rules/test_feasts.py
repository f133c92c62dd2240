"""Days are called by their feasts, and the moving ones fall where the calendar has them."""

import re
from datetime import date

import pytest

from forthright.rules.feasts import every_feast, feasts_of, may_name_feast, shape_of

# The days as calendars printed them.
FEASTS = [
    (date(2025, 12, 25), "Christmas Day"),
    (date(2025, 12, 26), "Boxing Day"),
    (date(2025, 12, 31), "New Year’s Eve"),
    (date(2026, 1, 1), "New Year’s Day"),
    (date(2026, 2, 17), "Pancake Day"),
    (date(2026, 3, 15), "Mother’s Day"),
    (date(2026, 4, 3), "Good Friday"),
    (date(2026, 4, 5), "Easter Sunday"),
    (date(2026, 4, 6), "Easter Monday"),
    (date(2026, 5, 4), "Early May bank holiday"),
    (date(2026, 5, 25), "late May bank holiday"),
    (date(2026, 5, 24), "Pentecost"),
    (date(2026, 6, 21), "Father’s Day"),
    (date(2026, 8, 31), "August bank holiday"),
    (date(2025, 11, 9), "Remembrance Sunday"),
    (date(2025, 11, 28), "Black Friday"),
    (date(2024, 2, 29), "Leap Day"),
]


@pytest.mark.parametrize(("day", "name"), FEASTS, ids=[name for _, name in FEASTS])
def test_a_day_is_called_by_its_feast(day, name):
    assert name in feasts_of(day)


def test_most_days_have_no_feast():
    assert feasts_of(date(2026, 4, 14)) == ()
    assert feasts_of(date(2026, 5, 18)) == ()
    assert feasts_of(date(2025, 11, 21)) == ()


@pytest.mark.parametrize(
    "said", ["St David’s Day", "st. david's day", "Saint Davids Day", "ST DAVID’S DAY"]
)
def test_a_feast_is_read_in_each_spelling(said):
    assert re.fullmatch(shape_of("St David’s Day"), said)


def test_a_word_written_small_is_no_feast():
    assert not re.fullmatch(shape_of("New Year"), "new year")
    assert re.fullmatch(shape_of("New Year"), "NEW YEAR")


def test_whatever_is_a_feast_is_looked_for():
    assert [each for each in every_feast() if not may_name_feast(f"It was {each}.")] == []
    assert [each for each in every_feast() if not may_name_feast(each.upper())] == []
    assert not may_name_feast("I decided on Monday 4 May to stop the case. Next year we may not.")
