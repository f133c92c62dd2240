"""A month or a day of the month alone that a day of the case has: “in March”, “on the 14th”.

The layers of the anonymiser hide these as days. The release gate looks for what was left of them:
whoever has the register of cases finds a letter by its month nearly as well as by its day.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

from forthright.anonymiser.known_days import (
    ANY_MONTH,
    ANY_ORDINAL,
    GOES_ON,
    ORDINALS,
    over_lines,
    short_of,
)
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.rules.words import MONTHS

# Up to “tenth”, a number in words counts occasions and charges as often as days.
FIRST_IN_WORDS = 11
OF_MONTH = r"in|during|throughout|since|until|till|by|from|early|mid|late|last|this|next"
PART_OF_MONTH = r"(?:beginning|start|middle|end|rest|course|month) of"
ON_DAY = r"on|by|since|until|till|before|after|from|for|to|around|about|of|between"
# What leads from one day to the next, also where the first was hidden: “on the 21st or 23rd”.
NEXT_DAY = (
    r"(?:(?<=(?:st|nd|rd|th)\s)|(?<=\]\s))(?:and|or|to|until|till) (?:the )?"
    r"|(?:(?<=(?:st|nd|rd|th),\s)|(?<=\],\s))the "
)
LEADS = rf"(?:{ON_DAY}) the |{NEXT_DAY}"
# “The twenty-third is the next hearing”: where a sentence begins, a small number counts calls.
BEGINS = r"(?-i:The|THE) "
FOLLOWS = (
    r"(?:(?=['’]s\b|\s+(?:says?|said|tells?|told|shows?|showed|gives?|gave|makes?|made|came|went|began"
    rf"|does|did|do|about|also|onwards?)\b)|{GOES_ON})"
)
# “The eleventh and twelfth floors” are no days; several days of a month are read with their month.
NO_ROW = (
    rf"(?!\s+(?:and|or|to)\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)|{ANY_ORDINAL})\s+(?:(?:of\s+)?"
    rf"(?:{ANY_MONTH})|(?:(?!this\b)[a-z]{{3,}}s|century|birthday|floor|storey|time|year|week|hour)\b))"
)
# As lawyers and banks write that it is of this month, the last or the next: “the 14th inst.”
OF_WHICH = r"(?:inst(?:ant)?|ult(?:imo)?|prox(?:imo)?)\b"
IN_WORDS = "|".join(
    each.replace("-", "[ -]?") for each in sorted(ORDINALS[FIRST_IN_WORDS - 1 :], key=len)[::-1]
)
# A day of a month that is told by its number in words alone, whoever’s it is.
IN_WORDS_ALONE = (
    over_lines(rf"(?<!\w)(?:{LEADS}|{BEGINS})(?P<it>{IN_WORDS})(?!\w)") + NO_ROW + FOLLOWS
)


def parts_of_days_in(text: str, days: Sequence[date]) -> Iterator[Found]:
    """Yield each month and each day of a month that stands alone and is one of a day of the case.

    With another year, or as part of a whole day, it is another day, which may stand.
    """
    for month in sorted({each.month for each in days}):
        years = frozenset(each.year for each in days if each.month == month)
        for match in _month_shape(month, years).finditer(text):
            yield Found(*match.span("it"), Kind.DATE, Layer.RECORD,
                        because="the month of a day of the case")  # fmt: skip
    yield from days_alone_in(text, days)


def days_alone_in(text: str, days: Sequence[date]) -> Iterator[Found]:
    """Yield each day of a month that stands alone and is one of a day of the case."""
    for day in sorted({each.day for each in days}):
        for match in _day_shape(day).finditer(text):
            yield Found(*match.span(match.lastgroup or "it"), Kind.DATE, Layer.RECORD,
                        because="the day of the month of a day of the case")  # fmt: skip


@lru_cache(maxsize=500)
def _month_shape(month: int, years: frozenset[int]) -> re.Pattern[str]:
    name = MONTHS[month - 1]
    # “may” and “march” are months where they have a capital.
    short = short_of(name)
    named = rf"(?:{name}|{name.upper()}|{short}\.?(?![a-z])|{short.upper()}\.?(?![A-Z]))"
    own = "|".join(f"{each}|['’]{each % 100:02d}" for each in sorted(years))
    another = r"(?!(?:,| of)? ?(?:\d{4}|['’]\d\d)\b)"
    whole_day = r"(?!,? (?:the )?\d{1,2}(?:st|nd|rd|th)?\b)"
    shape = (
        rf"(?<!\w)(?i:{PART_OF_MONTH}|{OF_MONTH})(?: |-)(?i:the month of )?"
        rf"(?P<it>{named}(?:(?:,| of)? ?(?:{own})\b|{another}{whole_day}))(?!\w)"
    )
    return re.compile(over_lines(shape))


@lru_cache(maxsize=100)
def _day_shape(day: int) -> re.Pattern[str]:
    written, leads = rf"{day}(?:st|nd|rd|th)", LEADS
    if day >= FIRST_IN_WORDS:
        leads += f"|{BEGINS}"
        written += rf"|{ORDINALS[day - 1].replace('-', '[ -]?')}"
    a_month = rf"(?! (?:day )?(?:of )?(?:{ANY_MONTH}))"
    shape = over_lines(rf"(?:{leads})(?P<it>{written}){a_month}") + NO_ROW + FOLLOWS
    of_which = over_lines(rf"(?P<which>(?:{written}) {OF_WHICH})")
    return re.compile(rf"(?<!\w)(?:{shape}|{of_which})", re.IGNORECASE)
