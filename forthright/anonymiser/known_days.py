"""Finds the days that the case record knows, in figures, in words and by their feast."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
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
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
MOST_MONTHS = 12
# How a month and a weekday are cut short, where it is not by their first three letters alone.
CUT_SHORT = {"September": "Sept?", "Tuesday": "Tues?", "Wednesday": "Weds?",
             "Thursday": "Thu(?:rs?)?"}  # fmt: skip


def short_of(name: str) -> str:
    """Return the shape of a month or a weekday that is cut short: “Sep” and “Sept”."""
    return CUT_SHORT.get(name, name[:3])


ANY_MONTH = "|".join([*MONTHS, *(rf"{short_of(each)}\b" for each in MONTHS)])
ANY_WEEKDAY = "|".join([*DAYS, *map(short_of, DAYS)])
# How the shapes of days write a blank, and what it is read as, the longest first.
BLANK_FORMS = (
    (r"[ \u00a0-]?", r"[\s-]{0,3}"),
    (r"[ \u00a0-]", r"[\s-]{1,3}"),
    (r"[ \u00a0]", r"\s{1,3}"),
    ("[ -]?", r"[\s-]{0,3}"),
    ("[ -]", r"[\s-]{1,3}"),
    (" ?", r"\s{0,3}"),
    (" ", r"\s{1,3}"),
)
TH = r"(?:st|nd|rd|th)?"
# What follows a day that is a noun by itself; “on the 14th floor” is none.
GOES_ON = (
    r"(?=\s*(?:[.,;:!?)\]]|$)|[ ]?(?:-|–|—)"
    r"|\s+(?:and|or|but|at|in|when|where|while|as|because|so|if|that|which|who|there|then|again|"
    r"he|she|it|they|we|you|i|the|your|my|his|her|our|their|is|was|were|will|would|has|had|may|"
    r"can|could|must|should|to|for|by|with|from|until|since|before|after|last|next|of the month|"
    r"of that month|of this month|of last month)\b)"
)
# The sign between two days, “3 May-4 May” and “3-4/5/2026”; not one within a day, as in “3-May-26”.
NAMED = rf"\d{{1,2}}{TH}[\s-]?(?:{ANY_MONTH})"
FIGURES = r"\d{1,2}[/.]\d{1,2}"
BETWEEN_DAYS = re.compile(
    rf"(?<![\w/.-])(?:(?P<whole>(?:{NAMED}\.?,?|{FIGURES})(?:[\s/.]?(?:19|20)?\d\d)?)|\d{{1,2}}{TH})"
    rf"-(?={NAMED}|{FIGURES}[/.](?:19|20)?\d\d(?![\w/])|(?(whole){FIGURES}(?![\w/]|\.\d)|(?!)))",
    re.IGNORECASE,
)


def over_lines(shape: str) -> str:
    """Return a shape of which each blank may also be several, or the end of a line."""
    for said, meant in BLANK_FORMS:
        shape = shape.replace(said, meant)
    return shape


@lru_cache(maxsize=16)
def joined_by_dashes(text: str) -> str:
    """Return a text of the same length in which a dash stands between days that a hyphen joins.

    A hyphen beside a day is else that of a number: “2026/14-01/3”.
    """
    return BETWEEN_DAYS.sub(lambda match: f"{match[0][:-1]}–", text)


def days_in(text: str, days: Sequence[date]) -> Iterator[Found]:
    """Yield each place of a text where a day of the case stands."""
    text = joined_by_dashes(text)
    for day in days:
        for match in day_shape(day).finditer(text):
            yield Found(*match.span(), Kind.DATE, Layer.RECORD, because="a day of the case")
        for match in feast_shape(day).finditer(text):
            yield Found(*match.span(), Kind.DATE, Layer.RECORD,
                        because="what a day of the case is called by")  # fmt: skip


@lru_cache(maxsize=2_000)
def day_shape(of: date) -> re.Pattern[str]:
    """Return a day in every form in which its date is written."""
    day, month, year = of.day, of.month, of.year
    name = MONTHS[month - 1]
    named = rf"(?:{name}|{short_of(name)}\.?)"
    # “the first may” is no day: “may” is a month where it has a capital.
    with_capital = rf"(?-i:{name}|{name.upper()})"
    weekday = DAYS[of.weekday()]
    by_weekday = rf"(?:{weekday}|{short_of(weekday)}\.?),?"
    in_words = ORDINALS[day - 1].replace("-", "[ -]?")
    # A day of another year is another day: days that were moved may be.
    written = (
        rf"(?:,?[ \u00a0-]?(?:{year}|['’]?{year % 100:02d}\b)|"
        r"(?!,?(?: in)?[ \u00a0-]?\d{4}))"
    )
    other_year = r"(?!,?(?: in)?[ \u00a0]\d{4})"
    no_month = rf"(?!\w)(?!(?: day)?(?: of)? (?:{ANY_MONTH}))"
    shapes = [
        rf"0?{day}{TH}(?: day)?(?: of)?[ \u00a0-]?{named}{written}",
        rf"{in_words}(?: day)? of {named}{written}",
        rf"{named} (?:the )?0?{day}{TH}(?:,? {year}|{other_year})",
        rf"{with_capital},? (?:the )?{in_words}(?:,? {year}|{other_year})",
        rf"{by_weekday} (?:the )?(?:{day}(?:st|nd|rd|th)|{in_words}){no_month}",
        rf"{by_weekday} the {day}{no_month}",
        rf"{by_weekday} {day}(?=\n|{GOES_ON}){no_month}",
        rf"0?{day}([/.-])0?{month}(?:[/.-](?:{year}|{year % 100:02d}))?",
        rf"{day:02d} {month:02d} {year}",
        rf"{year}([/.-])0?{month}[/.-]0?{day}",
        rf"0?{day} ?[/.-] ?{ROMAN[month - 1]} ?[/.-] ?(?:{year}|{year % 100:02d})",
        rf"{_which_of_month(of)}[ -]{by_weekday} (?:(?:in|of) )?(?:the month of )?{named}{written}",
        rf"{name}['’]s {_which_of_month(of)} {weekday}",
    ]
    if day > MOST_MONTHS:
        # As Americans and their programs write it; of a smaller number it is another day here.
        shapes += [rf"0?{month}[/.-]{day}[/.-](?:{year}|{year % 100:02d})",
                   rf"{year}[/.-]{day}[/.-]0?{month}"]  # fmt: skip
    either = over_lines("|".join(shapes))
    return re.compile(rf"(?<![\w/.-])(?:{either})(?![\w/-]|\.\d)", re.IGNORECASE)


def _which_of_month(day: date) -> str:
    """Return which of its weekday in a month a day is, as a shape: “second”, “2nd” or “last”."""
    number = 1 + (day.day - 1) // 7
    forms = [UNITS[number - 1], f"{number}(?:st|nd|rd|th)"]
    if (day + timedelta(days=7)).month != day.month:
        forms.append("last")
    return f"(?:{'|'.join(forms)})"


@lru_cache(maxsize=2_000)
def feast_shape(of: date) -> re.Pattern[str]:
    """Return what a day is called by; of most days nothing, which stands nowhere."""
    shapes = "|".join(
        shape_of(each) for each in sorted(feasts_of(of), key=lambda name: (-len(name), name))
    )
    another = rf"(?!,?\s{{1,3}}(?!{of.year})(?:19|20)\d\d)"
    return re.compile(
        rf"(?<!\w)(?:{shapes})(?!\w){another}(?:,? {of.year})?" if shapes else r"(?!)"
    )
