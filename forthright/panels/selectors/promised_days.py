"""Days to come in what a manager promises: each may be one of a case, or by when they do it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from forthright.anonymiser.known import Known
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.spans import Kind
from forthright.panels.selectors.named import named_in
from forthright.rules.written_days import day_written

# A day without its year that is farther off is taken for one that is over: our own bound.
HALF_A_YEAR = timedelta(days=183)


def days_to_come_in(words: str, cases: Iterable[Known], day: date) -> list[str]:
    """Return each day in these words that comes after a day, as it is written there.

    Only whoever wrote it can say which it is. Days of no case are among them, so that being asked
    tells of none.
    """
    read = anonymise(words)
    written = [
        read.given[each.found.start : each.found.end]
        for each in read.spans
        if each.found.kind is Kind.DATE
    ]
    to_come = [each for each in written if _is_to_come(each, day)]
    days_known = (replace(each, people=(), words=()) for each in cases)
    known = [e for e in named_in(words, days_known) if not any(e in each for each in to_come)]
    return list(dict.fromkeys([*to_come, *known]))


def _is_to_come(said: str, day: date) -> bool:
    if (written := day_written(said)) is None:
        return False
    number, month, year = written
    if year is not None:
        return day < _real_day(year, month, number)
    found = (_real_day(each, month, number) for each in (day.year, day.year + 1))
    return any(day < each <= day + HALF_A_YEAR for each in found)


def _real_day(year: int, month: int, number: int) -> date:
    """Return a day, or one that is long over where there is none: 31 November."""
    try:
        return date(year, month, number)
    except ValueError:
        return date.min
