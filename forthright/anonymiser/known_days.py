"""Finds the days that the case record knows, in figures, in words and by their feast."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.rules.feasts import feasts_of, shape_of
from forthright.rules.words import DAYS, MONTHS

UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
ORDINALS = (
    *UNITS, "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth", "twentieth", *(f"twenty-{each}" for each in UNITS),
    "thirtieth", "thirty-first",
)  # fmt: skip
ANY_ORDINAL = "|".join(
    each.replace("-", "[ -]?") for each in sorted(ORDINALS, key=len, reverse=True)
)
ANY_MONTH = "|".join([*MONTHS, *(rf"{each[:3]}\b" for each in MONTHS)])
TH = r"(?:st|nd|rd|th)?"


def days_in(text: str, days: Sequence[date]) -> Iterator[Found]:
    """Yield each place of a text where a day of the case stands."""
    for day in days:
        for match in _day_shape(day).finditer(text):
            yield Found(*match.span(), Kind.DATE, Layer.RECORD, because="a day of the case")
        for match in _feast_shape(day).finditer(text):
            yield Found(*match.span(), Kind.DATE, Layer.RECORD,
                        because="what a day of the case is called by")  # fmt: skip


@lru_cache(maxsize=2_000)
def _day_shape(of: date) -> re.Pattern[str]:
    """Return a day in every form in which its date is written."""
    day, month, year = of.day, of.month, of.year
    name = MONTHS[month - 1]
    named = rf"(?:{name}|{name[:3]}\.?)"
    # “the first may” is no day: “may” is a month where it has a capital.
    with_capital = rf"(?-i:{name}|{name.upper()})"
    weekday = DAYS[of.weekday()]
    by_weekday = rf"(?:{weekday}|{weekday[:3]}\.?),?"
    in_words = ORDINALS[day - 1].replace("-", "[ -]?")
    # A day of another year is another day: days that were moved may be.
    written = (
        rf"(?:,?[ \u00a0-]?(?:{year}|['’]?{year % 100:02d}\b)|"
        r"(?!,?(?: in)?[ \u00a0-]?\d{4}))"
    )
    other_year = r"(?!,?(?: in)?[ \u00a0]\d{4})"
    shapes = (
        rf"0?{day}{TH}(?: day)?(?: of)?[ \u00a0-]?{named}{written}",
        rf"{in_words}(?: day)? of {named}{written}",
        rf"{named} (?:the )?0?{day}{TH}(?:,? {year}|{other_year})",
        rf"{with_capital},? (?:the )?{in_words}(?:,? {year}|{other_year})",
        rf"{by_weekday} the (?:{day}{TH}|{in_words})(?!\w)(?!(?: day)?(?: of)? (?:{ANY_MONTH}))",
        rf"0?{day}([/.-])0?{month}(?:[/.-](?:{year}|{year % 100:02d}))?",
        rf"{day:02d} {month:02d} {year}",
        rf"{year}([/.-])0?{month}[/.-]0?{day}",
    )
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(shapes)})(?![\w/-]|\.\d)", re.IGNORECASE)


@lru_cache(maxsize=2_000)
def _feast_shape(of: date) -> re.Pattern[str]:
    """Return what a day is called by; of most days nothing, which stands nowhere."""
    shapes = "|".join(
        shape_of(each) for each in sorted(feasts_of(of), key=lambda name: (-len(name), name))
    )
    another = rf"(?!,?[ \u00a0](?!{of.year})(?:19|20)\d\d)"
    return re.compile(
        rf"(?<!\w)(?:{shapes})(?!\w){another}(?:,? {of.year})?" if shapes else r"(?!)"
    )
