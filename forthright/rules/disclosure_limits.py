"""The time limits of disclosure, each dated and with its source, and the case they are asked of."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from forthright.rules.clock_rules import Status

INITIAL = "stage_1"
STATEMENT = "defence_statement"
DISCLOSED = "disclosed"
SERVED = "served"


class Remand(StrEnum):
    CUSTODY = "CUSTODY"
    BAIL = "BAIL"

    @property
    def words(self) -> str:
        """Say where the defendant waits for trial."""
        return "in custody" if self is Remand.CUSTODY else "on bail"


class Court(StrEnum):
    CROWN = "CROWN"
    MAGISTRATES = "MAGISTRATES"

    @property
    def trigger_words(self) -> str:
        """Say what begins the duty to disclose."""
        return {
            Court.CROWN: "sent to the Crown Court",
            Court.MAGISTRATES: "not-guilty plea in the magistrates’ court",
        }[self]


class Counted(StrEnum):
    """Whether the day of the event counts, and in which direction."""

    AFTER = "AFTER"
    WITH = "WITH"
    BEFORE = "BEFORE"


class LimitsRefused(ValueError):
    """A file of time limits cannot be used; the message names the row and the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCase:
    """A case of one defendant; `ordered` are the dates that a court has set, by step.

    `sent` is the day of sending to the Crown Court, or of the not-guilty plea before magistrates.
    """

    sent: date
    remand: Remand
    court: Court = Court.CROWN
    disclosed: date | None = None
    # Why it counts as given on that day, where it was served at another moment; in words.
    deemed: tuple[str, ...] = ()
    # The day on which the first defence statement came.
    stated: date | None = None
    ordered: Mapping[str, date] | None = None
    # The steps that a court ordered once that statement had come.
    ordered_since: Collection[str] = ()


class DisclosureLimit(BaseModel):
    """One dated time limit, and where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    key: str
    title: str
    event: str = Field(alias="from")
    days: int = Field(gt=0)
    counted: Counted
    source: str = Field(min_length=1)
    status: Status
    court: Court = Court.CROWN
    remand: Remand | None = None
    # Whether a defence statement that came after the event moves the day by as long: the same
    # period is counted from the day on which it came.
    like_period: bool = False
    # Until which hour of a working day what is served counts on that day; of service alone.
    until_hour: int | None = Field(default=None, ge=1, le=23)
    source_address: str = ""
    in_force_from: date
    in_force_until: date | None = None
    confirmed_by: str = ""

    def applies(self, case: SentCase) -> bool:
        """Say whether the limit counts for a case that began on a day."""
        is_over = self.in_force_until is not None and case.sent > self.in_force_until
        return (
            self.court is case.court
            and self.in_force_from <= case.sent
            and not is_over
            and self.remand in (None, case.remand)
        )


@dataclass(frozen=True, slots=True)
class DisclosureLimits:
    version: str
    limits: tuple[DisclosureLimit, ...]


@cache
def published_disclosure_limits() -> DisclosureLimits:
    """Return the time limits that ship with the product."""
    text = files("forthright.rules").joinpath("data/disclosure_limits.toml").read_text("utf-8")
    return limits_of(text, "disclosure_limits.toml")


def limits_of(text: str, name: str) -> DisclosureLimits:
    """Return the time limits of a file.

    :raises LimitsRefused: naming the row and the field that is not right
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise LimitsRefused(f"{name}: the file is not TOML: {fault}.") from fault
    rows = table.get("limit")
    if not isinstance(rows, list) or not rows:
        raise LimitsRefused(f"{name}: the file holds no [[limit]].")
    limits = tuple(_limit(row, f"{name}, limit {place}") for place, row in enumerate(rows, 1))
    return DisclosureLimits(str(table.get("version", "without a version")), limits)


def _limit(row: Any, place: str) -> DisclosureLimit:
    try:
        return DisclosureLimit.model_validate(row)
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise LimitsRefused(f"{place}, field {field}: {first['msg']}.") from fault


def in_order(limits: Sequence[DisclosureLimit]) -> list[DisclosureLimit]:
    """Return limits in the order of their steps: what applied before is beside its successor."""
    kinds = list(dict.fromkeys((each.key, each.court, each.remand) for each in limits))
    return sorted(limits, key=lambda each: kinds.index((each.key, each.court, each.remand)))
