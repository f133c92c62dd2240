"""In which cases a meeting has to be offered, by the dated list."""

import tomllib
from collections.abc import Collection
from datetime import date
from functools import cache
from importlib.resources import files

from forthright.rules.case_file import Flag


@cache
def _editions() -> tuple[tuple[date, frozenset[Flag]], ...]:
    text = files("forthright.rules").joinpath("data/specified_meetings.toml").read_text("utf-8")
    rows = tomllib.loads(text)["edition"]
    found = [(row["in_force_from"], frozenset(Flag(each) for each in row["flags"])) for row in rows]
    return tuple(sorted(found, reverse=True))


def must_offer_meeting(flags: Collection[Flag], decided_on: date) -> bool:
    """Say whether a meeting has to be offered in a case marked so and decided on that day."""
    for in_force_from, listed in _editions():
        if in_force_from <= decided_on:
            return not listed.isdisjoint(flags)
    return False
