"""From which day a custody time limit runs, and on which day it expires, in words."""

from datetime import date

from forthright.rules.disclosure_limits import Remand, SentCase
from forthright.rules.words import day_words
from forthright.rules.working_days import Calendar, is_working_day, this_or_working_day_before


def is_broken(case: SentCase) -> bool:
    """Say whether custody was broken by bail, so that a person counts the days in it."""
    return case.in_custody_since is not None and any(
        turn.remand is Remand.BAIL for turn in case.turns
    )


def custody_words(case: SentCase) -> list[str]:
    """Say since when a defendant who is in custody was, where that changed after sending.

    Where custody was broken, the limit is counted as if it had gone on from its first day: days on
    bail make it later, so that it is never shown later than it expires.
    """
    said = [f"Sent to the Crown Court, {case.remand.words}, on {day_words(case.sent)}."]
    said += [f"{_is_now(turn.remand)} from {day_words(turn.on)}." for turn in case.turns]
    if is_broken(case):
        said.append(
            "Days on bail do not count, and a person counts those in custody: record the day that "
            "the court confirms. Until then this is counted from the first day of custody as if it "
            "had gone on, so that it is not shown later than it expires."
        )
    return said


def expires(day: date, calendar: Calendar) -> tuple[date, list[str]]:
    """Return on which day a custody time limit expires, and why where that is an earlier one.

    It holds of a limit that a court extended too: the regulation names every limit that would
    expire on such a day.

    :raises CalendarTooShort: if the calendar of bank holidays does not reach the day
    """
    if is_working_day(day, calendar):
        return day, []
    before = this_or_working_day_before(day, calendar)
    said = (
        f"That is {closed_words(day, calendar)}, and a custody time limit that would expire on a "
        "Saturday, a Sunday, Christmas Day, Good Friday or a bank holiday expires on the next "
        f"preceding day that is none of these: {day_words(before)}. Source: Prosecution of "
        "Offences (Custody Time Limits) Regulations 1987, regulation 2(5)."
    )
    return before, [said]


def closed_words(day: date, calendar: Calendar) -> str:
    """Say which closed day a day is."""
    return calendar.closed.get(day) or f"a {day:%A}"


def _is_now(remand: Remand) -> str:
    return "In custody" if remand is Remand.CUSTODY else "On bail"
