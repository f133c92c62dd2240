"""The periods recordings are watched by, and what is counted from them; each dated and cited."""

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from forthright.rules.clock_rules import Status
from forthright.rules.words import LONDON, count_words, date_words

LAST_MINUTE = time(23, 59)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """One number, what it is for, where it comes from and whether the Area has confirmed it."""

    name: str
    words: str
    value: int
    source: str
    status: Status

    @property
    def is_confirmed(self) -> bool:
        """Say whether it was published or the Area has confirmed it."""
        return self.status is not Status.TO_BE_CONFIRMED


@dataclass(frozen=True, slots=True)
class MediaPeriods:
    """One edition of the periods, by name."""

    version: str
    periods: Mapping[str, Period]

    def __getitem__(self, name: str) -> int:
        return self.periods[name].value


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedStep:
    """A day counted from the hearing: what falls on it, and the period it was counted by."""

    words: str
    on: date
    by: Period


def dates_before(hearing_on: date, periods: MediaPeriods) -> tuple[DatedStep, ...]:
    """Return the days that are counted back from the hearing, the earliest first."""
    steps = (
        ("Key media go out with the papers by", "pack_days"),
        ("Amber, unless ready, from", "amber_days"),
        ("Red, unless ready, from", "red_days"),
    )
    dated = [
        DatedStep(
            words=words,
            on=hearing_on - timedelta(days=periods[name]),
            by=periods.periods[name],
        )
        for words, name in steps
    ]
    return tuple(sorted(dated, key=lambda step: step.on))


def expected_hearing(sent_on: date, periods: MediaPeriods) -> date:
    """Return the day to work to while the court has not listed the hearing: the earlier one."""
    return sent_on + timedelta(days=periods["ptph_days"])


def latest_hearing(sent_on: date, periods: MediaPeriods) -> date:
    """Return the day by which courts that list later hold the hearing."""
    return sent_on + timedelta(days=periods["ptph_longest_days"])


def link_ends(hearing_on: date | None, today: date, periods: MediaPeriods) -> date | None:
    """Return the day until which a link opens unless another is chosen; None without a hearing."""
    if hearing_on is None:
        return None
    return max(hearing_on, today) + timedelta(days=periods["link_days_after"])


def why_opens_too_long(
    until: date, hearing_on: date | None, today: date, periods: MediaPeriods
) -> str:
    """Say why a link is not made to open until a day so far away, or nothing."""
    counted_from = max(hearing_on or today, today)
    longest = periods["link_longest_days"]
    last = counted_from + timedelta(days=longest)
    if until <= last:
        return ""
    return (
        f"No link opens for longer than {count_words(longest, 'day')} after the hearing, or after "
        f"today where that is later: choose {date_words(last)} or a day before it. Whoever still "
        "needs the recording then is sent another link."
    )


def dispute_deadline(given_on: date, periods: MediaPeriods) -> datetime:
    """Return the last minute in which the police may dispute a reason given on a day."""
    month_end = given_on.replace(day=monthrange(given_on.year, given_on.month)[1])
    last_day = month_end + timedelta(days=periods["dispute_days"])
    return datetime.combine(last_day, LAST_MINUTE, tzinfo=LONDON)


def changed_periods(
    current: MediaPeriods, values: Mapping[str, int], *, source: str, version: str
) -> MediaPeriods:
    """Return another edition: a number that is given anew is the Area's own, so confirmed."""
    periods = {
        name: Period(
            name=name,
            words=period.words,
            value=values[name],
            source=source,
            status=Status.CONFIRMED,
        )
        if name in values
        else period
        for name, period in current.periods.items()
    }
    return MediaPeriods(version, periods)


@cache
def published_periods() -> MediaPeriods:
    """Return the periods that ship with the product, which hold until an Area changes them."""
    table = _table()
    return MediaPeriods(
        table["version"],
        {
            name: Period(
                name=name,
                words=row["words"],
                value=row["value"],
                source=row["source"],
                status=Status(row["status"]),
            )
            for name, row in table["period"].items()
        },
    )


@cache
def failure_reasons() -> tuple[str, ...]:
    """Return the multimedia reasons of the Director's Guidance Assessment, word for word."""
    return tuple(_table()["feedback"]["reasons"])


def _table() -> dict[str, Any]:
    text = files("forthright.rules").joinpath("data/media_periods.toml").read_text("utf-8")
    return tomllib.loads(text)
