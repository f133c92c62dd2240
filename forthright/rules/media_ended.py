"""Whether a case has ended: for one defendant, for all, and before a hearing or after it.

The ladder, the stock, the weekly report, the tasks and the page of the police all ask it here. From
the day on which a case ended for a defendant nothing is owed to them; whoever's case ended on the
day of a hearing was a defendant at it. Where it ended for every defendant before the day of a
hearing, that hearing was not held.
"""

from collections.abc import Iterable
from datetime import date

from forthright.rules.urn import year_of
from forthright.rules.words import date_words, day_words


def is_out(ended_on: date | None, day: date) -> bool:
    """Say whether the case of a defendant had ended before a day, such as that of a hearing."""
    return ended_on is not None and ended_on < day


def is_owed_no_more(ended_on: date | None, day: date) -> bool:
    """Say whether nothing was owed to a defendant at the end of a day, as their case had ended."""
    return ended_on is not None and ended_on <= day


def has_ended(ends: Iterable[date | None]) -> bool:
    """Say whether a case has ended for every defendant; one without any defendant has not.

    :param ends: of each defendant the day on which it ended; None: it goes on
    """
    every = list(ends)
    return bool(every) and all(each is not None for each in every)


def is_not_held(ends: Iterable[date | None], day: date) -> bool:
    """Say whether no hearing was held on a day, as the case had ended for everybody before it."""
    every = list(ends)
    return bool(every) and all(is_out(each, day) for each in every)


def why_not_ended_then(on: date, urn: str, charged_on: date | None, *, today: date) -> str:
    """Say why a case cannot have ended on a day; nothing where it can."""
    if on > today:
        return f"{day_words(on)} is still to come: enter the day on which it ended."
    year = year_of(urn)
    if year is not None and on.year < year:
        return (
            f"{date_words(on)} is before the case was there: its number says that it is of {year}."
        )
    if charged_on is not None and on < charged_on:
        return f"{day_words(on)} is before the charge, which was on {day_words(charged_on)}."
    return ""
