"""The numbers that second marks and faults that come again are governed by; dated and cited."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from forthright.rules.clock_rules import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedNumber:
    """One number, what it is for, where it comes from and whether the Area has confirmed it."""

    words: str
    value: int
    source: str
    in_force_from: date
    status: Status


@dataclass(frozen=True, slots=True)
class SecondMarkNumbers:
    """One edition of the numbers, by name."""

    version: str
    numbers: Mapping[str, DatedNumber]

    def __getitem__(self, name: str) -> int:
        return self.numbers[name].value

    def to_confirm(self) -> tuple[str, ...]:
        """Say which numbers nobody of the Area has confirmed, each with its source."""
        return tuple(
            f"{each.words}: {each.value} ({each.source})."
            for each in self.numbers.values()
            if each.status is Status.TO_BE_CONFIRMED
        )


@cache
def published_second_mark_numbers() -> SecondMarkNumbers:
    """Return the numbers that ship with the product, which hold until an Area changes them."""
    text = files("forthright.rules").joinpath("data/second_marks.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return SecondMarkNumbers(
        table["version"],
        {
            name: DatedNumber(**{**row, "status": Status(row["status"])})
            for name, row in table["number"].items()
        },
    )
