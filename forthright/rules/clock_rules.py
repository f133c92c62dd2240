"""The rules of the letter clock: limits, cut-off hour and day one, each dated and cited."""

import tomllib
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from forthright.rules.entitlement import Entitlement
from forthright.rules.words import count_words, time_words


class Status(StrEnum):
    PUBLISHED = "published"
    TO_BE_CONFIRMED = "to be confirmed"
    CONFIRMED = "confirmed"


class Measure(StrEnum):
    """What stops the clock."""

    SENT = "SENT"
    REACHED = "REACHED"


class DayOne(StrEnum):
    """Which day is the first to be counted."""

    NEXT_WORKING_DAY = "NEXT_WORKING_DAY"
    DAY_OF_DECISION = "DAY_OF_DECISION"


class LimitMissing(LookupError):
    """The rules hold no time limit for an entitlement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a value comes from, since when it holds, and who has confirmed it."""

    source: str
    source_address: str = ""
    in_force_from: date = date(2020, 1, 1)
    status: Status = Status.TO_BE_CONFIRMED
    confirmed_by: str = ""


# A setting in words, its source, and whether it is confirmed.
Setting = tuple[str, str, Status]
UNCITED = Provenance(source="This service's own setting")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeLimit:
    entitlement: Entitlement
    working_days: int
    source: str
    source_address: str = ""
    in_force_from: date = date(2020, 1, 1)
    status: Status = Status.TO_BE_CONFIRMED
    confirmed_by: str = ""

    @property
    def words(self) -> str:
        """Say the limit: "1 working day"."""
        return count_words(self.working_days, "working day")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRules:
    """One dated edition of the clock's rules.

    When a cut-off hour is set, a decision made after it, or on a day that is
    not a working day, counts as made on the next working day; otherwise a
    Saturday's letter could be due before one decided late on the Friday.
    """

    version: str
    limits: tuple[TimeLimit, ...]
    cut_off: time | None = None
    cut_off_from: Provenance = UNCITED
    day_one: DayOne = DayOne.NEXT_WORKING_DAY
    day_one_from: Provenance = UNCITED
    measure: Measure = Measure.SENT
    measure_from: Provenance = UNCITED

    def limit_for(self, entitlement: Entitlement) -> TimeLimit:
        """Return the limit of an entitlement; one not known is treated as enhanced.

        :raises LimitMissing: if the rules hold none
        """
        used = entitlement_used(entitlement)
        for limit in self.limits:
            if limit.entitlement is used:
                return limit
        raise LimitMissing(
            f"The clock rules, version {self.version}, hold no time limit for "
            f"{used.words.lower()}. An administrator adds it."
        )

    def to_confirm(self) -> tuple[str, ...]:
        """Say which settings the Area has yet to confirm."""
        settings = (*self._of_the_date(), self._of_the_measure(), *map(_of_limit, self.limits))
        return tuple(words for words, _, status in settings if status is Status.TO_BE_CONFIRMED)

    def unconfirmed_for(self, entitlement: Entitlement) -> tuple[str, ...]:
        """Say which rules behind a due date nobody has confirmed, each with its source.

        :raises LimitMissing: if the rules hold no limit for the entitlement
        """
        settings = (
            _of_limit(self.limit_for(entitlement)), *self._of_the_date(), self._of_the_measure()
        )  # fmt: skip
        return tuple(
            f"Unverified, to be confirmed by the Area: {words}. Source: {source}."
            for words, source, status in settings
            if status is Status.TO_BE_CONFIRMED
        )

    def _of_the_date(self) -> tuple[Setting, Setting]:
        cut_off = (
            f"cut-off hour {time_words(self.cut_off)}"
            if self.cut_off
            else "no cut-off hour, so a decision at any time counts on its own day"
        )
        first = {
            DayOne.NEXT_WORKING_DAY: "the working day after the decision is the first day counted",
            DayOne.DAY_OF_DECISION: "the day of the decision is the first day counted",
        }[self.day_one]
        return (
            (cut_off, self.cut_off_from.source, self.cut_off_from.status),
            (first, self.day_one_from.source, self.day_one_from.status),
        )

    def _of_the_measure(self) -> Setting:
        stops = {
            Measure.SENT: "a letter is on time when it is sent",
            Measure.REACHED: "a letter is on time when it has reached the person",
        }[self.measure]
        return stops, self.measure_from.source, self.measure_from.status


def _of_limit(limit: TimeLimit) -> Setting:
    return f"{limit.entitlement.words}: {limit.words}", limit.source, limit.status


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeLimit:
    working_days: int
    provenance: Provenance


def entitlement_used(entitlement: Entitlement) -> Entitlement:
    """Return the entitlement that the clock runs on: not known counts as enhanced."""
    return Entitlement.ENHANCED if entitlement is Entitlement.UNKNOWN else entitlement


@cache
def published_clock_rules() -> ClockRules:
    """Return the rules that ship with the product, as the seed of an Area's own."""
    table = _table()
    clock = table["clock"]
    cut_off = clock["cut_off"]["value"]
    return ClockRules(
        version=table["version"],
        limits=tuple(_limit(row) for row in table["limit"]),
        cut_off=time.fromisoformat(cut_off) if cut_off else None,
        cut_off_from=_provenance(clock["cut_off"]),
        day_one=DayOne(clock["day_one"]["value"]),
        day_one_from=_provenance(clock["day_one"]),
        measure=Measure(clock["measure"]["value"]),
        measure_from=_provenance(clock["measure"]),
    )


@cache
def published_dispute_limit() -> DisputeLimit:
    """Return how long a drafter has to dispute a mark, as shipped."""
    row = _table()["feedback"]["dispute"]
    return DisputeLimit(working_days=row["working_days"], provenance=_provenance(row))


def _table() -> dict[str, Any]:
    text = files("forthright.rules").joinpath("data/vcl_limits.toml").read_text("utf-8")
    return tomllib.loads(text)


def _provenance(row: dict[str, Any]) -> Provenance:
    return Provenance(
        source=row["source"],
        source_address=row["source_address"],
        in_force_from=row["in_force_from"],
        status=Status(row["status"]),
        confirmed_by=row["confirmed_by"],
    )


def _limit(row: dict[str, Any]) -> TimeLimit:
    return TimeLimit(
        entitlement=Entitlement(row["entitlement"]),
        working_days=row["working_days"],
        source=row["source"],
        source_address=row["source_address"],
        in_force_from=row["in_force_from"],
        status=Status(row["status"]),
        confirmed_by=row["confirmed_by"],
    )
