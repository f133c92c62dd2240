"""A rule of the schedule check: what it looks for, who says so, and what is asked of the police.

It is a row of TOML like a rule of the letter checks, with the same levels, kinds and statuses; it
looks at items and certificates where the other looks at sentences.
"""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from forthright.rules.letter_checks.phrases import PatternRefused
from forthright.rules.letter_checks.rule import Kind, Level, RulesRefused, Status
from forthright.rules.schedules.schedule import Form

FOLDER = "data/schedule_rules"
FAILURES = "data/police_file_failures.toml"


class Row(BaseModel):
    """A table of a file of rules: what it does not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Example(Row):
    """Schedules that a rule must find a fault in, or must leave alone.

    An item is its description, or a table of fields. `report` are the items of an MG6E beside
    the schedule, `sensitive` those of an MG6D, `earlier` those of the version before, or of the
    schedule before on the form `earlier_form`, `unread` the names of files that could not be read.
    """

    form: Form = Form.MG6C
    items: tuple[str | dict[str, Any], ...] = ()
    head: str = ""
    certificate: str = ""
    report: tuple[dict[str, Any], ...] = ()
    sensitive: tuple[str | dict[str, Any], ...] = ()
    earlier: tuple[str | dict[str, Any], ...] = ()
    earlier_form: Form | None = None
    papers: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    is_whole: bool = False
    words: str | None = None


class When(Row):
    """To which schedules a rule applies; what is left out applies to all."""

    forms: tuple[Form, ...] = tuple(Form)
    is_endorsed: bool | None = None
    # Whether the numbers begin at 1: a later schedule need not list again what an earlier one did.
    is_first: bool | None = None


class ScheduleRule(Row):
    id: str = Field(pattern=r"^[A-Z]+\d+[a-z]*$")
    title: str = Field(min_length=1)
    level: Level
    kind: Kind
    source: str = Field(min_length=1)
    source_address: str = ""
    status: Status = Status.CONFIRMED
    in_force_from: date = date.min
    in_force_until: date | None = None
    message: str = Field(min_length=1)
    suggestion: str = ""
    # One of the reasons by which prosecutors return a file; empty where nothing is returned.
    return_reason: str = ""
    # What is asked of the police in the note, where the suggestion is not it.
    ask: str = ""
    # What it finds is shown to nobody who may not see what is sensitive, and leaves in no pack
    # before somebody has decided it: it may stand on the wrong schedule.
    holds_back: bool = False
    # Rules that say the same of an item and more: where they spoke this one keeps quiet.
    unless_rule: tuple[str, ...] = ()
    when: When = When()
    find: Mapping[str, Any] = Field(default_factory=dict)
    must_fire: tuple[Example, ...] = ()
    must_not_fire: tuple[Example, ...] = ()
    place: str = ""

    @field_validator("must_fire", "must_not_fire", mode="before")
    @classmethod
    def _read_examples(cls, rows: Any) -> Any:
        """Take the words of one item for an example of it alone."""
        if not isinstance(rows, Sequence) or isinstance(rows, str):
            return rows
        return tuple({"items": (row,)} if isinstance(row, str) else row for row in rows)

    @field_validator("return_reason")
    @classmethod
    def _is_a_reason(cls, reason: str) -> str:
        if reason and reason not in failure_reasons():
            raise ValueError("it is none of the reasons in police_file_failures.toml")
        return reason

    def is_in_force(self, day: date) -> bool:
        """Say whether the rule is used on a day; its last day counts."""
        return self.in_force_from <= day and (
            self.in_force_until is None or day <= self.in_force_until
        )


@cache
def failure_reasons() -> tuple[str, ...]:
    """Return the reasons by which prosecutors return a file, in their exact words."""
    table = tomllib.loads(files("forthright.rules").joinpath(FAILURES).read_text("utf-8"))
    return tuple(row["reason"] for row in table["failure"])


@cache
def shipped_schedule_rules() -> tuple[ScheduleRule, ...]:
    """Return the rules that ship with the product."""
    folder = files("forthright.rules").joinpath(FOLDER)
    named = sorted(folder.iterdir(), key=lambda each: each.name)
    return schedule_rules_of({each.name: each.read_bytes() for each in named
                              if each.name.endswith(".toml")})  # fmt: skip


def load_schedule_rules(folder: Path) -> tuple[ScheduleRule, ...]:
    """Return the rules of every .toml file in a folder.

    :raises RulesRefused: if there are none, or one is not a rule
    """
    tables = sorted(folder.glob("*.toml")) if folder.is_dir() else []
    if not tables:
        raise RulesRefused(f"{folder} is not a folder with .toml files of rules.")
    return schedule_rules_of({path.name: path.read_bytes() for path in tables})


def schedule_rules_of(contents: Mapping[str, bytes]) -> tuple[ScheduleRule, ...]:
    """Return the rules of some files by their names.

    :raises RulesRefused: naming the file, the rule and the field that is not right
    """
    from forthright.rules.schedules.kinds import finder_of

    rules: dict[str, ScheduleRule] = {}
    for name, content in contents.items():
        for rule in _rules_of_file(name, content):
            if rule.id in rules:
                raise RulesRefused(f"{rule.place}: {rules[rule.id].place} has the same id.")
            try:
                finder_of(rule)
            except PatternRefused as refusal:
                raise RulesRefused(f"{rule.place}, field find: {refusal}") from refusal
            rules[rule.id] = rule
    return tuple(rules.values())


def _rules_of_file(name: str, content: bytes) -> list[ScheduleRule]:
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise RulesRefused(f"{name}: the file is not TOML: {fault}.") from fault
    rows = table.get("rule", [])
    if set(table) - {"rule"} or not isinstance(rows, list):
        raise RulesRefused(f"{name}: a file of rules holds [[rule]] only.")
    return [_rule(row, f"{name}, rule {row.get('id', number)}")
            for number, row in enumerate(rows, start=1)]  # fmt: skip


def _rule(row: Mapping[str, Any], place: str) -> ScheduleRule:
    try:
        return ScheduleRule.model_validate({**row, "place": place})
    except ValidationError as fault:
        first = fault.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        said = str(first["msg"]).removeprefix("Value error, ")
        raise RulesRefused(f"{place}, field {field}: {said}.") from fault
