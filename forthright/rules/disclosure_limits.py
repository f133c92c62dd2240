"""The time limits of disclosure, each dated and with its source, and the case they are asked of."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from forthright.rules.clock_rules import Status

INITIAL = "stage_1"
HEARING = "hearing"
STATEMENT = "defence_statement"
CUSTODY_LIMIT = "custody_limit"
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


class Way(StrEnum):
    """The way in which papers were served; each counts by rows of its own."""

    ELECTRONIC = "ELECTRONIC"
    POST = "POST"
    HAND = "HAND"

    @property
    def words(self) -> str:
        """Say it as part of a sentence."""
        return {
            Way.ELECTRONIC: "by electronic means", Way.POST: "by post", Way.HAND: "by hand"
        }[self]  # fmt: skip


class Counted(StrEnum):
    """Whether the day of the event counts, and in which direction."""

    AFTER = "AFTER"
    WITH = "WITH"
    BEFORE = "BEFORE"


class LimitsRefused(ValueError):
    """A file of time limits cannot be used; the message names the row and the field."""


@dataclass(frozen=True, slots=True)
class Turn:
    """That custody became bail, or bail custody, once the case had been sent; and on which day."""

    on: date
    remand: Remand


@dataclass(frozen=True, slots=True, kw_only=True)
class SentCase:
    """A case of one defendant; `ordered` are the dates that a court has set, by step.

    `sent` is the day of sending to the Crown Court, or of the not-guilty plea before magistrates,
    and `remand` how the defendant was sent: for the papers that decides, whatever changed since.
    """

    sent: date
    remand: Remand
    court: Court = Court.CROWN
    disclosed: date | None = None
    way: Way = Way.ELECTRONIC
    # Why it counts as given on that day, where it was served at another moment; in words.
    deemed: tuple[str, ...] = ()
    # What that day rests on and nobody has confirmed, by its source.
    deemed_unverified: tuple[str, ...] = ()
    # The day on which the first defence statement came.
    stated: date | None = None
    ordered: Mapping[str, date] | None = None
    # The steps that a court ordered once that statement had come.
    ordered_since: Collection[str] = ()
    # Of each step, what a court ordered that does not count, in words.
    outdated: Mapping[str, Sequence[str]] | None = None
    # On which day the court listed the plea and trial preparation hearing, where that is known.
    listed: date | None = None
    # Whether it took place then and was done with: what the register lists since is another.
    was_done: bool = False
    # What of custody and bail changed since the case was sent, the first change first.
    turns: Sequence[Turn] = ()

    @property
    def remand_now(self) -> Remand:
        """Return where the defendant waits for trial today."""
        return self.turns[-1].remand if self.turns else self.remand

    @property
    def in_custody_since(self) -> date | None:
        """Return on which day the defendant was first in custody; None where never since sent."""
        if self.remand is Remand.CUSTODY:
            return self.sent
        return self.turns[0].on if self.turns else None


class DisclosureLimit(BaseModel):
    """One dated time limit, and where it comes from."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    key: str
    title: str
    event: str = Field(alias="from")
    # Of what is served: the working days after which it counts; 0 where it counts on its day.
    days: int = Field(ge=0)
    counted: Counted
    source: str = Field(min_length=1)
    status: Status
    court: Court = Court.CROWN
    remand: Remand | None = None
    # Whether a defence statement that came after the event moves the day by as long: the same
    # period is counted from the day on which it came.
    like_period: bool = False
    # Until which time of a working day what is served counts on that day; of service alone.
    until: time | None = None
    # The way of service that it is about; every way where none is named.
    way: Way | None = None
    source_address: str = ""
    in_force_from: date
    in_force_until: date | None = None
    confirmed_by: str = ""

    @model_validator(mode="before")
    @classmethod
    def _with_minutes(cls, row: Any) -> Any:
        """Read a row of before, which named a whole hour."""
        if isinstance(row, dict) and "until_hour" in row:
            row = dict(row)
            hour = row.pop("until_hour")
            if hour is not None:
                row["until"] = f"{hour:02d}:00" if isinstance(hour, int) else hour
        return row

    @model_validator(mode="after")
    def _of_service(self) -> Self:
        """Refuse a limit of no days, but for one of service."""
        if not self.days and self.event != SERVED:
            raise ValueError("days must be 1 or more, but for a row from “served”")
        return self

    def applies(self, case: SentCase) -> bool:
        """Say whether the limit counts for a case that began on a day.

        How long a defendant may be in custody hangs on where they are now, and since when.
        """
        began, remand = case.sent, case.remand
        if self.key == CUSTODY_LIMIT:
            began, remand = case.in_custody_since or case.sent, case.remand_now
        is_over = self.in_force_until is not None and began > self.in_force_until
        return (
            self.court is case.court
            and self.in_force_from <= began
            and not is_over
            and self.remand in (None, remand)
            and self.way in (None, case.way)
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
    kinds = list(dict.fromkeys(map(_kind, limits)))
    return sorted(limits, key=lambda each: kinds.index(_kind(each)))


def _kind(limit: DisclosureLimit) -> tuple[str, Court, Remand | None, Way | None]:
    return limit.key, limit.court, limit.remand, limit.way
