"""A letter names a last day for the statement only once the day of service is known."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from forthright.rules.clock_rules import Status
from forthright.rules.defence_time import time_for_statement
from forthright.rules.disclosure_limits import (
    Court,
    Remand,
    SentCase,
    Way,
    limits_of,
    published_disclosure_limits,
)
from tests.rules.test_disclosure_deadlines import CALENDAR, OWN

COUNTS = "28 days beginning with"
HOURS = (
    "What is served by electronic means after 2:30pm, or on a day that is no working day, counts "
    "on the next working day. What is posted counts on the second working day."
)


def said(served=None, *, limits=None, today=None, **case):
    sent = SentCase(sent=date(2026, 9, 1), remand=Remand.CUSTODY, **case)
    words = time_for_statement(
        sent, datetime.fromisoformat(served) if served else None,
        limits=limits or published_disclosure_limits(), calendar=CALENDAR, today=today,
    )  # fmt: skip
    return " ".join(words)


@pytest.mark.parametrize(
    ("served", "case", "says"),
    [
        pytest.param(None, {}, f"{COUNTS} the day on which this service counts as given. {HOURS}",
                     id="before the service"),
        pytest.param(None, {"court": Court.MAGISTRATES}, "14 days beginning with the day on which",
                     id="before it, magistrates"),
        pytest.param("2026-10-09T14:30", {}, f"{COUNTS} Friday 9 October 2026, and ends on Thursday"
                     " 5 November 2026.", id="in time"),
        pytest.param("2026-10-09T23:30", {}, "Served on Friday 9 October 2026, 11:30pm, after 2:30"
                     "pm, so it counts on the next working day, Monday 12 October 2026. The time "
                     f"for a defence statement is {COUNTS} Monday 12 October 2026, and ends on "
                     "Sunday 8 November 2026.", id="in the evening"),
        pytest.param("2026-12-07T12:00", {}, "ends on Sunday 3 January 2027", id="late"),
    ],
)  # fmt: skip
def test_how_long_the_defence_has(served, case, says):
    assert says in said(served, **case)


@pytest.mark.parametrize("served", [None, "2026-10-09T23:30"])
def test_a_day_that_a_court_ordered_is_named_whenever_it_is_served(served):
    ordered = {"defence_statement": date(2026, 11, 30)}

    assert said(served, ordered=ordered) == (
        "The court ordered that the defence statement is due by Monday 30 November 2026."
    )


def test_without_a_limit_nothing_is_said():
    assert said(limits=limits_of(OWN, "own.toml")) == ""


def test_before_the_service_no_day_is_named_at_all():
    assert "20" not in said().replace("28 days", "")


def test_an_order_of_a_day_before_a_late_service_binds_nobody():
    ordered = {"defence_statement": date(2026, 10, 1)}

    assert f"{COUNTS} Monday 5 October 2026, and ends on Sunday 1 November" in said(
        "2026-10-05T12:00", ordered=ordered
    )


@pytest.mark.parametrize("step", ["defence_statement", "stage_2"])
def test_an_ordered_day_that_is_over_is_in_no_letter_made_before_the_service(step):
    ordered = {step: date(2026, 10, 1)}

    assert "The court ordered" in said(ordered=ordered, today=date(2026, 10, 1))
    late = said(ordered=ordered, today=date(2026, 10, 2))
    assert late.startswith(f"The time for a defence statement is {COUNTS} the day on which")


@pytest.mark.parametrize(("served", "is_sure"), [("14:30", True), ("14:31", False)])
def test_the_letter_says_where_the_rule_behind_its_last_day_is_not_confirmed(served, is_sure):
    assert ("has yet to confirm the rule" in said(f"2026-10-09T{served}")) != is_sure


def test_the_letter_made_before_the_service_says_it_until_each_way_is_confirmed():
    shipped = published_disclosure_limits()
    rows = tuple(row.model_copy(update={"status": Status.CONFIRMED}) for row in shipped.limits)

    assert "has yet to confirm the rule" in said()
    assert "has yet to confirm" not in said(limits=replace(shipped, limits=rows))


def test_what_was_posted_counts_when_it_comes():
    assert f"{COUNTS} Tuesday 13 October 2026, and ends on Monday 9 November 2026." in said(
        "2026-10-09T10:00", way=Way.POST
    )
