"""On which days a firm can take a case over, and what is odd about a day that may be a slip.

Until the day that is entered the firm before has the case, and what it was given counts. So a year
that is typed wrong leaves a case ready, and the links of a firm open that lost it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from forthright.rules.hearing_days import far_off
from forthright.rules.urn import year_of
from forthright.rules.words import date_words, day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownOfCase:
    """What is known of a case beside which the day of a firm is looked at.

    :param urn: of which the last two digits are the year in which the case got its number
    :param hearing_on: the day of the PTPH, listed or expected
    """

    urn: str
    hearing_on: date | None = None


def oddities_of_start(
    on: date, known: KnownOfCase, *, today: date, furthest_days: int
) -> tuple[str, ...]:
    """Return what is odd about a day from which a firm represents somebody, each in a sentence.

    :param furthest_days: so many days ahead a change is known at most
    """
    said, hearing, year = [], known.hearing_on, year_of(known.urn)
    if hearing is not None and today <= hearing < on:
        said.append(
            f"It is after the PTPH, {day_words(hearing)}, so whoever had the case before counts as "
            "the one that represents the defendant at it."
        )
    if far := far_off(on, today=today, furthest_days=furthest_days):
        said.append(far)
    if year is not None and on.year < year:
        said.append(f"It is before the case was there: its number says that it is of {year}.")
    return tuple(said)


def why_not_from(on: date, before: str, before_since: date) -> str:
    """Say why a firm cannot have a case from a day on; nothing where it can.

    :param before: who had it before, or "nobody"
    :param before_since: since when
    """
    if on >= before_since:
        return ""
    if before == "nobody":
        return (
            f"That is before {date_words(before_since)}, since when nobody represents the "
            "defendant as is recorded."
        )
    return f"That is before {before} took the case, on {day_words(before_since)}."


def day_by(now: date, changes: Iterable[tuple[datetime, date]], end: datetime) -> date:
    """Return which day was recorded by a moment of the past.

    :param changes: when each correction was made, with the day that stood before it
    """
    later = [each for each in changes if each[0] >= end]
    return min(later)[1] if later else now
