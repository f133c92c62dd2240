"""What days are called by besides their date: “Christmas Day”, “Good Friday”, “Mother’s Day”.

General knowledge of the calendar in England and Wales. A feast that goes by the moon of another
calendar, or is proclaimed by who sees it, is named here and cannot be reckoned: “Eid”, “Diwali”.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from forthright.rules.foretold_holidays import easter_sunday

# By month and day, the same each year.
FIXED = {
    (1, 1): ("New Year’s Day", "New Year", "New Years Day"),
    (1, 5): ("Twelfth Night",),
    (1, 6): ("Epiphany",),
    (1, 25): ("Burns Night", "St Dwynwen’s Day", "Dydd Santes Dwynwen"),
    (2, 14): ("Valentine’s Day", "Valentine’s night"),
    (2, 29): ("Leap Day",),
    (3, 1): ("St David’s Day", "Dydd Gŵyl Dewi"),
    (3, 17): ("St Patrick’s Day", "Paddy’s Day"),
    (4, 1): ("April Fool’s Day", "April Fools’ Day", "All Fools’ Day"),
    (4, 23): ("St George’s Day",),
    (5, 1): ("May Day", "Calan Mai"),
    (6, 24): ("Midsummer’s Day", "Midsummer Day"),
    (7, 12): ("Orangemen’s Day",),
    (10, 30): ("Mischief Night",),
    (10, 31): ("Halloween", "Hallowe’en", "Nos Galan Gaeaf"),
    (11, 1): ("All Saints’ Day",),
    (11, 2): ("All Souls’ Day",),
    (11, 4): ("Mischief Night",),
    (11, 5): ("Bonfire Night", "Guy Fawkes Night", "Guy Fawkes Day", "Fireworks Night"),
    (11, 11): ("Armistice Day", "Remembrance Day", "Martinmas"),
    (11, 30): ("St Andrew’s Day",),
    (12, 24): ("Christmas Eve", "Noswyl Nadolig", "Christmas"),
    (12, 25): ("Christmas Day", "Christmas night", "Xmas Day", "Dydd Nadolig", "Nadolig",
               "Christmas", "Xmas"),
    (12, 26): ("Boxing Day", "St Stephen’s Day", "Gŵyl San Steffan", "Christmas"),
    (12, 31): ("New Year’s Eve", "New Years Eve", "Hogmanay", "Nos Galan", "New Year"),
}  # fmt: skip
# By how many days they are from Easter Sunday.
BY_EASTER = {
    -47: ("Shrove Tuesday", "Pancake Day", "Pancake Tuesday", "Dydd Mawrth Ynyd"),
    -46: ("Ash Wednesday",),
    -21: ("Mother’s Day", "Mothers’ Day", "Mothering Sunday", "Sul y Mamau"),
    -7: ("Palm Sunday", "Sul y Blodau"),
    -3: ("Maundy Thursday",),
    -2: ("Good Friday", "Easter Friday", "Dydd Gwener y Groglith", "Easter"),
    -1: ("Easter Saturday", "Holy Saturday", "Easter Eve", "Easter"),
    0: ("Easter Sunday", "Easter Day", "Sul y Pasg", "Pasg", "Easter"),
    1: ("Easter Monday", "Llun y Pasg", "Easter"),
    39: ("Ascension Day",),
    49: ("Whit Sunday", "Pentecost", "Sulgwyn"),
    50: ("Whit Monday",),
    56: ("Trinity Sunday",),
    60: ("Corpus Christi",),
}
# By month, weekday and which of them in the month; -1 is the last.
BY_WEEKDAY = {
    (5, 0, 1): ("Early May bank holiday", "May Day bank holiday", "May Day Monday",
                "May bank holiday", "first May bank holiday"),
    (5, 0, -1): ("late May bank holiday", "Spring bank holiday", "Whitsun bank holiday",
                 "May bank holiday", "second May bank holiday"),
    (6, 6, 3): ("Father’s Day", "Fathers’ Day", "Sul y Tadau"),
    (8, 0, -1): ("August bank holiday", "Summer bank holiday", "late August bank holiday"),
    (11, 6, 2): ("Remembrance Sunday", "Sul y Cofio"),
}  # fmt: skip
# What no rule of ours tells the day of.
UNRECKONED = (
    "Eid al-Fitr", "Eid al-Adha", "Eid ul-Fitr", "Eid ul-Adha", "Eid", "Ramadan", "Ramadhan",
    "Laylat al-Qadr", "Mawlid", "Ashura", "Muharram", "Diwali", "Deepavali", "Divali", "Holi",
    "Navratri", "Dussehra", "Raksha Bandhan", "Ganesh Chaturthi", "Vaisakhi", "Baisakhi",
    "Gurpurab", "Passover", "Pesach", "Yom Kippur", "Rosh Hashanah", "Hanukkah", "Chanukah",
    "Purim", "Sukkot", "Shavuot", "Wesak", "Vesak", "Nowruz", "Newroz", "Chinese New Year",
    "Lunar New Year", "Black Friday", "Cyber Monday", "Bank Holiday Monday",
    "Bank Holiday weekend", "Bank Holiday Friday", "Bank Holiday Sunday", "Bank Holiday Saturday",
    "Advent Sunday", "Whitsun", "Mad Friday", "Black Eye Friday",
)  # fmt: skip
# The day after the fourth Thursday of November.
NOVEMBER, FRIDAY, BLACK_FRIDAY = 11, 4, (23, 29)


PLAINLY = str.maketrans({"’": "", "'": "", "-": " "})
BETWEEN = r"[ \u00a0\n-]{1,2}"
# What is written small where no feast is meant: “a new year”, “his mother’s day in court”.
ONLY_WITH_CAPITAL = {
    "Epiphany", "May Day", "New Year", "Mother’s Day", "Mothers’ Day", "Father’s Day",
    "Fathers’ Day",
}  # fmt: skip


def shape_of(name: str) -> str:
    """Return the pattern of a feast as letters write it: “St. David's day”, “CHRISTMAS-DAY”."""
    said = BETWEEN.join(_shape(each) for each in name.split())
    if name not in ONLY_WITH_CAPITAL:
        return f"(?i:{said})"
    loud = BETWEEN.join(_shape(each.upper()) for each in name.split())
    return f"(?-i:{said}|{loud})"


def _shape(word: str) -> str:
    return r"(?:St\.?|Saint)" if word == "St" else re.escape(word).replace("’", "['’]?")


def may_name_feast(text: str) -> bool:
    """Say whether a text has any word that tells a feast; to look for each takes much longer."""
    small = " ".join(text.translate(PLAINLY).casefold().split())
    return any(each in small for each in _telling())


@lru_cache(maxsize=1)
def _telling() -> tuple[str, ...]:
    """Return the fewest words of which every name of a feast has one."""
    plain = {each.removeprefix("St ").translate(PLAINLY).casefold() for each in every_feast()}
    return tuple(
        each for each in sorted(plain)
        if not any(other != each and other in each for other in plain)
    )  # fmt: skip


@lru_cache(maxsize=400)
def feasts_of(day: date) -> tuple[str, ...]:
    """Return what a day is called by besides its date; of a substitute day, its holiday too."""
    found = [*FIXED.get((day.month, day.day), ())]
    found += BY_EASTER.get((day - easter_sunday(day.year)).days, ())
    for number in (
        1 + (day.day - 1) // 7,
        -1 if (day + timedelta(days=7)).month != day.month else 0,
    ):
        found += BY_WEEKDAY.get((day.month, day.weekday(), number), ())
    if day == easter_sunday(day.year) + timedelta(days=1) or any(
        each.endswith("bank holiday") for each in found
    ):
        found.append("Bank Holiday Monday")
    if (
        day.month == NOVEMBER
        and BLACK_FRIDAY[0] <= day.day <= BLACK_FRIDAY[1]
        and day.weekday() == FRIDAY
    ):
        found.append("Black Friday")
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=1)
def every_feast() -> tuple[str, ...]:
    """Return every name of a feast, the longest first."""
    named = [*FIXED.values(), *BY_EASTER.values(), *BY_WEEKDAY.values(), UNRECKONED]
    return tuple(
        sorted({name for each in named for name in each}, key=lambda name: (-len(name), name))
    )
