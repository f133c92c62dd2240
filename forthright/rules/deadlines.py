"""When a letter or a dispute is due, each answer carrying its own arithmetic in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from forthright.rules.clock_rules import ClockRules, DayOne, TimeLimit, entitlement_used
from forthright.rules.entitlement import Entitlement
from forthright.rules.words import (
    LONDON,
    capitalised,
    count_words,
    day_words,
    is_day_only,
    list_words,
    local,
    moment_words,
    time_words,
)
from forthright.rules.working_days import (
    Calendar,
    ClosedDay,
    add_working_days,
    closed_days_between,
    is_working_day,
    this_or_next_working_day,
)

DISPUTE_DAYS_AFTER_MONTH = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """The last day on which a letter is on time, and how that was worked out."""

    day: date
    counted_from: date
    limit: TimeLimit
    entitlement_used: Entitlement
    treated_as_enhanced: bool
    not_counted: tuple[ClosedDay, ...]
    rules_version: str
    arithmetic: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeDeadline:
    """The last day on which a drafter may dispute a mark, or a dispute may be decided."""

    day: date
    not_counted: tuple[ClosedDay, ...]
    arithmetic: tuple[str, ...]
    sentence: str


def letter_due(
    decided: datetime, *, entitlement: Entitlement, rules: ClockRules, calendar: Calendar
) -> DueDate:
    """Return the last day on which a decision letter is on time.

    The clock starts on the day of the decision in England and Wales, not the
    day the unit was told: counting from the hand-over would hide the delay we
    most want to see.

    :raises TimeHasNoZone: if the moment of decision has no time zone
    :raises CalendarTooShort: if the calendar does not reach the due date
    :raises LimitMissing: if the rules hold no limit for the entitlement
    """
    limit = rules.limit_for(entitlement)
    start = local(decided)
    counted_from = _counted_from(start, rules, calendar)
    no_hour = _no_hour_words(start, rules, calendar)
    day = _last_day(counted_from, limit.working_days, rules.day_one, calendar)
    not_counted = closed_days_between(start.date(), day, calendar)
    closed = _closed_words(not_counted)
    moved = _moved_words(start, counted_from, rules)
    unknown = entitlement is Entitlement.UNKNOWN
    year = day.year != start.year
    steps = [decided_words(start)]
    steps += ["entitlement not known, so treated as enhanced"] if unknown else []
    steps += [each for each in (no_hour, moved) if each]
    steps += [closed] if closed else []
    steps += [f"due {day_words(day, year=year)}"]
    return DueDate(
        day=day,
        counted_from=counted_from,
        limit=limit,
        entitlement_used=entitlement_used(entitlement),
        treated_as_enhanced=unknown,
        not_counted=not_counted,
        rules_version=rules.version,
        arithmetic=_sentences(
            steps[0],
            "entitlement is not known, so it is treated as enhanced" if unknown else "",
            f"{limit.entitlement.words}: {limit.words} allowed ({limit.source})",
            no_hour,
            moved,
            _day_one_words(rules.day_one),
            closed,
            f"due {day_words(day)}",
        ),
        sentence="; ".join(steps),
    )


def decided_words(decided: datetime) -> str:
    """Say when a decision was made, and where its hour is missing, that it is."""
    no_hour = ", hour not recorded" if is_day_only(decided) else ""
    return f"decided {moment_words(decided)}{no_hour}"


def decision_deadline(raised: date, *, calendar: Calendar, working_days: int) -> DisputeDeadline:
    """Return the last day on which a dispute may be decided; after it the mark stands.

    :raises CalendarTooShort: if the calendar does not reach the deadline
    """
    return _counted(raised, working_days, calendar, began="disputed", act="decide")


def dispute_deadline(told: date, *, calendar: Calendar, working_days: int) -> DisputeDeadline:
    """Return the last day on which a drafter told of a mark may dispute it.

    :raises CalendarTooShort: if the calendar does not reach the deadline
    """
    return _counted(told, working_days, calendar, began="told", act="dispute")


def _counted(
    start: date, working_days: int, calendar: Calendar, *, began: str, act: str
) -> DisputeDeadline:
    day = add_working_days(start, working_days, calendar)
    not_counted = closed_days_between(start, day, calendar)
    steps = [
        f"{began} {day_words(start)}",
        f"{count_words(working_days, 'working day')} to {act}",
        _closed_words(not_counted),
        f"{act} by the end of {day_words(day)}",
    ]
    said = [step for step in steps if step]
    return DisputeDeadline(
        day=day, not_counted=not_counted, arithmetic=_sentences(*said), sentence="; ".join(said)
    )


def month_dispute_deadline(year: int, month: int) -> datetime:
    """Return when outcomes for a month are locked: its last day plus 42 days, at 23:59.

    This is how the Director's Guidance Assessment pages of the CPS's own
    prototype count, in calendar days.
    """
    next_month = date(year + month // 12, month % 12 + 1, 1)
    last_day = next_month + timedelta(days=DISPUTE_DAYS_AFTER_MONTH - 1)
    return datetime.combine(last_day, time(23, 59), tzinfo=LONDON)


def _counted_from(start: datetime, rules: ClockRules, calendar: Calendar) -> date:
    day = start.date()
    if rules.cut_off is None:
        return day
    if not is_working_day(day, calendar):
        return this_or_next_working_day(day, calendar)
    return add_working_days(day, 1, calendar) if start.time() > rules.cut_off else day


def _last_day(counted_from: date, working_days: int, day_one: DayOne, calendar: Calendar) -> date:
    if day_one is DayOne.DAY_OF_DECISION and is_working_day(counted_from, calendar):
        return add_working_days(counted_from, working_days - 1, calendar)
    return add_working_days(counted_from, working_days, calendar)


def _no_hour_words(start: datetime, rules: ClockRules, calendar: Calendar) -> str:
    """Say which side of the cut-off a day without an hour counts on: the one due earlier."""
    if (
        rules.cut_off is None
        or not is_day_only(start)
        or not is_working_day(start.date(), calendar)
    ):
        return ""
    return (
        f"counted as before the {time_words(rules.cut_off)} cut-off, which gives the earlier date"
    )


def _moved_words(start: datetime, counted_from: date, rules: ClockRules) -> str:
    if rules.cut_off is None or counted_from == start.date():
        return ""
    if start.time() > rules.cut_off:
        reason = f"after the {time_words(rules.cut_off)} cut-off"
    else:
        reason = "not on a working day"
    return f"{reason}, so it counts as decided on {day_words(counted_from, year=False)}"


def _day_one_words(day_one: DayOne) -> str:
    if day_one is DayOne.DAY_OF_DECISION:
        return "the day of the decision is the first day counted"
    return "the working day after the decision is the first day counted"


def _closed_words(closed: Sequence[ClosedDay]) -> str:
    """Say which days did not count; bank holidays by name, weekends only when they are alone."""
    names = [each.name for each in closed if not each.is_weekend and each.day.weekday() < 5]
    if not names:
        names = list(dict.fromkeys(each.name for each in closed))
    if not names:
        return ""
    return f"{list_words(names)} {'does' if len(names) == 1 else 'do'} not count"


def _sentences(*steps: str) -> tuple[str, ...]:
    return tuple(f"{capitalised(step)}." for step in steps if step)
