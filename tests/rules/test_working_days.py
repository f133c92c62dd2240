from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.working_days import (
    Calendar,
    CalendarTooShort,
    add_working_days,
    calendar_warning,
    closed_days_between,
    is_working_day,
    this_or_next_working_day,
    working_days_between,
)
from tests.rules.examples import CALENDAR, QUICK

DAYS = st.dates(date(2024, 1, 1), date(2028, 6, 30))


def test_the_published_list_agrees_with_an_independent_one_weekday_by_weekday():
    published = published_bank_holidays()
    years = range(published.known_from.year, published.known_until.year + 1)
    independent = holidays.country_holidays("GB", subdiv="ENG", years=years)

    assert {day for day in published.days if day.weekday() < 5} == {
        day for day in independent if day.weekday() < 5
    }


def test_the_published_list_says_where_it_is_from_and_how_far_it_goes():
    published = published_bank_holidays()

    assert published.source_address == "https://www.gov.uk/bank-holidays"
    assert "GOV.UK" in published.source
    assert published.known_until >= date(2028, 12, 31)
    assert published.days[date(2026, 12, 28)] == "Boxing Day (substitute day)"


@QUICK
@given(DAYS, st.integers(1, 30))
def test_adding_days_never_lands_on_a_closed_day_and_counts_back(day, ahead):
    landed = add_working_days(day, ahead, CALENDAR)

    assert is_working_day(landed, CALENDAR)
    assert working_days_between(day, landed, CALENDAR) == ahead
    assert working_days_between(landed, day, CALENDAR) == -ahead


@QUICK
@given(DAYS, st.integers(0, 60))
def test_counting_by_sums_agrees_with_counting_one_by_one(day, ahead):
    end = day + timedelta(days=ahead)
    one_by_one = sum(
        is_working_day(day + timedelta(days=step), CALENDAR) for step in range(1, ahead + 1)
    )

    assert working_days_between(day, end, CALENDAR) == one_by_one
    assert len(closed_days_between(day, end, CALENDAR)) == ahead - one_by_one


@QUICK
@given(DAYS)
def test_this_or_next_working_day_is_the_first_from_the_day_on(day):
    first = this_or_next_working_day(day, CALENDAR)

    assert is_working_day(first, CALENDAR)
    assert working_days_between(day - timedelta(days=1), first, CALENDAR) == 1


def test_closed_days_have_names():
    closed = closed_days_between(date(2026, 4, 2), date(2026, 4, 7), CALENDAR)

    assert [each.name for each in closed] == ["Good Friday", "Saturday", "Sunday", "Easter Monday"]
    assert [each.is_weekend for each in closed] == [False, True, True, False]


@pytest.mark.parametrize("day", [date(2011, 12, 30), date(2028, 12, 29)])
def test_no_answer_is_given_outside_the_calendar(day):
    with pytest.raises(CalendarTooShort, match="administrator adds the bank holidays of that year"):
        add_working_days(day, 5, CALENDAR)


def test_the_refusal_names_the_day_and_the_ends_of_the_list():
    short = Calendar({}, date(2026, 1, 1), date(2026, 12, 31))

    with pytest.raises(CalendarTooShort) as refusal:
        is_working_day(date(2099, 1, 1), short)

    assert "Thursday 1 January 2099" in str(refusal.value)
    assert "1 January 2026 to 31 December 2026" in str(refusal.value)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        pytest.param(date(2028, 7, 4), None, id="half a year off: nothing said"),
        pytest.param(date(2028, 7, 5), "in 179 days", id="within half a year"),
        pytest.param(date(2028, 12, 30), "in 1 day.", id="tomorrow"),
        pytest.param(date(2028, 12, 31), "in 0 days.", id="its last day"),
        pytest.param(date(2029, 1, 1), "ended on 31 December 2028", id="over"),
    ],
)
def test_the_calendar_warns_before_it_ends(today, said):
    warning = calendar_warning(CALENDAR, today)

    if said is None:
        assert warning is None
    else:
        assert said in warning
        assert warning.endswith(
            "administrator adds the bank holidays of the next year to the calendar."
        )


def test_a_saturday_that_is_closed_as_well_is_not_counted_twice():
    saturday = date(2026, 5, 2)
    calendar = Calendar({saturday: "Office move"}, date(2026, 1, 1), date(2026, 12, 31))

    assert working_days_between(date(2026, 5, 1), date(2026, 5, 8), calendar) == 5
