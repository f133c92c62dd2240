"""The standard a letter or a disclosure is marked by: criteria, levels, anchors, root causes."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from forthright.rules.sampled import Subject


class Level(StrEnum):
    FULLY = "FULLY"
    PARTIALLY = "PARTIALLY"
    NOT_MET = "NOT_MET"
    NOT_APPLICABLE = "NOT_APPLICABLE"

    @property
    def words(self) -> str:
        """Say the level as the marking page does."""
        return {
            Level.FULLY: "Fully meets",
            Level.PARTIALLY: "Partly meets",
            Level.NOT_MET: "Does not meet",
            Level.NOT_APPLICABLE: "Does not apply",
        }[self]


class Group(StrEnum):
    FACTS = "FACTS"
    JUDGEMENT = "JUDGEMENT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """What a level means for one criterion, and a short example of it."""

    anchor: str
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    code: str
    title: str
    group: Group = Group.FACTS
    question: str = ""
    guidance: str = ""
    applies_when: str = ""
    is_critical: bool = False
    critical_because: str = ""
    is_timeliness: bool = False
    levels: Mapping[Level, Anchor]

    @property
    def may_not_apply(self) -> bool:
        """Say whether "does not apply" is a mark this criterion may have."""
        return bool(self.applies_when)


@dataclass(frozen=True, slots=True, kw_only=True)
class RootCause:
    code: str
    title: str
    guidance: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverallRule:
    """How many lesser marks a letter may have at each overall level."""

    version: str
    partly_allowed_for_fully: int
    not_met_allowed_for_partially: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rubric:
    version: str
    title: str
    in_force_from: date
    status: str
    confirmed_by: str
    criteria: tuple[Criterion, ...]
    root_causes: tuple[RootCause, ...]
    rule: OverallRule
    # By code, for the members of a panel, who have the letter alone.
    panel_guidance: Mapping[str, str] = field(default_factory=dict)

    @property
    def quality_criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria that make up quality; timeliness is never among them."""
        return tuple(each for each in self.criteria if not each.is_timeliness)

    def criterion(self, code: str) -> Criterion:
        """Return a criterion by its code."""
        return next(each for each in self.criteria if each.code == code)


# The file of each standard that ships.
FILES = {
    Subject.LETTERS: "data/letter_rubric.toml",
    Subject.DISCLOSURE: "data/disclosure_rubric.toml",
}


@cache
def published_rubric(subject: Subject = Subject.LETTERS) -> Rubric:
    """Return the rubric that ships with the product, as the seed of an Area's own."""
    text = files("forthright.rules").joinpath(FILES[subject]).read_text("utf-8")
    table = tomllib.loads(text)
    return Rubric(
        version=table["version"],
        title=table["title"],
        in_force_from=table["in_force_from"],
        status=table["status"],
        confirmed_by=table["confirmed_by"],
        criteria=tuple(_criterion(row) for row in table["criterion"]),
        root_causes=tuple(RootCause(**row) for row in table["root_cause"]),
        rule=OverallRule(**table["rule"]),
        panel_guidance=table.get("panel_guidance", {}),
    )


def _criterion(row: dict[str, Any]) -> Criterion:
    levels = {Level(name): Anchor(**words) for name, words in row["levels"].items()}
    return Criterion(**{**row, "group": Group(row["group"]), "levels": levels})
