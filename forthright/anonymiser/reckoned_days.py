"""Days of a case that a text tells by another: “the day before 15 January”, “week of 12 January”.

The other day is hidden or moved in a letter, so only the release gate looks for these, and whoever
moves days sees that none comes to tell a day of the case.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from forthright.anonymiser.known_days import (
    ANY_WEEKDAY,
    ORDINALS,
    day_shape,
    feast_shape,
    over_lines,
)
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.rules.feasts import feasts_of
from forthright.rules.words import DAYS

NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
           "eleven", "twelve", "thirteen", "fourteen")  # fmt: skip
MANY = rf"(?P<many>\d{{1,2}}|an?|{'|'.join(NUMBERS)})"
BEFORE = "before|prior to|preceding|ahead of"
AFTER = "after|following|from|since"
LEAD = re.compile(
    over_lines(
        rf"(?<!\w)(?:{MANY} (?P<unit>days?|nights?|weeks?|fortnights?) "
        rf"(?:(?P<less>{BEFORE})|{AFTER})"
        rf"|(?P<next>day|night|evening|morning|afternoon) (?:(?P<earlier>{BEFORE})|after|following)"
        rf"|(?P<eve>eve) of"
        rf"|(?P<weekday>{ANY_WEEKDAY}) (?:(?P<sooner>{BEFORE})|after|following)"
        r"|(?P<ending>week ending|week to|w/e)"
        rf"|(?P<week>week (?:of|commencing|beginning|starting|from)|w/c|wc)"
        rf"|(?P<weekend>weekend(?: of)?)(?! (?:{BEFORE}|after|following))"
        rf"|week(?:end)? (?:(?P<weekless>{BEFORE})|(?P<weekmore>after|following))"
        rf")(?: |: ?)?(?:on )?(?:the )?(?:(?:{ANY_WEEKDAY}),? (?:the )?)?"
        r"(?=(?P<other>(?s:.){3,30}))"
    ),
    re.IGNORECASE,
)
UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
A_WEEK, SATURDAY, MOST = 7, 5, 62


def days_near(text: str, days: Sequence[date]) -> Iterator[Found]:
    """Yield each place of a text where a day of the case is told by how far it is from another."""
    for lead in LEAD.finditer(text) if days else ():
        for other in _others(lead, days):
            if not _may_be(other, lead["other"]):
                continue
            told = day_shape(other).match(text, lead.end()) or feast_shape(other).match(
                text, lead.end()
            )
            if told:
                yield Found(lead.start(), told.end(), Kind.DATE, Layer.RECORD,
                            because="a day of the case, by how far it is from another")  # fmt: skip
                break


def _others(lead: re.Match[str], days: Sequence[date]) -> list[date]:
    """Return the days by which a phrase would tell a day of the case, each once."""
    found = (day + timedelta(days=far) for day in days for far in _how_far(lead, day))
    return list(dict.fromkeys(found))


def _how_far(lead: re.Match[str], day: date) -> Sequence[int]:
    """Return how many days after a day of the case the day may be that the phrase speaks of."""
    if lead["many"]:
        unit = UNIT_DAYS[lead["unit"].lower().removesuffix("s")]
        far = min(_number(lead["many"]) * unit, MOST)
        return (far,) if lead["less"] else (-far,)
    if lead["next"] or lead["eve"]:
        return (1,) if lead["eve"] or lead["earlier"] else (-1,)
    if lead["weekday"]:
        if lead["weekday"][:3].title() != DAYS[day.weekday()][:3]:
            return ()
        return range(1, A_WEEK + 1) if lead["sooner"] else range(-A_WEEK, 0)
    return _weeks_far(lead, day)


def _weeks_far(lead: re.Match[str], day: date) -> Sequence[int]:
    if lead["weekend"]:
        # Of a Saturday its Sunday, of a Sunday its Saturday, and the Friday before either.
        return range(-2, 2) if day.weekday() >= SATURDAY else ()
    if lead["ending"]:
        return range(A_WEEK)
    if lead["weekless"]:
        return range(1, A_WEEK + 1)
    if lead["weekmore"]:
        return range(-A_WEEK, 0)
    # Of a week by a day within it: the week from Monday to Sunday, or the seven days from it on.
    return range(min(-A_WEEK + 1, -day.weekday()), A_WEEK - day.weekday())


def _number(said: str) -> int:
    small = said.lower()
    if small.isdecimal():
        return int(small)
    return NUMBERS.index(small) + 1 if small in NUMBERS else 1


def _may_be(day: date, said: str) -> bool:
    """Say whether words may tell a day at all; to read each form of it takes much longer."""
    small = said.lower()
    is_named = str(day.day) in small or ORDINALS[day.day - 1].split("-")[0] in small
    return is_named or bool(feasts_of(day))
