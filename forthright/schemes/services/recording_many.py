"""Records the stages of many letters at once, as an extract tells them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.rules.working_days import Calendar, CalendarTooShort
from forthright.schemes.models import Duty
from forthright.schemes.selectors.area_clock import calendar_of
from forthright.schemes.services.judging import judge
from forthright.schemes.services.owing import lock_area
from forthright.schemes.services.saving import in_chunks, save_many
from forthright.schemes.services.stage_times import (
    FIELDS,
    StageTimes,
    TimeRefused,
    check_times,
    put_times,
)

# A decision and a person: together they name one letter owed.
Key = tuple[int, int]
SAVED = [*FIELDS, "drafter", "drafter_name", "state", "late_stage"]
WATCHED = [*FIELDS, "drafter_id", "drafter_name", "state", "late_stage"]


@dataclass(frozen=True)
class LetterChange:
    """One letter that was changed, with what stood there before and after."""

    duty_id: int
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True)
class TimesProblem:
    """One letter whose times cannot be right, and why."""

    key: Key
    message: str


@dataclass
class Recorded:
    """What recording the stages of many letters did."""

    changed: list[LetterChange] = field(default_factory=list)
    unchanged: int = 0
    missing: list[Key] = field(default_factory=list)  # no such letter is owed
    problems: list[TimesProblem] = field(default_factory=list)


class TimesRefused(Exception):
    """Some recorded times cannot be right, so nothing was recorded."""

    def __init__(self, problems: Sequence[TimesProblem]) -> None:
        """Keep each problem beside the sentence for people."""
        super().__init__(problems[0].message)
        self.problems = tuple(problems)


@transaction.atomic
def record_stages_bulk(
    area: Area, times: Mapping[Key, StageTimes], *, by: User | None, at: datetime
) -> Recorded:
    """Record what an extract says of many letters; the same extract twice changes nothing.

    :raises TimesRefused: if any time clashes or lies in the future; then nothing is recorded
    """
    area = lock_area(area.pk)
    calendar = calendar_of(area)
    recorded = Recorded()
    for keys in in_chunks(times):
        duties = _duties_of(area, keys)
        recorded.missing += [key for key in keys if key not in duties]
        changed = [
            duty
            for key, duty in duties.items()
            if _is_changed(duty, key, times[key], calendar, at, recorded)
        ]
        save_many(changed, SAVED)
    if recorded.problems:
        raise TimesRefused(recorded.problems)
    if recorded.changed:
        audit.record("letters.stages_recorded", by=by, at=at, area=area,
                     changed=len(recorded.changed), unchanged=recorded.unchanged)  # fmt: skip
    return recorded


def _duties_of(area: Area, keys: Sequence[Key]) -> dict[Key, Duty]:
    wanted = set(keys)
    rows = Duty.objects.filter(decision__in={key[0] for key in keys}).select_related("rule_set")
    return {
        key: duty
        for duty in rows
        if (key := (duty.decision_id, duty.person_id)) in wanted and duty.area_id == area.pk
    }


def _is_changed(
    duty: Duty, key: Key, times: StageTimes, calendar: Calendar, at: datetime, recorded: Recorded
) -> bool:
    before = {name: getattr(duty, name) for name in WATCHED}
    put_times(duty, times)
    try:
        check_times(duty, at=at)
        judge(duty, measure=duty.rule_set.measure, calendar=calendar)
    except (TimeRefused, CalendarTooShort) as refusal:
        recorded.problems.append(TimesProblem(key, str(refusal)))
        return False
    after = {name: getattr(duty, name) for name in WATCHED}
    if after == before:
        recorded.unchanged += 1
        return False
    recorded.changed.append(LetterChange(duty.pk, before, after))
    return True
