"""Working days by an explicit, dated calendar that refuses to answer past its end."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from forthright.rules.words import count_words, date_words, day_words

ONE_DAY = timedelta(days=1)
WARN_WITHIN_DAYS = 180


class CalendarTooShort(LookupError):
    """The list of bank holidays does not reach the day asked about."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days that do not count besides Saturdays and Sundays, each with its name."""

    closed: Mapping[date, str]
    known_from: date
    known_until: date
    _closed_weekdays: tuple[date, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        weekdays = sorted(day for day in self.closed if day.weekday() < 5)
        object.__setattr__(self, "_closed_weekdays", tuple(weekdays))

    def closed_weekdays_before(self, day: date) -> int:
        """Count the closed weekdays before a day."""
        return bisect_left(self._closed_weekdays, day)


@dataclass(frozen=True, slots=True)
class ClosedDay:
    day: date
    name: str

    @property
    def is_weekend(self) -> bool:
        """Say whether the day is closed only because it is a Saturday or Sunday."""
        return self.name in {"Saturday", "Sunday"}


def check_known(day: date, calendar: Calendar) -> None:
    """Refuse a day that the calendar says nothing about.

    :raises CalendarTooShort: if the day lies before or after the list
    """
    if calendar.known_from <= day <= calendar.known_until:
        return
    raise CalendarTooShort(
        f"The calendar of bank holidays runs from {date_words(calendar.known_from)} to "
        f"{date_words(calendar.known_until)}, so it cannot say whether {day_words(day)} "
        "is a working day. Check the date; if it is right, an administrator adds the "
        "bank holidays of that year to the calendar."
    )


def is_working_day(day: date, calendar: Calendar) -> bool:
    """Say whether a day is Monday to Friday and not a closed day.

    :raises CalendarTooShort: if the day lies outside the calendar
    """
    check_known(day, calendar)
    return day.weekday() < 5 and day not in calendar.closed


def add_working_days(day: date, working_days: int, calendar: Calendar) -> date:
    """Return the day so many working days after another, which itself is not counted.

    :raises CalendarTooShort: if the answer or the start lies outside the calendar
    """
    check_known(day, calendar)
    while working_days > 0:
        day += ONE_DAY
        if is_working_day(day, calendar):
            working_days -= 1
    return day


def this_or_next_working_day(day: date, calendar: Calendar) -> date:
    """Return the day itself if it is a working day, otherwise the next one.

    :raises CalendarTooShort: if the answer lies outside the calendar
    """
    return day if is_working_day(day, calendar) else add_working_days(day, 1, calendar)


def this_or_working_day_before(day: date, calendar: Calendar) -> date:
    """Return the day itself if it is a working day, otherwise the last one before it.

    :raises CalendarTooShort: if the answer lies outside the calendar
    """
    while not is_working_day(day, calendar):
        day -= ONE_DAY
    return day


def working_days_between(start: date, end: date, calendar: Calendar) -> int:
    """Count the working days after the start, up to and with the end; negative if it is earlier.

    :raises CalendarTooShort: if either day lies outside the calendar
    """
    if end < start:
        return -working_days_between(end, start, calendar)
    check_known(start, calendar)
    check_known(end, calendar)
    closed = calendar.closed_weekdays_before(end + ONE_DAY)
    closed -= calendar.closed_weekdays_before(start + ONE_DAY)
    return _weekdays_up_to(end) - _weekdays_up_to(start) - closed


def closed_days_between(start: date, end: date, calendar: Calendar) -> tuple[ClosedDay, ...]:
    """Return the days after the start, up to and with the end, that do not count, with names.

    :raises CalendarTooShort: if either day lies outside the calendar
    """
    days = [start + timedelta(days=ahead) for ahead in range(1, (end - start).days + 1)]
    return tuple(
        ClosedDay(day, calendar.closed.get(day) or f"{day:%A}")
        for day in days
        if not is_working_day(day, calendar)
    )


def calendar_warning(
    calendar: Calendar, today: date, *, within_days: int = WARN_WITHIN_DAYS
) -> str | None:
    """Warn in words when the calendar ends soon, or has ended; otherwise return None."""
    left = (calendar.known_until - today).days
    if left >= within_days:
        return None
    mend = "An administrator adds the bank holidays of the next year to the calendar."
    if left < 0:
        return (
            f"The calendar of bank holidays ended on {date_words(calendar.known_until)}. "
            f"No deadline can be worked out after that day. {mend}"
        )
    return (
        f"The calendar of bank holidays ends on {date_words(calendar.known_until)}, "
        f"in {count_words(left, 'day')}. After that no deadline can be worked out. {mend}"
    )


def _weekdays_up_to(day: date) -> int:
    weeks, extra = divmod(day.toordinal(), 7)  # ordinal 1 is a Monday
    return weeks * 5 + min(extra, 5)
