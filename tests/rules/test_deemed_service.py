"""The day on which a service counts, by how it was served, and what that rests on."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from forthright.rules.clock_rules import Status
from forthright.rules.deemed_service import JUDGED_BY, given_on, judged_words
from forthright.rules.disclosure_deadlines import disclosure_steps, unconfirmed_of
from forthright.rules.disclosure_limits import (
    LimitsRefused,
    Remand,
    SentCase,
    Way,
    limits_of,
    published_disclosure_limits,
)
from tests.rules.test_disclosure_deadlines import CALENDAR, OWN

CASE = SentCase(sent=date(2026, 9, 1), remand=Remand.CUSTODY)
# As the rows of service were written before each named its way.
OF_BEFORE = """
[[limit]]
key = "deemed_service"
title = "Service after the hour counts on the next working day"
from = "served"
days = 1
counted = "AFTER"
until_hour = 17
source = "Our own agreement"
in_force_from = 2020-01-01
status = "to be confirmed"
"""


def given(served, way=Way.ELECTRONIC, limits=None):
    return given_on(
        datetime.fromisoformat(served), replace(CASE, way=way),
        limits=limits or published_disclosure_limits(), calendar=CALENDAR,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("way", "served", "due", "says"),
    [
        pytest.param(Way.HAND, "2026-10-24 11:00", "2026-10-25", (), id="by hand"),
        pytest.param(
            Way.ELECTRONIC, "2026-10-23 18:00", "2026-10-25",
            ("counts on Monday 26 October 2026", "it would be 1 day late"), id="late on the Friday",
        ),
        pytest.param(
            Way.ELECTRONIC, "2026-10-22 18:00", "2026-10-25", ("counts on Friday 23 October 2026",),
            id="in time by both",
        ),
        pytest.param(
            Way.ELECTRONIC, "2026-10-26 18:00", "2026-10-25",
            ("counts on Tuesday 27 October 2026",), id="late by both",
        ),
    ],
)  # fmt: skip
def test_by_which_day_a_service_is_judged_is_said_where_it_counts_on_another(
    way, served, due, says
):
    told = judged_words(
        datetime.fromisoformat(served).date(), date.fromisoformat(due), given(served, way)
    )

    assert told[:1] == ((JUDGED_BY,) if says else ())
    assert len(told) == (len(says) + 1 if says else 0)
    assert all(words in " ".join(told) for words in says)


@pytest.mark.parametrize(
    ("way", "served", "counts", "why"),
    [
        ("ELECTRONIC", "2026-10-09T14:29", "2026-10-09", ""),
        ("ELECTRONIC", "2026-10-09T14:30", "2026-10-09", ""),
        ("ELECTRONIC", "2026-10-09T14:31", "2026-10-12",
         "2:31pm, after 2:30pm, so it counts on the next working day, Monday 12 October 2026"),
        ("ELECTRONIC", "2026-10-10T10:00", "2026-10-12", "10am, which is a Saturday"),
        ("ELECTRONIC", "2026-12-25", "2026-12-29", "which is Christmas Day"),
        ("POST", "2026-10-09T10:00", "2026-10-13",
         "9 October 2026, 10am, so it counts on the second working day, Tuesday 13 October 2026"),
        ("POST", "2026-10-10", "2026-10-13", "Posted on Saturday 10 October 2026, so it counts"),
        ("HAND", "2026-10-09T18:00", "2026-10-09", "It counts on the day on which it was served"),
    ],
)  # fmt: skip
def test_each_way_of_service_counts_by_its_own_rows(way, served, counts, why):
    found = given(served, Way(way))

    assert found.day == date.fromisoformat(counts)
    assert why in " ".join(found.words)
    assert bool(found.words) == bool(why)


@pytest.mark.parametrize(
    ("way", "served", "is_sure"),
    [
        ("ELECTRONIC", "2026-10-09T14:30", True),
        ("ELECTRONIC", "2026-10-09T14:31", False),
        ("POST", "2026-10-09T10:00", False),
        ("HAND", "2026-10-09T10:00", False),
    ],
)
def test_what_rests_on_a_row_that_nobody_confirmed_says_so_of_the_statement_too(
    way, served, is_sure
):
    found = given(served, Way(way))
    case = replace(CASE, disclosed=found.day, deemed_unverified=found.unverified)
    steps = disclosure_steps(case, limits=published_disclosure_limits(), calendar=CALENDAR)
    [statement] = [step for step in steps if step.key == "defence_statement"]

    assert (found.unverified == ()) == is_sure
    assert (statement.status is not Status.TO_BE_CONFIRMED) == is_sure
    assert any("Rules, rule 4.11" in words for words in unconfirmed_of(steps)) != is_sure


def test_a_date_that_is_counted_from_one_nobody_confirmed_says_so():
    steps = disclosure_steps(CASE, limits=published_disclosure_limits(), calendar=CALENDAR)
    [statement] = [step for step in steps if step.key == "defence_statement"]

    assert statement.status is Status.TO_BE_CONFIRMED
    assert "50 days for who was sent in custody" in statement.unverified[0]


def test_a_date_that_is_counted_from_one_that_a_court_ordered_does_not():
    case = replace(CASE, ordered={"stage_1": date(2026, 10, 20)})
    steps = disclosure_steps(case, limits=published_disclosure_limits(), calendar=CALENDAR)
    [statement] = [step for step in steps if step.key == "defence_statement"]

    assert statement.status is Status.PUBLISHED


def test_a_row_of_before_says_both_for_every_way():
    limits = limits_of(OF_BEFORE, "own.toml")

    assert given("2026-10-09T17:00", Way.POST, limits).day == date(2026, 10, 9)
    late = given("2026-10-09T17:01", Way.POST, limits)
    assert late.day == date(2026, 10, 12)
    assert late.unverified == ("Our own agreement",)


def test_without_such_a_row_it_counts_on_its_own_day():
    late = given("2026-10-09T23:30", limits=limits_of(OWN, "own.toml"))

    assert (late.day, late.words) == (date(2026, 10, 9), ())


def test_no_other_limit_has_no_days():
    text = OWN.replace("days = ", "days = 0 # ", 1)

    with pytest.raises(LimitsRefused, match="days must be 1 or more"):
        limits_of(text, "own.toml")
