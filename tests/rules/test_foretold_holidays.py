"""The days every year has are foretold rightly, and no further than GOV.UK lists them."""

from datetime import date

import holidays
import pytest

from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.foretold_holidays import (
    easter_sunday,
    foretold_between,
    foretold_holidays,
    furthest_day,
)


@pytest.mark.parametrize(
    ("year", "christmas"),
    [
        pytest.param(2026, {"25": "Christmas Day", "28": "Boxing Day (substitute day)"},
                     id="Christmas Day is a Friday"),
        pytest.param(2027, {"27": "Christmas Day (substitute day)",
                            "28": "Boxing Day (substitute day)"}, id="a Saturday"),
        pytest.param(2033, {"26": "Boxing Day", "27": "Christmas Day (substitute day)"},
                     id="a Sunday"),
        pytest.param(2029, {"25": "Christmas Day", "26": "Boxing Day"}, id="a Tuesday"),
    ],
)  # fmt: skip
def test_christmas_and_the_days_in_its_place(year, christmas):
    december = {f"{day:%d}": name for day, name in foretold_holidays(year).items()
                if day.month == 12}  # fmt: skip

    assert december == christmas


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027, 2028])
def test_what_is_foretold_is_what_gov_uk_then_listed(year):
    listed = {day for day in published_bank_holidays().days if day.year == year}

    assert set(foretold_holidays(year)) == listed


def test_seventy_years_agree_with_an_independent_list():
    years = range(2029, 2101)
    independent = holidays.country_holidays("GB", subdiv="ENG", years=years)

    foretold = {day for year in years for day in foretold_holidays(year)}

    assert foretold == {day for day in independent if day.weekday() < 5}


def test_easter_of_its_earliest_and_latest_days():
    assert easter_sunday(2285) == date(2285, 3, 22)
    assert easter_sunday(2038) == date(2038, 4, 25)


def test_a_part_of_a_year_has_the_days_in_it_alone():
    days = foretold_between(date(2029, 5, 7), date(2029, 8, 27))

    assert list(days.values()) == ["Spring bank holiday", "Summer bank holiday"]


def test_a_calendar_reaches_to_the_end_of_the_year_after_next():
    assert furthest_day(date(2026, 11, 26)) == date(2028, 12, 31)
