"""The numbers that second marks and faults that come again are governed by; dated and cited."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
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
            name: DatedNumber(**{**row, "status": Status(str(row["status"]))})
            for name, row in table["number"].items()
        },
    )


class NumbersRefused(ValueError):
    """Numbers that cannot be adopted, and why."""


# The least and the most that a number may be: a share of a hundred, or a count.
A_SHARE, A_COUNT = (0, 100), (1, 520)


def reach_of_number(name: str) -> tuple[int, int]:
    """Return the least and the most that a number may be."""
    if name == "systemic_letters":
        return (3, A_COUNT[1])
    return A_SHARE if name.endswith("_percent") else A_COUNT


def numbers_adopted(
    before: SecondMarkNumbers, values: Mapping[str, int], *, version: str, source: str,
    confirmed: bool, in_force_from: date,
) -> SecondMarkNumbers:  # fmt: skip
    """Return the next edition of the numbers; what is neither changed nor confirmed stays.

    :raises NumbersRefused: if nothing is changed or confirmed, or a number is out of its reach
    """
    for name, value in values.items():
        least, most = reach_of_number(name)
        if not least <= value <= most:
            raise NumbersRefused(
                f"{before.numbers[name].words}: {value} cannot be. Enter {least} to {most}."
            )
    status = Status.CONFIRMED if confirmed else Status.TO_BE_CONFIRMED
    numbers = {
        name: replace(
            each, value=values.get(name, each.value), source=source,
            in_force_from=in_force_from, status=status,
        )
        if values.get(name, each.value) != each.value
        or (confirmed and each.status is Status.TO_BE_CONFIRMED)
        else each
        for name, each in before.numbers.items()
    }  # fmt: skip
    if numbers == dict(before.numbers):
        raise NumbersRefused("Nothing is changed or confirmed. Change a number, or go back.")
    return SecondMarkNumbers(version, numbers)


def numbers_as_kept(numbers: SecondMarkNumbers) -> dict[str, dict[str, object]]:
    """Return the numbers as plain values to keep."""
    return {
        name: {
            "value": each.value, "source": each.source, "status": str(each.status),
            "in_force_from": each.in_force_from.isoformat(),
        }
        for name, each in numbers.numbers.items()
    }  # fmt: skip


def numbers_from_kept(
    version: str, kept: Mapping[str, Mapping[str, str | int]]
) -> SecondMarkNumbers:
    """Return kept numbers; one that came with a later release is as published."""
    numbers = dict(published_second_mark_numbers().numbers)
    for name, row in kept.items():
        if name in numbers:
            numbers[name] = replace(
                numbers[name],
                value=int(row["value"]),
                source=str(row["source"]),
                status=Status(str(row["status"])),
                in_force_from=date.fromisoformat(str(row["in_force_from"])),
            )
    return SecondMarkNumbers(version, numbers)
