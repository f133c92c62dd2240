from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.weeks import (
    NotAWeek,
    Week,
    is_old,
    read_week,
    week_of,
    weeks_between,
    weeks_since,
)
from tests.rules.examples import QUICK

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        pytest.param("2026-W40", date(2026, 9, 28), id="an ordinary week"),
        pytest.param(" 2026w1 ", date(2025, 12, 29), id="week 1 begins in the old year"),
        pytest.param("2026-W53", date(2026, 12, 28), id="a year of 53 weeks"),
    ],
)
def test_a_week_is_read_as_people_type_it(text, monday):
    assert read_week(text).monday == monday


@pytest.mark.parametrize(
    "text", ["", "40", "2026-40", "W40 2026", "2025-W53", "2026-W00", "0000-W1"]
)
def test_what_is_no_week_is_refused_in_words(text):
    with pytest.raises(NotAWeek, match="week"):
        read_week(text)


@QUICK
@given(DAYS)
def test_a_week_holds_its_day_and_reads_back(day):
    week = week_of(day)

    assert day in week
    assert read_week(str(week)) == week
    assert (week.monday.weekday(), week.sunday.weekday()) == (0, 6)
    assert week.plus(1).plus(-1) == week


def test_a_week_says_itself():
    assert Week(2026, 40).words == "Monday 28 September to Sunday 4 October 2026"
    assert Week(2026, 40).short_words == "week of 28 September 2026"
    assert Week(2026, 53).words == "Monday 28 December 2026 to Sunday 3 January 2027"


def test_weeks_run_over_the_new_year():
    run = weeks_between(Week(2026, 52), Week(2027, 2))

    assert [str(week) for week in run] == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]


@pytest.mark.parametrize(
    ("today", "weeks_ago", "old"),
    [
        pytest.param(date(2026, 10, 1), 0, False, id="not ended"),
        pytest.param(date(2026, 10, 5), 0, False, id="ended yesterday"),
        pytest.param(date(2026, 11, 7), 4, False, id="four weeks ago"),
        pytest.param(date(2026, 11, 8), 5, True, id="five weeks ago"),
    ],
)
def test_a_week_grows_old(today, weeks_ago, old):
    week = Week(2026, 40)

    assert (weeks_since(week, today), is_old(week, today)) == (weeks_ago, old)
