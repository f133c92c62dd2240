"""Dates, times, counts and lists as this service says them to people."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
# Asking the system for them takes ten times as long, and an import says each day many times.
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip

# What a sum of floating-point numbers may be off by, and far less than any share differs by.
NO_DIFFERENCE = 1e-9


class TimeHasNoZone(ValueError):
    """A time came without its time zone, so nobody can say which day it falls on."""


class NoSuchHour(ValueError):
    """An hour that never was, in the night in which the clocks went forward."""

    MEND = "Look up when it was, and write that."


def local(moment: datetime) -> datetime:
    """Return a moment as the clock on the wall in England and Wales shows it.

    :raises TimeHasNoZone: if the moment does not say its time zone
    """
    if moment.tzinfo is None:
        raise TimeHasNoZone(
            f"The time {moment:%d/%m/%Y %H:%M} does not say its time zone. "
            "Give it with its zone, for example Europe/London."
        )
    return moment.astimezone(LONDON)


def moment_at(day: date, hour: time | None) -> datetime:
    """Return a moment of a day by the clock here; without an hour, the day alone.

    Midnight to the second stands for an hour that nobody recorded, so a true
    midnight is kept one second past it. Of an hour that was twice, when the clocks went back, the
    first is meant unless the hour itself says that it is the second.

    :raises NoSuchHour: if the clocks went forward past it that night
    """
    if hour == time():
        hour = time(0, 0, 1)
    moment = datetime.combine(day, hour or time(), tzinfo=LONDON)
    if moment.astimezone(UTC).astimezone(LONDON).time() != moment.time():
        raise NoSuchHour(
            f"There was no {time_words(moment.time())} on {day_words(day)}: the clocks went "
            "forward that night, from 1am to 2am."
        )
    return moment


def is_day_only(moment: datetime) -> bool:
    """Say whether only the day of a moment was recorded, and not its hour."""
    return local(moment).time() == time()


def day_of(moment: datetime) -> date:
    """Return the day of a moment here; a moment without a time zone is taken as it is written."""
    return local(moment).date() if moment.tzinfo else moment.date()


def day_words(day: date, *, year: bool = True) -> str:
    """Say a day: "Thursday 2 April 2026"."""
    words = f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
    return f"{words} {day.year}" if year else words


def date_words(day: date) -> str:
    """Say a date without its weekday: "2 April 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def time_words(moment: time) -> str:
    """Say a time of day: "4:55pm", "9am", "midday", "midnight"."""
    if (moment.hour, moment.minute) == (0, 0):
        return "midnight"
    if (moment.hour, moment.minute) == (12, 0):
        return "midday"
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{hour}{minutes}{'am' if moment.hour < 12 else 'pm'}"


def moment_words(moment: datetime) -> str:
    """Say a day and time: "Thursday 2 April 2026, 4:55pm"; the day alone if no hour is known."""
    here = local(moment)
    if is_day_only(here):
        return day_words(here.date())
    return f"{day_words(here.date())}, {time_words(here.time())}"


def count_words(number: int, one: str, many: str = "") -> str:
    """Say a count with its noun: "1 letter", "2,000 letters"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def list_words(parts: Sequence[str], *, joined_by: str = "and") -> str:
    """Say a list: "a", "a and b", "a, b and c"."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {joined_by} {parts[-1]}"


def percent_words(rate: float) -> str:
    """Say a rate as a percentage to one place, halves rounded up as Excel does: "24.0%".

    What is not all, or not nothing, never reads as if it were: "over 99.9%", "under 0.1%".
    """
    percent = Decimal(repr(round(100 * rate, 9))).quantize(Decimal("0.1"), ROUND_HALF_UP)
    if percent == 100 and rate < 1 - NO_DIFFERENCE:
        return "over 99.9%"
    if percent == 0 and rate > NO_DIFFERENCE:
        return "under 0.1%"
    return f"{percent}%"


def uncapitalised(words: str) -> str:
    """Return words as they stand within a sentence: with a small letter first."""
    return f"{words[:1].lower()}{words[1:]}"


def capitalised(sentence: str) -> str:
    """Return a sentence with its first letter made a capital and the rest left alone."""
    return sentence[:1].upper() + sentence[1:]
