"""On which days a hearing can be, and what is odd about a day that is more likely a slip.

A day that cannot be is refused. One that can be, and seldom is, is asked about: whoever enters it
says why it is right, and that is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from forthright.rules.foretold_holidays import foretold_holidays
from forthright.rules.urn import year_of
from forthright.rules.words import count_words, day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDays:
    """What is known of a case that bounds its hearings.

    :param urn: of which the last two digits are the year in which the case got its number
    """

    urn: str
    sent_on: date | None = None
    charged_on: date | None = None


def why_impossible(on: date, known: KnownDays) -> str:
    """Say why a hearing cannot be on a day; nothing where it can."""
    year = year_of(known.urn)
    if year is not None and on.year < year:
        return (
            f"{day_words(on)} is before the case was there: its number says that it is of {year}. "
            "Look at the year."
        )
    if known.charged_on is not None and on < known.charged_on:
        return f"{day_words(on)} is before the charge, which was on {day_words(known.charged_on)}."
    if known.sent_on is not None and on < known.sent_on:
        return (
            f"{day_words(on)} is before the case was sent to the Crown Court, on "
            f"{day_words(known.sent_on)}."
        )
    return ""


def why_not_sent_then(sent_on: date, known: KnownDays, *, today: date) -> str:
    """Say why a case cannot have been sent to the Crown Court on a day; nothing where it can."""
    if sent_on > today:
        return f"{day_words(sent_on)} is still to come: enter the day on which the case was sent."
    year = year_of(known.urn)
    if year is not None and sent_on.year < year:
        return f"{day_words(sent_on)} is before the case was there: its number is of {year}."
    return ""


def oddities_of(
    on: date, *, today: date, furthest_days: int, closed: Mapping[date, str]
) -> tuple[str, ...]:  # fmt: skip
    """Return what is odd about a day for a hearing, each in a sentence; nothing about most days.

    :param furthest_days: so many days ahead a court lists a hearing at most
    :param closed: the bank holidays that are known, with their names; of years in which none is
        known they are foretold
    """
    said = []
    if on < today:
        said.append(f"It is past, {count_words((today - on).days, 'day')} ago.")
    if far := far_off(on, today=today, furthest_days=furthest_days):
        said.append(far)
    if not_sitting := why_no_court(on, closed):
        said.append(not_sitting)
    return tuple(said)


def far_off(on: date, *, today: date, furthest_days: int) -> str:
    """Say that a day is further off than such days are as a rule; nothing of a nearer one."""
    if (on - today).days <= furthest_days:
        return ""
    return (
        f"It is {count_words((on - today).days, 'day')} away; more than "
        f"{count_words(furthest_days, 'day')} ahead is asked about."
    )


def is_held(old_on: date | None, moved_on: date, *, was_held: bool | None) -> bool:
    """Say whether a hearing that moved had been held on the day that it left.

    A day that had come when the move was recorded counts, unless somebody said that the hearing did
    not take place on it: one that was missed is not undone by another day.

    :param moved_on: the day on which the move was recorded
    :param was_held: what was said of it; None: nobody was asked
    """
    return old_on is not None and old_on <= moved_on and was_held is not False


def asked_why(odd: Sequence[str]) -> str:
    """Say what is odd about a day, and ask for why it is right."""
    return f"{' '.join(odd)} If the day is right all the same, say why."


def why_no_court(on: date, closed: Mapping[date, str]) -> str:
    """Say why no court sits on a day in England and Wales; nothing where one does."""
    if on.weekday() > 4:
        return f"It is a {on:%A}, on which no court sits as a rule."
    if name := holiday_on(on, closed):
        return f"It is a bank holiday: {name}. No court sits then as a rule."
    return ""


def holiday_on(on: date, closed: Mapping[date, str]) -> str:
    """Return the name of the bank holiday on a day, foretold where none of its year is known."""
    is_known = any(each.year == on.year for each in closed)
    holidays = closed if is_known else foretold_holidays(on.year)
    return holidays.get(on, "")
