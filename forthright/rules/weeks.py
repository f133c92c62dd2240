"""The week of a sample or a report: Monday to Sunday, named as ISO 8601 names it ("2026-W40")."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from forthright.rules.words import date_words, day_words

# A week that ended longer ago than this is not drawn without asking: its letters, and who wrote
# them, have had time to change.
OLD_AFTER = 4
PATTERN = re.compile(r"([0-9]{4})-?W([0-9]{1,2})", re.IGNORECASE)


class NotAWeek(ValueError):
    """The text does not name a week."""


@dataclass(frozen=True, slots=True, order=True)
class Week:
    year: int
    number: int

    def __post_init__(self) -> None:
        """Refuse a week that no year has.

        :raises NotAWeek: if the year has no week of this number
        """
        try:
            date.fromisocalendar(self.year, self.number, 7)
        except ValueError as refusal:
            raise NotAWeek(
                f"There is no week {self.number} in {self.year}. "
                "Weeks are numbered 1 to 52, and in some years 53."
            ) from refusal

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

    def __contains__(self, day: date) -> bool:
        return self.monday <= day <= self.sunday

    @property
    def monday(self) -> date:
        """Return the first day of the week."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """Return the last day of the week."""
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def words(self) -> str:
        """Say the week: "Monday 28 September to Sunday 4 October 2026"."""
        first, last = self.monday, self.sunday
        return f"{day_words(first, year=first.year != last.year)} to {day_words(last)}"

    @property
    def short_words(self) -> str:
        """Say the week by its Monday: "week of 28 September 2026"."""
        return f"week of {date_words(self.monday)}"

    def plus(self, weeks: int) -> "Week":
        """Return the week so many weeks later, or earlier when negative."""
        return week_of(self.monday + timedelta(weeks=weeks))


def weeks_since(week: Week, today: date) -> int:
    """Return how many whole weeks ago a week ended."""
    return max((today - week.sunday).days // 7, 0)


def is_old(week: Week, today: date) -> bool:
    """Return whether a week ended so long ago that drawing from it wants a second look."""
    return weeks_since(week, today) > OLD_AFTER


def week_of(day: date) -> Week:
    """Return the week that a day falls in."""
    year, number, _ = day.isocalendar()
    return Week(year, number)


def read_week(text: str) -> Week:
    """Read a week as people type it: "2026-W40", "2026W40", "2026-w9".

    :raises NotAWeek: if the text is not a week, with what to type instead
    """
    found = PATTERN.fullmatch(text.strip())
    if not found:
        raise NotAWeek(
            f"“{text}” is not a week. Type the year, W and the week number, for example 2026-W40."
        )
    return Week(int(found[1]), int(found[2]))


def weeks_between(first: Week, last: Week) -> tuple[Week, ...]:
    """Return every week from the first to the last, both included."""
    length = (last.monday - first.monday).days // 7
    return tuple(first.plus(weeks) for weeks in range(length + 1))
