"""The table of jobs and of the calendar holds together."""

from datetime import datetime

import pytest

from forthright.worker import bindings, steps
from forthright.worker.kinds import Step, kind
from forthright.worker.schedules import LONDON, week_before

MONDAY = datetime(2026, 10, 5, 6, 0, tzinfo=LONDON)


def test_everything_the_calendar_asks_for_is_a_known_job():
    unknown = [each.job for each in bindings.SCHEDULES if bindings.kind_named(each.job) is None]

    assert unknown == []


def test_every_name_in_the_calendar_is_its_own():
    names = [each.name for each in bindings.SCHEDULES]

    assert len(set(names)) == len(names)


def test_a_job_whose_steps_cannot_be_told_apart_is_refused():
    step = Step("Post", steps.clear_sessions)

    with pytest.raises(ValueError, match="a name of its own"):
        kind("twice", step, step)


def test_on_monday_the_week_that_has_just_ended_is_meant():
    assert week_before(MONDAY) == {"week": "2026-W40"}
