"""The bank holidays that every year in England and Wales has, foretold before GOV.UK lists them.

A coronation or a moved day cannot be foretold, so each day waits to be confirmed against the list.
"""

from datetime import date, timedelta

FORETOLD_SOURCE = "Foretold from the rule of every year: to be confirmed against GOV.UK"
# GOV.UK lists bank holidays about two years ahead. What is proclaimed later nobody can foretell.
YEARS_AHEAD = 2


def furthest_day(today: date) -> date:
    """Return the last day that a calendar may reach: the end of the year after next."""
    return date(today.year + YEARS_AHEAD, 12, 31)


def foretold_between(start: date, end: date) -> dict[date, str]:
    """Return the bank holidays after the start, up to and with the end, in their order."""
    return {
        day: name
        for year in range(start.year, end.year + 1)
        for day, name in foretold_holidays(year).items()
        if start < day <= end
    }


def foretold_holidays(year: int) -> dict[date, str]:
    """Return the eight weekdays of a year that are closed, each with its name."""
    easter = easter_sunday(year)
    days = {
        **_or_substitute(date(year, 1, 1), "New Year’s Day"),
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        _first_monday(year, 5): "Early May bank holiday",
        _last_monday(year, 5): "Spring bank holiday",
        _last_monday(year, 8): "Summer bank holiday",
        **_christmas(year),
    }
    return dict(sorted(days.items()))


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar, by the method of Meeus, Jones and Butcher."""
    century, of_century = divmod(year, 100)
    leaps, rest = divmod(century, 4)
    moved = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * (year % 19) + century - leaps - moved + 15) % 30
    quarters, left = divmod(of_century, 4)
    to_sunday = (32 + 2 * rest + 2 * quarters - moon - left) % 7
    late = (year % 19 + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _christmas(year: int) -> dict[date, str]:
    """Return the two days of Christmas; of a weekend, the weekdays in their place."""
    first, second = date(year, 12, 25), date(year, 12, 26)
    if first.weekday() == 5:
        return _named(date(year, 12, 27), "Christmas Day") | _named(
            date(year, 12, 28), "Boxing Day"
        )
    if first.weekday() == 6:
        return {second: "Boxing Day", **_named(date(year, 12, 27), "Christmas Day")}
    return {first: "Christmas Day", **_or_substitute(second, "Boxing Day")}


def _or_substitute(day: date, name: str) -> dict[date, str]:
    """Return a day, or the Monday in its place where it falls on a weekend."""
    if day.weekday() < 5:
        return {day: name}
    return _named(day + timedelta(days=7 - day.weekday()), name)


def _named(day: date, name: str) -> dict[date, str]:
    return {day: f"{name} (substitute day)"}


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())
