"""A day to decide by that is another year than was meant is asked about; most days are not."""

from datetime import date, timedelta

from forthright.rules.days_to_decide import FURTHEST_DAYS, oddities_of_limit

TODAY = date(2026, 10, 5)


def test_a_day_of_another_year_is_odd_and_one_of_this_half_year_is_not():
    last = TODAY + timedelta(days=FURTHEST_DAYS)

    assert oddities_of_limit(last, today=TODAY) == ()
    [far] = oddities_of_limit(last + timedelta(days=1), today=TODAY)
    assert far == "It is 183 days away; more than 182 days ahead is asked about."
    assert oddities_of_limit(TODAY.replace(year=2027), today=TODAY)
