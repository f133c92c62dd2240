"""Second marks come weeks after the first: a change is told of whoever marked first as well."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from forthright.calibration.selectors.comparing import Compared
from forthright.rules.rubric import Level

MONDAY = datetime(2026, 1, 5, 6, tzinfo=UTC)
WEEKS, TURNS_IN = 22, 14
FIRST, SECOND = 1, 2
CODES = [f"B{each}" for each in range(8)]


def given(chance, share):
    return {each: Level.NOT_MET if chance.random() < share else Level.FULLY for each in CODES}


def by_then(until, *, lag, turns_in=TURNS_IN):
    """Return what can be compared by a Monday; the first marker turns lenient, the second not."""
    chance, found = random.Random(1), Compared()
    for letter in range(5 * WEEKS):
        week = letter // 5
        first, second = given(chance, 0.3 if week < turns_in else 0.02), given(chance, 0.3)
        at = MONDAY + timedelta(weeks=week, days=1)
        if (again := at + timedelta(weeks=lag, days=1)) < until:
            found.levels[letter] = {FIRST: first, SECOND: second}
            found.given_at |= {(letter, FIRST): at, (letter, SECOND): again}
            found.known_at |= {(letter, FIRST): at, (letter, SECOND): again}
    return found


def told_on_mondays(*, lag, turns_in=TURNS_IN):
    mondays = [MONDAY + timedelta(weeks=each) for each in range(12, WEEKS + lag + 1)]
    return [
        marker
        for monday in mondays
        for marker in by_then(monday, lag=lag, turns_in=turns_in).drifts(
            monday, monday - timedelta(weeks=1)
        )
    ]


@pytest.mark.parametrize("lag", [0, 1, 3])
def test_whoever_marks_first_is_told_however_late_the_letter_is_marked_again(lag):
    assert {FIRST, SECOND} <= set(told_on_mondays(lag=lag))


@pytest.mark.parametrize("lag", [0, 1, 3])
def test_nobody_is_told_where_nothing_changed(lag):
    assert told_on_mondays(lag=lag, turns_in=WEEKS) == []


def test_what_a_round_tells_is_news_once_it_closed():
    until = MONDAY + timedelta(weeks=20)
    found = by_then(until, lag=0)
    told = until - timedelta(weeks=1)
    assert FIRST not in found.drifts(until, until)
    closed = {key: until - timedelta(days=1) for key in found.known_at if key[1] == SECOND}
    found.known_at |= closed

    assert FIRST in found.drifts(until, told)
