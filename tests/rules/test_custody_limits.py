"""A custody time limit is never shown later than it expires."""

from datetime import date

import pytest

from forthright.rules.disclosure_limits import Remand, Turn
from tests.rules.test_disclosure_deadlines import steps_of


@pytest.mark.parametrize(
    ("sent", "expires", "words"),
    [
        pytest.param(date(2026, 4, 4), date(2026, 10, 2), "That is a Saturday", id="a Saturday"),
        pytest.param(date(2026, 4, 5), date(2026, 10, 2), "That is a Sunday", id="a Sunday"),
        pytest.param(
            date(2026, 6, 26), date(2026, 12, 24), "That is Christmas Day", id="Christmas Day"
        ),
        pytest.param(
            date(2026, 3, 2), date(2026, 8, 28), "That is Summer bank holiday", id="bank holiday"
        ),
        pytest.param(date(2026, 9, 25), date(2027, 3, 25), "That is Good Friday", id="Good Friday"),
    ],
)
def test_a_custody_limit_never_expires_on_a_closed_day(sent, expires, words):
    step = steps_of(sent)["custody_limit"]

    assert (step.day, step.serve_by) == (expires, expires)
    assert words in step.arithmetic[-1]
    assert "Regulations 1987, regulation 2(5)" in step.arithmetic[-1]
    assert "stays the last day" not in " ".join(step.arithmetic)


def test_a_custody_limit_that_a_court_extended_to_a_closed_day_expires_before_it():
    extended = {"custody_limit": date(2026, 11, 1)}

    step = steps_of(date(2026, 4, 1), ordered=extended)["custody_limit"]

    assert step.day == date(2026, 10, 30)
    assert "The court ordered Sunday 1 November 2026" in step.arithmetic[-2]


@pytest.mark.parametrize(
    ("sent", "days"),
    [
        pytest.param(date(2020, 9, 27), 182, id="the day before"),
        pytest.param(date(2020, 9, 28), 238, id="the first day"),
        pytest.param(date(2021, 6, 27), 238, id="the last day"),
        pytest.param(date(2021, 6, 28), 182, id="the day on which it ceased"),
    ],
)
def test_a_custody_limit_of_the_pandemic_is_longer(sent, days):
    step = steps_of(sent)["custody_limit"]

    assert step.arithmetic[1].startswith(f"{days} days after that day")


def test_only_a_defendant_in_custody_has_a_custody_limit():
    assert "custody_limit" in steps_of(date(2026, 4, 1))
    assert "custody_limit" not in steps_of(date(2026, 4, 1), Remand.BAIL)


def turned(*turns):
    return tuple(Turn(day, remand) for day, remand in turns)


def test_a_limit_is_counted_from_the_day_on_which_custody_began():
    steps = steps_of(
        date(2026, 9, 1), Remand.BAIL, turns=turned((date(2026, 11, 2), Remand.CUSTODY))
    )

    assert steps["stage_1"].day == date(2026, 11, 10)
    assert steps["custody_limit"].day == date(2027, 4, 30)
    assert steps["custody_limit"].arithmetic[:3] == (
        "Sent to the Crown Court, on bail, on Tuesday 1 September 2026.",
        "In custody from Monday 2 November 2026.",
        "182 days after that day is Monday 3 May 2027.",
    )
    assert "Early May bank holiday" in steps["custody_limit"].arithmetic[3]
    assert not steps["custody_limit"].unverified


def test_who_was_bailed_since_has_no_custody_limit_and_the_same_day_for_the_papers():
    turns = turned((date(2026, 10, 20), Remand.BAIL))

    steps = steps_of(date(2026, 9, 1), Remand.CUSTODY, turns=turns)

    assert steps["stage_1"].day == date(2026, 10, 21)
    assert "custody_limit" not in steps


def test_days_of_custody_that_was_broken_are_left_to_a_person():
    turns = turned((date(2026, 10, 7), Remand.BAIL), (date(2026, 11, 5), Remand.CUSTODY))

    step = steps_of(date(2026, 9, 1), Remand.CUSTODY, turns=turns)["custody_limit"]

    assert step.day == date(2027, 3, 2)
    assert "a person counts those in custody" in " ".join(step.arithmetic)
    assert step.unverified
