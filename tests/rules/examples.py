"""Calendars, rules and frames that the tests of the rules share."""

from datetime import date, datetime, time

from hypothesis import settings

from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.clock_rules import ClockRules, Status, TimeLimit
from forthright.rules.entitlement import Entitlement
from forthright.rules.frame import FrameRow
from forthright.rules.words import LONDON

# A rule is small enough for a few dozen examples to find its edges.
QUICK = settings(max_examples=30, deadline=None, derandomize=True)
CALENDAR = published_bank_holidays().calendar

ONE_DAY = TimeLimit(
    entitlement=Entitlement.ENHANCED,
    working_days=1,
    source="a published scheme",
    status=Status.PUBLISHED,
)
FIVE_DAYS = TimeLimit(
    entitlement=Entitlement.STANDARD,
    working_days=5,
    source="a published scheme",
    status=Status.PUBLISHED,
)
RULES = ClockRules(version="test", limits=(ONE_DAY, FIVE_DAYS))
FIVE_OCLOCK = ClockRules(version="test-5pm", limits=(ONE_DAY, FIVE_DAYS), cut_off=time(17, 0))


def at(day: date, hour: int = 12, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)


def a_frame(size: int = 60) -> list[FrameRow]:
    units = ("Magistrates", "Crown Court", "RASSO")
    return [
        FrameRow(
            reference=f"D{number:04d}",
            unit=units[number % 3],
            drafter=f"drafter {number % 7}",
            is_sent=number % 10 != 0,
            is_late=number % 4 == 0,
            flags=("domestic abuse",) if number % 5 == 0 else (),
        )
        for number in range(size)
    ]
