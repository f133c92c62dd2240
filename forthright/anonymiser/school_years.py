"""School years, which tell an age nearly as well as a number of years does: “year 9”, “Y9”.

In England and Wales a child is from N + 4 to N + 5 years old in year N, and 4 or 5 in the reception
class: Brighton & Hove City Council, “How the school system works”, after the national curriculum
(www.brighton-hove.gov.uk/schools-and-learning/brighton-hove-schools/how-school-system-works); the
years 12 and 13 are counted on from there. Year 8 and year 13 lie over the ends of the bands of ages
(12 to 13, 17 to 18), so that years have two bands of their own, each true of all its years.
"""

import re
from collections.abc import Iterator

from forthright.anonymiser.spans import ASKED, Found, Kind, Layer

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
           "eleven", "twelve", "thirteen")  # fmt: skip
A_YEAR = rf"(?:1[0-3]|[1-9]|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})"
JOIN = r"(?: ?(?:,|/|-|–) ?| (?:and|or|to) )"
# “last year 10 people came” and “one year nine months” count something else.
COUNTED = "".join(
    rf"(?<!\b{each}[ \u00a0-])"
    for each in ("last", "this", "that", "each", "every", "per", "next", "one", "same",
                 "previous", "past", "following", "first", "second", "final")
)  # fmt: skip
# A year of a sentence or of a course is no school's, and “year 9” no part of “year 9.5” or “9/10”.
NOT_AFTER = (
    r"(?![\w/%£]|[.:,]\d)"
    r"(?![ \u00a0-](?:days?|weeks?|months?|years?|people|times|per|jurors|officers|witnesses|"
    r"(?:of|at|in) (?:(?:the|a|an|his|her|their|your|this|that) )?"
    r"(?:\w+ )?(?:sentence|course|degree|universit|licence|order|term|contract|lease|"
    r"apprenticeship|plan|programme|marriage|tenancy)))"
)
SCHOOL_YEAR = re.compile(
    rf"(?<![\w/.-])(?<!\d[ \u00a0-]){COUNTED}(?:"
    rf"(?:school[ \u00a0])?year[ \u00a0-]?(?:group[ \u00a0])?{A_YEAR}"
    rf"(?:{JOIN}(?:year[ \u00a0])?{A_YEAR})*"
    rf"|(?:school[ \u00a0])?years[ \u00a0]{A_YEAR}(?:{JOIN}{A_YEAR})+"
    r"|yrs?\.?[ \u00a0-]?(?:1[0-3]|[1-9])"
    rf"|(?-i:Y)(?:1[0-3]|[1-9])){NOT_AFTER}",
    re.IGNORECASE,
)
RECEPTION = re.compile(
    r"(?<![\w-])(?P<it>reception)[ \u00a0](?:class|year|teacher|pupil|child|children)\b|"
    r"(?<=in )reception(?= at (?:\w+ ){0,2}school\b)|"
    r"\bst(?:art|arts|arted|arting)[ \u00a0](?P<too>reception)\b(?![ \u00a0]desk)",
    re.IGNORECASE,
)
# A child is in the first, and who comes to a police station waits in the second.
EITHER = re.compile(r"(?<=\bin )reception\b(?! (?:desk|area|room))", re.IGNORECASE)
# What a text has that tells a school year; looking for each form takes longer.
MAY_TELL = re.compile(
    rf"y(?:ears?|rs?)?\.?\s?-?(?:group\s)?(?:\d|{'|'.join(NUMBERS)})", re.IGNORECASE
)
HAS_RECEPTION = "reception"
EACH = re.compile(rf"{A_YEAR}(?!\w)", re.IGNORECASE)
LAST_UNDER_13 = 7
YOUNGER, OLDER, BOTH = "school year, under 13", "school year, 12 to 18", "school years"
BECAUSE = "a school year, which tells an age"


def school_years_in(text: str) -> Iterator[Found]:
    """Yield each place that tells an age by a year of school."""
    may_tell = MAY_TELL.search(text) is not None
    for match in SCHOOL_YEAR.finditer(text) if may_tell else ():
        yield Found(*match.span(), Kind.AGE, Layer.PATTERN, because=BECAUSE)
    for match in RECEPTION.finditer(text) if HAS_RECEPTION in text.lower() else ():
        start, end = match.span(match.lastgroup or 0)
        yield Found(start, end, Kind.AGE, Layer.PATTERN, because=BECAUSE)


def asked_about(text: str) -> Iterator[Found]:
    """Yield what may be a year of school or a front desk, which a person is asked to look at."""
    for match in EITHER.finditer(text) if HAS_RECEPTION in text.lower() else ():
        yield Found(*match.span(), Kind.AGE, Layer.PATTERN, ASKED, because=BECAUSE)


def band_of(said: str) -> str:
    """Return the words that stand for a school year: true of its age, and of many others."""
    years = [_number(each[0]) for each in EACH.finditer(said)]
    if max(years, default=0) <= LAST_UNDER_13:
        return YOUNGER
    return OLDER if min(years) > LAST_UNDER_13 else BOTH


def _number(said: str) -> int:
    small = said.lower()
    return int(small) if small.isdecimal() else NUMBERS.index(small) + 1
