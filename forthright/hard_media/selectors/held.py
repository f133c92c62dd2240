"""On which days the hearings of cases were held: the last, and those that were put off at it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from forthright.hard_media.models import Hearing
from forthright.hard_media.selectors.parties_then import DefendantThen, there_by
from forthright.rules.hearing_days import is_held
from forthright.rules.media_ended import is_not_held
from forthright.rules.words import day_of
from forthright.web import clock


@dataclass(frozen=True, slots=True)
class Heard:
    """The day of a hearing, when its case came into the register, and each day it was held on."""

    on: date | None
    registered_at: datetime
    held: tuple[date, ...]


def heard_of(
    cases: Sequence[int], until: date, defendants: Mapping[int, Sequence[DefendantThen]]
) -> dict[int, Heard]:
    """Return the hearing of each case, with the days by the end of one on which it was held.

    It was not where the case had ended by then for every defendant of that day; who became one
    only later had no part in it.

    :param defendants: by case, each with the day on which it ended for them
    """
    known: dict[int, tuple[date | None, datetime]] = {}
    days: dict[int, set[date]] = defaultdict(set)
    rows = Hearing.objects.filter(case__in=cases).values_list(
        "case_id", "on", "added_at", "moves__old_on", "moves__moved_at", "moves__was_held"
    )
    for case, on, added, old_on, moved_at, was_held in rows:
        known[case] = on, added
        if on:
            days[case].add(on)
        if moved_at and old_on and is_held(old_on, day_of(moved_at), was_held=was_held):
            days[case].add(old_on)
    return {
        case: Heard(on, added, _held(days[case], until, defendants.get(case, ())))
        for case, (on, added) in known.items()
    }


def _held(
    days: set[date], until: date, defendants: Sequence[DefendantThen]
) -> tuple[date, ...]:  # fmt: skip
    return tuple(
        day
        for day in sorted(days)
        if day <= until
        and not is_not_held(
            (each.ended_on for each in there_by(defendants, clock.end_of(day))), day
        )
    )
