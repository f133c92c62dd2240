"""How far an Area's calendar reaches, who says so of each stretch, and what would move its end."""

from dataclasses import dataclass
from datetime import date, timedelta

from forthright.accounts.models import Area
from forthright.rules.foretold_holidays import foretold_between, furthest_day
from forthright.rules.words import count_words, date_words
from forthright.schemes.models import CalendarSpan, ClosedDay, Duty
from forthright.schemes.selectors.area_clock import AreaNotStarted, closed_days_of

ONE_DAY = timedelta(days=1)


class DayRefused(ValueError):
    """A day that cannot be added to, taken from or made the end of the calendar, and why."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days that one source speaks of."""

    known_from: date
    known_until: date
    source: str


def started_span_of(area: Area) -> CalendarSpan:
    """Return the dates between which the Area's calendar is known.

    :raises AreaNotStarted: if the Area has no calendar yet
    """
    span = CalendarSpan.objects.filter(area=area).first()
    if span is None:
        raise AreaNotStarted(f"{area} has no calendar yet. Set up its time limits first.")
    return span


def stretches_of(span: CalendarSpan) -> list[Stretch]:
    """Return the stretches of a calendar in their order, each with its own source."""
    added = [
        Stretch(date.fromisoformat(row["from"]), date.fromisoformat(row["until"]), row["source"])
        for row in span.added
    ]
    ends = added[0].known_from - ONE_DAY if added else span.known_until
    return [Stretch(span.known_from, ends, span.source), *added]


def next_end(span: CalendarSpan) -> date:
    """Return the end of the next year that the calendar does not hold whole."""
    return date((span.known_until + ONE_DAY).year, 12, 31)


def days_to_add(span: CalendarSpan, until: date, *, today: date) -> dict[date, str]:
    """Return the bank holidays that must come into the calendar with a later end.

    :raises DayRefused: if the end is not later, or later than bank holidays can be known
    """
    if until <= span.known_until:
        raise DayRefused(f"The calendar is known until {date_words(span.known_until)} already.")
    furthest = furthest_day(today)
    if until > furthest:
        raise DayRefused(
            f"The calendar can reach to {date_words(furthest)} at most, the end of the year after "
            "next. GOV.UK lists bank holidays about two years ahead, and what is proclaimed later "
            "nobody can know yet."
        )
    there = closed_days_of(span.area)
    foretold = foretold_between(span.known_until, until)
    return {day: name for day, name in foretold.items() if day not in there}


def check_can_end(span: CalendarSpan, until: date, *, today: date) -> None:
    """Refuse an earlier end that today or the due date of a letter lies beyond.

    :raises DayRefused: with what lies beyond it
    """
    if until >= span.known_until:
        raise DayRefused(
            f"The calendar ends on {date_words(span.known_until)}. Give an earlier day."
        )
    if until < today:
        raise DayRefused(f"Today, {date_words(today)}, must be in the calendar.")
    beyond = Duty.objects.filter(area=span.area_id, due_on__gt=until).count()
    if beyond:
        raise DayRefused(
            f"{count_words(beyond, 'letter is', 'letters are')} due after {date_words(until)}, "
            "so the calendar must reach further."
        )


def foretold_days_of(area: Area, year: int) -> list[ClosedDay]:
    """Return the days of a year that nobody has confirmed against GOV.UK yet."""
    return [each for each in _closed_days(area, year) if each.is_foretold]


def has_year(area: Area, year: int) -> bool:
    """Say whether the calendar holds any closed day of a year."""
    return bool(_closed_days(area, year))


def _closed_days(area: Area, year: int) -> list[ClosedDay]:
    """Return the closed days of a year; an address can ask for one that no date can have."""
    days = ClosedDay.objects.filter(area=area, removed_at__isnull=True)
    return [each for each in days if each.day.year == year]
