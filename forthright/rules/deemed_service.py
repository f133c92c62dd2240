"""The day on which what was served counts as given: after hours it is the next working day."""

from dataclasses import dataclass
from datetime import date, datetime, time

from forthright.rules.clock_rules import Status
from forthright.rules.disclosure_limits import SERVED, DisclosureLimits, SentCase
from forthright.rules.words import day_words, time_words
from forthright.rules.working_days import Calendar, add_working_days, is_working_day


@dataclass(frozen=True, slots=True)
class Given:
    """The day on which what was served counts as given, and why where that is a later day."""

    day: date
    words: tuple[str, ...] = ()
    # The same without its source, as a letter says it.
    because: tuple[str, ...] = ()


def given_on(
    served: datetime, case: SentCase, *, limits: DisclosureLimits, calendar: Calendar
) -> Given:
    """Return the day on which what was served at a moment counts as given.

    :param served: the moment in local time; midnight stands for a day without an hour
    :raises CalendarTooShort: if the calendar of bank holidays does not reach it
    """
    day, hour = served.date(), served.time()
    for limit in limits.limits:
        if limit.event != SERVED or limit.until_hour is None or not limit.applies(case):
            continue
        is_open = is_working_day(day, calendar)
        if is_open and hour <= time(limit.until_hour):
            continue
        closed = calendar.closed.get(day) or f"a {day:%A}"
        why = f"after {time_words(time(limit.until_hour))}" if is_open else f"which is {closed}"
        at = "" if hour == time() else f", {time_words(hour)}"
        counts = add_working_days(day, 1, calendar)
        unsure = ", to be confirmed" if limit.status is Status.TO_BE_CONFIRMED else ""
        said = (
            f"Served on {day_words(day)}{at}, {why}, so it counts on the next working day, "
            f"{day_words(counts)}"
        )
        return Given(counts, (f"{said} ({limit.source}{unsure}).",), (f"{said}.",))
    return Given(day)
