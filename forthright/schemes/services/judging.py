"""Whether a letter was in time, and in which stage a late one lost its time."""

from datetime import datetime
from typing import NamedTuple

from forthright.rules.timeliness import late_stage, stages
from forthright.rules.words import local
from forthright.rules.working_days import Calendar
from forthright.schemes.models import Duty, RuleSet
from forthright.schemes.selectors.stages import times_of


class Standing(NamedTuple):
    state: str
    late_stage: str


def standing_of(duty: Duty, *, measure: str, calendar: Calendar) -> Standing:
    """Return how a letter stands by what is recorded of it.

    :raises CalendarTooShort: if a recorded day lies outside the calendar
    """
    if duty.state == Duty.State.NOT_REQUIRED:
        return Standing(Duty.State.NOT_REQUIRED, "")
    by_reaching = measure == RuleSet.Measure.REACHED
    stopped_at = duty.reached_at if by_reaching else duty.sent_at
    if stopped_at is None:
        return Standing(Duty.State.OPEN, "")
    if local(stopped_at).date() <= duty.due_on:
        return Standing(Duty.State.MET, "")
    return Standing(Duty.State.LATE, _late_stage(duty, stopped_at, calendar))


def judge(duty: Duty, *, measure: str, calendar: Calendar) -> None:
    """Set the state of an unsaved or changed letter from its recorded times."""
    duty.state, duty.late_stage = standing_of(duty, measure=measure, calendar=calendar)


def _late_stage(duty: Duty, stopped_at: datetime, calendar: Calendar) -> str:
    """Name the stage that took the longest, or none where steps of it were not recorded.

    A letter sent in time was late in reaching.
    """
    if duty.sent_at and local(duty.sent_at).date() <= duty.due_on:
        return Duty.Stage.REACHING
    as_of = local(stopped_at).date()
    longest = late_stage(stages(times_of(duty), calendar=calendar, as_of=as_of))
    return longest.name.value if longest else ""
