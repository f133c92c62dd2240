"""How long each step of a letter may take: dated settings, each with its source."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from forthright.rules.clock_rules import Status
from forthright.rules.working_days import Calendar
from forthright.rules.working_hours import WorkingHours

HOURS_OF_THE_DAY = ("day_begins", "day_ends", "goes_out_at")
LONGEST = 80


class AllowanceRefused(ValueError):
    """Settings that cannot hold together; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowance:
    """One number, what it is for, where it comes from and whether the Area has confirmed it."""

    name: str
    words: str
    value: int
    source: str
    in_force_from: date
    status: Status

    @property
    def is_confirmed(self) -> bool:
        """Say whether the Area has confirmed it."""
        return self.status is not Status.TO_BE_CONFIRMED


@dataclass(frozen=True, slots=True)
class StageAllowances:
    """One edition of the settings, by name."""

    version: str
    allowances: Mapping[str, Allowance]

    def __getitem__(self, name: str) -> int:
        return self.allowances[name].value

    def hours(self, calendar: Calendar) -> WorkingHours:
        """Return the hours that count by these settings."""
        return WorkingHours(calendar, self["day_begins"], self["day_ends"])

    @property
    def source(self) -> str:
        """Say where the settings come from: each source once."""
        return "; ".join(dict.fromkeys(each.source for each in self.allowances.values()))


def changed_allowances(
    stand: StageAllowances, own: Mapping[str, Mapping[str, Any]], *, version: str
) -> StageAllowances:
    """Return an edition in which some settings are the Area's own."""
    allowances = {
        name: replace(
            each,
            value=int(own[name]["value"]),
            source=str(own[name]["source"]),
            in_force_from=date.fromisoformat(own[name]["in_force_from"]),
            status=Status.CONFIRMED,
        )
        if name in own
        else each
        for name, each in stand.allowances.items()
    }
    return StageAllowances(version, allowances)


def most_of(name: str) -> int:
    """Return the greatest that a setting may be: an hour of the day, or so many working hours."""
    return 23 if name in HOURS_OF_THE_DAY else LONGEST


def check_allowances(values: Mapping[str, int]) -> None:
    """Refuse settings that leave no hour to work in, or a letter that goes out after hours.

    :raises AllowanceRefused: with what does not hold together
    """
    if not 0 <= values["day_begins"] < values["day_ends"] <= 23:
        raise AllowanceRefused("A working day begins before it ends: give it at least one hour.")
    if not values["day_begins"] < values["goes_out_at"] <= values["day_ends"]:
        raise AllowanceRefused("Letters go out within the hours that count: choose an hour there.")
    spans = {name: each for name, each in values.items() if name not in HOURS_OF_THE_DAY}
    if any(not 0 <= each <= LONGEST for each in spans.values()):
        raise AllowanceRefused(f"A step takes 0 to {LONGEST} working hours.")


@cache
def published_allowances() -> StageAllowances:
    """Return the settings that ship with the product, which hold until an Area changes them."""
    text = files("forthright.rules").joinpath("data/stage_allowances.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return StageAllowances(
        table["version"],
        {
            name: Allowance(
                name=name,
                words=row["words"],
                value=row["value"],
                source=table["source"],
                in_force_from=table["in_force_from"],
                status=Status(table["status"]),
            )
            for name, row in table["setting"].items()
        },
    )
