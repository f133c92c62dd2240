"""How a complaint is taken further, and how far off a day a holding letter may promise."""

import calendar as months
from datetime import date
from functools import cache

from forthright.rules.letter_blocks.review_right import Edition, Sourced, editions_in
from forthright.rules.working_days import Calendar, add_working_days

MONTHS_OF_A_YEAR = 12


class ComplaintStages(Sourced):
    """Who looks at a complaint after the first answer, and for how long that can be asked for."""

    months: int
    second: str
    assessor: str
    ombudsman: str


class HoldingLimit(Sourced):
    most_working_days: int


class ReplyEdition(Edition):
    """The settings as they stand from one day on."""

    complaint: ComplaintStages
    holding: HoldingLimit


@cache
def published_reply_editions() -> tuple[ReplyEdition, ...]:
    """Return the editions of the settings that ship, the latest first."""
    return editions_in("replies.toml", ReplyEdition)


def reply_edition(on: date | None) -> ReplyEdition | None:
    """Return the edition in force on a day; None before the first of them, or for no day."""
    if on is None:
        return None
    return next((each for each in published_reply_editions() if each.in_force_from <= on), None)


def second_stage_until(dated: date | None) -> date | None:
    """Return the last day to ask for the second stage, by the day of the first answer."""
    edition = reply_edition(dated)
    return _months_after(dated, edition.complaint.months) if dated and edition else None


def latest_promise(dated: date | None, calendar: Calendar) -> date | None:
    """Return the furthest day that a holding letter of that day may promise.

    :raises CalendarTooShort: if the calendar does not reach that day
    """
    edition = reply_edition(dated)
    if dated is None or edition is None:
        return None
    return add_working_days(dated, edition.holding.most_working_days, calendar)


def _months_after(day: date, count: int) -> date:
    """Return the same day of a later month, or the last one of a month that has no such day."""
    year, month = divmod(day.year * MONTHS_OF_A_YEAR + day.month - 1 + count, MONTHS_OF_A_YEAR)
    last = months.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
