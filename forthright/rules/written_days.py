"""Which day is meant, however it is written: "Monday 4 May 2026", "May 4, 2026", "2026-05-04"."""

import re
from collections.abc import Sequence

from forthright.rules.words import MONTHS

# A day, its month from 1 to 12, and the year where one is given.
Written = tuple[int, int, int | None]
DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ /.-]+([A-Za-z]{3,}|\d{1,2})"
    r"(?:[., /-]+(\d{4}|\d\d))?(?!\d)"
)
MONTH_FIRST = re.compile(
    r"([A-Za-z]{3,})\.? (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?(?!\d)"
)
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})(?!\d)")
# A year of two digits in a letter of these years.
CENTURY = 2000
LONGEST_MONTH = 31
SHORT = {"sept": 9}


def keys_of_days(said: Sequence[str]) -> list[str]:
    """Return for each way of writing a day what is the same for that day, and for no other.

    A day written without its year is that of the year in which the others give it, where they give
    it in one year alone. What is no day is the same where the words are.
    """
    days = [day_written(each) for each in said]
    years: dict[tuple[int, int], set[int]] = {}
    for day in days:
        if day is not None and day[2] is not None:
            years.setdefault(day[:2], set()).add(day[2])
    return [_key(words, day, years) for words, day in zip(said, days, strict=True)]


def _key(words: str, day: Written | None, years: dict[tuple[int, int], set[int]]) -> str:
    if day is None:
        return " ".join(words.casefold().split())
    number, month, year = day
    told = years.get((number, month), set())
    if year is None and len(told) == 1:
        (year,) = told
    return f"{number} {month} {year or ''}"


def day_written(said: str) -> Written | None:
    """Return the day that words name, British where it is in figures, or None where it is none."""
    if match := YEAR_FIRST.search(said):
        return _real(match[3], match[2], match[1])
    found = [_real(each[1], each[2], each[3]) for each in DAY_FIRST.finditer(said)]
    found += [_real(each[2], each[1], each[3]) for each in MONTH_FIRST.finditer(said)]
    return next((each for each in found if each is not None), None)


def _real(day: str, month: str, year: str | None) -> Written | None:
    number = _month(month.casefold())
    if number is None or not 0 < int(day) <= LONGEST_MONTH:
        return None
    if year is None:
        return int(day), number, None
    return int(day), number, int(year) if len(year) > 2 else CENTURY + int(year)


def _month(said: str) -> int | None:
    if said.isdigit():
        return int(said) if 0 < int(said) <= len(MONTHS) else None
    if said in SHORT:
        return SHORT[said]
    named = (place for place, each in enumerate(MONTHS, 1) if each.casefold().startswith(said))
    return next(named, None)
