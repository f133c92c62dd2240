"""A day of the case among several of one month: “3-4 May”, “the third and fourth of May”.

The layers of the anonymiser hide each of several days by its shape. The release gate looks for what
was left of them, and shows them all: one number alone would say nothing to whoever reads of it.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from forthright.anonymiser.known_days import (
    ANY_MONTH,
    ANY_ORDINAL,
    ANY_WEEKDAY,
    ORDINALS,
    TH,
    joined_by_dashes,
)
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.rules.words import MONTHS

# What joins two days, by signs or in words.
JOINS = (
    r"(?:\s*(?:,|&|/|-|–|—)(?:\s*(?:and|or|to))?"
    r"|\s+(?:and|or|to|until|till|through|up to|and then))"
    rf"\s*(?:on\s+)?(?:(?:{ANY_WEEKDAY})\.?,?\s+)?(?:the\s+)?"
)
A_DAY = rf"(?:\d{{1,2}}{TH}|(?:{ANY_ORDINAL}))(?!\w)"
SEVERAL = rf"{A_DAY}(?:{JOINS}{A_DAY}){{1,6}}"
YEAR = r"(?:(?:19|20)\d\d|['’]?\d\d)\b"
# “On May 3, 4 officers came” is of one day.
NO_COUNT = r"(?![%\d]|\s+(?!this\b)(?:[a-z]{3,}s|people|men|women|children|of|more|or more)\b)"
ROWS = (
    re.compile(
        rf"(?<![\w/.£-])(?P<days>{SEVERAL})(?:\s+day)?(?:\s+of)?(?:\s+|-)?"
        rf"(?P<month>{ANY_MONTH})\.?(?:,?(?:\s+|-)?(?P<year>{YEAR}))?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?P<month>{ANY_MONTH})\.?\s+(?:the\s+)?(?P<days>{SEVERAL})"
        rf"(?:,?\s+(?P<year>{YEAR})|{NO_COUNT})",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![\w/.£-])(?P<days>\d{1,2}(?:\s*(?:,|&|–|—|and|or|to)\s*\d{1,2}){1,6})"
        r"(?P<sign>[/.])(?P<month>\d{1,2})(?P=sign)(?P<year>(?:19|20)?\d\d)(?![\w/]|\.\d)",
        re.IGNORECASE,
    ),
)
DAY = re.compile(rf"(?P<number>\d{{1,2}})|(?P<words>{ANY_ORDINAL})", re.IGNORECASE)


def several_days_in(text: str, days: Sequence[date]) -> Iterator[Found]:
    """Yield each row of days of one month of which one is a day of the case."""
    known = frozenset(days)
    for shape in ROWS if known else ():
        for match in shape.finditer(joined_by_dashes(text)):
            if any(_is_told(each, match) for each in known):
                yield Found(*match.span(), Kind.DATE, Layer.RECORD,
                            because="a day of the case, one of several")  # fmt: skip


def _is_told(day: date, row: re.Match[str]) -> bool:
    """Say whether a row of days holds this one; without a year it may be of any."""
    said = row["year"] or ""
    year = said.lstrip("'’")
    # “3 and 4 May 27” may go on with “times”.
    is_sure = len(said) > 2 or row["month"].isdecimal()
    if is_sure and not str(day.year).endswith(year):
        return False
    return _month(row["month"]) == day.month and day.day in map(_number, DAY.finditer(row["days"]))


def _month(said: str) -> int:
    if said.isdecimal():
        return int(said)
    return [each[:3].lower() for each in MONTHS].index(said[:3].lower()) + 1


def _number(day: re.Match[str]) -> int:
    if day["number"]:
        return int(day["number"])
    return ORDINALS.index("-".join(re.split(r"[\s-]+", day["words"].lower()))) + 1
