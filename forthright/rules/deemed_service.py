"""The day on which what was served counts as given, by the way in which it was served."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time

from forthright.rules.clock_rules import Status
from forthright.rules.disclosure_limits import (
    SERVED,
    DisclosureLimit,
    DisclosureLimits,
    SentCase,
    Way,
)
from forthright.rules.words import count_words, day_words, time_words
from forthright.rules.working_days import Calendar, add_working_days, is_working_day

NTH = ("next", "second", "third")
# The one rule by which every page, figure and file says whether disclosure was in time.
JUDGED_BY = (
    "Whether disclosure was in time is judged by the day on which it was served and by the last "
    "day of its period, also where that day is no working day. For the time of the defence what "
    "was served late in the day, or on no working day, may count on a later one (Criminal "
    "Procedure Rules, rule 4.11). Whether that rule also moves the day by which we are judged is "
    "to be confirmed by the Area."
)


@dataclass(frozen=True, slots=True)
class Given:
    """The day on which what was served counts as given, and why where that is a later day."""

    day: date
    words: tuple[str, ...] = ()
    # The same without its source, as a letter says it.
    because: tuple[str, ...] = ()
    # What it rests on and nobody has confirmed, by its source.
    unverified: tuple[str, ...] = ()


def given_on(
    served: datetime, case: SentCase, *, limits: DisclosureLimits, calendar: Calendar
) -> Given:
    """Return the day on which what was served at a moment counts as given.

    :param served: the moment in local time; midnight stands for a day without an hour
    :param case: with the way in which it was served
    :raises CalendarTooShort: if the calendar of bank holidays does not reach it
    """
    day, hour = served.date(), served.time()
    at_once, later = _rows(case, limits)
    if at_once and at_once.until and is_working_day(day, calendar) and hour <= at_once.until:
        return _given(day, (), (at_once,))
    rests_on = tuple(row for row in (at_once, later) if row)
    if later is None:
        return _given(day, (), rests_on)
    counts = add_working_days(day, later.days, calendar)
    if counts == day:
        return _given(day, (), rests_on)
    verb = "Posted" if case.way is Way.POST else "Served"
    at = "" if hour == time() else f", {time_words(hour)}"
    why = _why(day, at_once, calendar)
    said = f"{verb} on {day_words(day)}{at}{why}, so it counts on {_nth(later.days)}, " + (
        day_words(counts)
    )
    return _given(counts, (said,), rests_on)


def timed_words(served: date, due: date) -> str:
    """Say by how many days a service was late or early; the day on which it was served judges.

    :param due: the last day of the period
    """
    days = (served - due).days
    by = f"{count_words(abs(days), 'day')} {'late' if days > 0 else 'early'}" if days else "in time"
    which = "its last day" if not days else f"due by {day_words(due)}"
    return f"Served on {day_words(served)}, {which}: {by}."


def judged_words(served: date, due: date, given: Given) -> tuple[str, ...]:
    """Say by which day a service is judged, where it counts as given on a later one.

    :param served: the day on which it was served
    :param due: the last day of the period
    """
    if given.day == served:
        return ()
    said = (JUDGED_BY, f"For the defence it counts on {day_words(given.day)}.")
    if served <= due < given.day:
        late = count_words((given.day - due).days, "day")
        return (*said, f"Judged by that day it would be {late} late.")
    return said


def ways_words(case: SentCase, limits: DisclosureLimits) -> tuple[str, ...]:
    """Say when what is served will count, for each way in which it may be served."""
    said: dict[str, str] = {}
    for way in Way:
        at_once, later = _rows(replace(case, way=way), limits)
        if later is None or not later.days:
            continue
        if at_once and at_once.until:
            what = (
                f"is served {way.words} after {time_words(at_once.until)}, or on a day that is no "
                "working day,"
            )
        else:
            what = "is posted" if way is Way.POST else f"is served {way.words}"
        said[way] = f"What {what} counts on {_nth(later.days)}."
    return tuple(said.values())


def rests_on_unconfirmed(case: SentCase, limits: DisclosureLimits) -> bool:
    """Say whether nobody has confirmed by which rule what is served some way will count."""
    rows = (row for way in Way for row in _rows(replace(case, way=way), limits) if row)
    return any(row.status is Status.TO_BE_CONFIRMED for row in rows)


def _rows(
    case: SentCase, limits: DisclosureLimits
) -> tuple[DisclosureLimit | None, DisclosureLimit | None]:
    """Return by when what is served counts on its day, and when it counts otherwise.

    One row alone may say both.
    """
    rows = [row for row in limits.limits if row.event == SERVED and row.applies(case)]
    at_once = next((row for row in rows if row.until is not None), None)
    return at_once, next((row for row in rows if row.until is None), at_once)


def _given(day: date, said: tuple[str, ...], rests_on: tuple[DisclosureLimit, ...]) -> Given:
    unsure = [row.source for row in rests_on if row.status is Status.TO_BE_CONFIRMED]
    sources = "; ".join(
        f"{row.source}{', to be confirmed' if row.status is Status.TO_BE_CONFIRMED else ''}"
        for row in dict.fromkeys(rests_on)
    )
    if said:
        words = tuple(f"{each} ({sources})." for each in said)
    else:
        words = (f"It counts on the day on which it was served ({sources}).",) if unsure else ()
    return Given(
        day, words, tuple(f"{each}." for each in said), tuple(dict.fromkeys(unsure))
    )  # fmt: skip


def _why(day: date, at_once: DisclosureLimit | None, calendar: Calendar) -> str:
    if at_once is None or at_once.until is None:
        return ""
    if is_working_day(day, calendar):
        return f", after {time_words(at_once.until)}"
    return f", which is {calendar.closed.get(day) or f'a {day:%A}'}"


def _nth(days: int) -> str:
    if days <= len(NTH):
        return f"the {NTH[days - 1]} working day"
    return f"the working day that is {count_words(days, 'working day')} later"
