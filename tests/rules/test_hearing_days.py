"""Days that cannot be the day of a hearing, and days that are more likely a slip."""

from datetime import date, timedelta

import pytest

from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.hearing_days import (
    KnownDays,
    is_held,
    oddities_of,
    why_impossible,
    why_no_court,
    why_not_sent_then,
)

TODAY = date(2026, 12, 11)
CASE = KnownDays(urn="20AB7100126", sent_on=date(2026, 11, 20), charged_on=date(2026, 11, 2))
HOLIDAYS = published_bank_holidays().days


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2025, 12, 14), "its number says that it is of 2026"),
        (date(1999, 12, 14), "its number says that it is of 2026"),
        (date(2026, 11, 1), "before the charge, which was on Monday 2 November 2026"),
        (date(2026, 11, 19), "before the case was sent to the Crown Court"),
        (date(2026, 11, 20), ""),
        (date(2026, 12, 14), ""),
        (date(2099, 12, 14), ""),
    ],
)
def test_a_day_before_the_case_was_there_cannot_be(on, words):
    found = why_impossible(on, CASE)

    assert words in found
    assert bool(found) is bool(words)


def test_a_case_of_which_only_the_number_is_known_is_bounded_by_its_year():
    assert why_impossible(date(2025, 12, 31), KnownDays(urn="20AB7100126"))
    assert not why_impossible(date(2026, 1, 2), KnownDays(urn="20AB7100126"))


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 14), ()),
        (TODAY, ()),
        (date(2026, 12, 10), ("It is past, 1 day ago.",)),
        (date(2026, 12, 13), ("It is a Sunday",)),
        (date(2026, 12, 12), ("It is a Saturday",)),
        (date(2026, 12, 25), ("It is a bank holiday: Christmas Day",)),
        (date(2028, 12, 8), ()),
        (TODAY + timedelta(days=730), ("Sunday",)),
        (date(2028, 12, 12), ("It is 732 days away",)),
        (date(2099, 12, 25), ("It is 26,677 days away", "It is a bank holiday: Christmas Day")),
    ],
)
def test_what_is_odd_about_a_day_is_said(on, words):
    found = oddities_of(on, today=TODAY, furthest_days=730, closed=HOLIDAYS)

    assert len(found) == len(words)
    for part, sentence in zip(words, found, strict=True):
        assert part in sentence


def test_the_days_of_the_area_win_over_what_is_foretold():
    proclaimed = {date(2026, 12, 14): "A day that was proclaimed"}

    assert "proclaimed" in why_no_court(date(2026, 12, 14), proclaimed)
    assert why_no_court(date(2026, 12, 25), proclaimed) == ""
    assert "Christmas Day" in why_no_court(date(2027, 12, 27), proclaimed)


@pytest.mark.parametrize(
    ("sent_on", "words"),
    [
        (date(2026, 12, 12), "still to come"),
        (date(2025, 12, 1), "its number is of 2026"),
        (TODAY, ""),
    ],
)
def test_a_case_was_sent_after_it_was_there_and_not_later_than_today(sent_on, words):
    found = why_not_sent_then(sent_on, CASE, today=TODAY)

    assert words in found
    assert bool(found) is bool(words)


@pytest.mark.parametrize(
    ("old_on", "was_held", "is_so"),
    [
        (TODAY - timedelta(days=1), True, True),
        (TODAY - timedelta(days=1), None, True),
        (TODAY - timedelta(days=1), False, False),
        (TODAY, True, True),
        (TODAY, False, False),
        (TODAY + timedelta(days=1), None, False),
        (TODAY + timedelta(days=1), True, False),
        (None, None, False),
    ],
)
def test_a_day_that_had_come_when_the_hearing_moved_was_held_unless_somebody_says_not(
    old_on, was_held, is_so
):
    assert is_held(old_on, TODAY, was_held=was_held) is is_so
