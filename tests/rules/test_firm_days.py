from datetime import UTC, date, datetime

import pytest

from forthright.rules.firm_days import KnownOfCase, day_by, oddities_of_start, why_not_from

TODAY = date(2026, 10, 5)
PTPH = date(2026, 10, 26)
PAST = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("on", "hearing", "number"),
    [
        (TODAY, PTPH, 0),
        (PTPH, PTPH, 0),
        (date(2026, 10, 27), PTPH, 1),
        (date(2026, 10, 27), PAST, 0),
        (date(2026, 10, 27), None, 0),
        (date(2026, 11, 2), None, 0),
        (date(2026, 11, 3), None, 1),
        (date(2027, 10, 5), PTPH, 2),
        (date(2026, 1, 1), PTPH, 0),
        (date(2025, 12, 31), PTPH, 1),
    ],
)
def test_what_is_odd_about_the_day_of_a_firm(on, hearing, number):
    known = KnownOfCase(urn="20AB7000126", hearing_on=hearing)

    assert len(oddities_of_start(on, known, today=TODAY, furthest_days=28)) == number


def test_a_number_that_tells_no_year_makes_no_day_odd():
    known = KnownOfCase(urn="unread")

    assert oddities_of_start(date(2001, 1, 1), known, today=TODAY, furthest_days=28) == ()


@pytest.mark.parametrize(
    ("on", "before", "words"),
    [
        (PTPH, "Hale LLP", ""),
        (TODAY, "Hale LLP", "That is before Hale LLP took the case, on Monday 26 October 2026."),
        (TODAY, "nobody", "since when nobody represents the defendant"),
    ],
)
def test_no_firm_has_a_case_before_the_one_that_it_follows(on, before, words):
    said = why_not_from(on, before, PTPH)

    assert words in said
    assert bool(words) == bool(said)


@pytest.mark.parametrize(("day", "found"), [(1, 3), (2, 3), (3, 4), (4, 4), (5, 5)])
def test_a_day_that_was_put_right_twice_is_the_one_that_stood_then(day, found):
    changes = [(moment(4), date(2026, 1, 4)), (moment(2), date(2026, 1, 3))]

    assert day_by(date(2026, 1, 5), changes, moment(day)) == date(2026, 1, found)


def moment(day):
    return datetime(2026, 11, day, tzinfo=UTC)
