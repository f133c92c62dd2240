"""Hours that count: those of the office on working days, by a dated calendar."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from forthright.rules.words import LONDON, local
from forthright.rules.working_days import (
    ONE_DAY,
    Calendar,
    add_working_days,
    is_working_day,
    this_or_next_working_day,
    working_days_between,
)

NOTHING = timedelta()


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """The hours of each working day that count, from one full hour to another."""

    calendar: Calendar
    begins: int
    ends: int
    # How long a working day is; asked many times for each letter of a list.
    length: timedelta = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", timedelta(hours=self.ends - self.begins))

    def at(self, day: date, hour: int) -> datetime:
        """Return a full hour of a day on the wall clock."""
        return datetime.combine(day, time(hour), tzinfo=LONDON)

    def are_now(self, moment: datetime) -> bool:
        """Say whether a moment lies within the hours that count.

        :raises CalendarTooShort: if its day lies outside the calendar
        """
        here = local(moment)
        return is_working_day(here.date(), self.calendar) and (self.begins <= here.hour < self.ends)

    def after(self, moment: datetime, hours: int) -> datetime:
        """Return the moment so many hours that count after another.

        :raises CalendarTooShort: if the answer lies outside the calendar
        """
        here = local(moment)
        day = this_or_next_working_day(here.date(), self.calendar)
        past = self._past(here) if day == here.date() else NOTHING
        whole, rest = divmod(past + timedelta(hours=hours), self.length)
        if whole and not rest:
            # The end of a day, not the beginning of the next.
            whole, rest = whole - 1, self.length
        return self.at(add_working_days(day, whole, self.calendar), self.begins) + rest

    def before(self, moment: datetime, hours: int) -> datetime:
        """Return the moment so many hours that count before another.

        :raises CalendarTooShort: if the answer lies outside the calendar
        """
        here = local(moment)
        day, left = here.date(), timedelta(hours=hours)
        past = self._past(here)
        while past < left or not is_working_day(day, self.calendar):
            left -= past
            day -= ONE_DAY
            past = self._past(datetime.combine(day, time.max, tzinfo=LONDON))
        return self.at(day, self.begins) + past - left

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return how much of the time from one moment to a later one counts.

        :raises CalendarTooShort: if either day lies outside the calendar
        """
        if end <= start:
            return NOTHING
        first, last = local(start), local(end)
        days = working_days_between(first.date(), last.date(), self.calendar)
        began = self._whole(first.date()) - self._past(first)
        return began + days * self.length - self._whole(last.date()) + self._past(last)

    def _whole(self, day: date) -> timedelta:
        return self.length if is_working_day(day, self.calendar) else NOTHING

    def _past(self, here: datetime) -> timedelta:
        """Return how much of its day has counted by a moment; nothing on a closed day."""
        if not is_working_day(here.date(), self.calendar):
            return NOTHING
        since = timedelta(hours=here.hour - self.begins, minutes=here.minute, seconds=here.second)
        return min(max(since, NOTHING), self.length)
