"""A custody time limit is never shown later than it expires."""

from datetime import date

import pytest

from forthright.rules.disclosure_limits import Remand
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
