"""A rule of the checks: what it looks for, how grave it is, who says so, and its examples.

Rules are data in TOML files, so that an Area can add one without a programmer; every fault in
such a file is refused with the file, the rule and the field it stands in.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from graphlib import CycleError, TopologicalSorter
from importlib.resources import files
from pathlib import Path
from typing import Any

from forthright.rules.letter_checks.conditions import ALWAYS, Condition, ConditionRefused
from forthright.rules.letter_checks.phrases import PatternRefused
from forthright.rules.rubric import published_rubric
from forthright.rules.words import list_words


class Level(StrEnum):
    """How grave a finding is: a stop needs a mend or a named override with its reason."""

    STOP = "stop"
    WARN = "warn"
    ADVISE = "advise"


class Kind(StrEnum):
    """How a rule looks at a letter."""

    EXISTENCE = "existence"
    SUBSTITUTION = "substitution"
    OCCURRENCE = "occurrence"
    RECORD_MATCH = "record_match"
    BLOCK_PRESENCE = "block_presence"
    ORDER = "order"
    REPETITION = "repetition"


class Status(StrEnum):
    """Whether what a rule rests on was read in its source, or an Area has still to confirm it."""

    CONFIRMED = "confirmed"
    TO_BE_CONFIRMED = "to be confirmed"


class RulesRefused(ValueError):
    """A file of rules cannot be used; the message names the file, the rule and the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A letter that a rule must find a fault in, or must leave alone.

    `changes` are changes to the example case that ships with the product; an example with no
    case at all has `has_case` false. `words` are what the finding has to mark, where it matters.
    """

    letter: str
    must_fire: bool
    changes: Mapping[str, Any] = field(default_factory=dict)
    has_case: bool = True
    words: str = ""
    template: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    id: str
    title: str
    level: Level
    kind: Kind
    source: str
    message: str
    find: Mapping[str, Any]
    place: str
    source_address: str = ""
    # The criterion of the marking standard under which people mark what the rule looks for.
    criterion: str = ""
    status: Status = Status.CONFIRMED
    in_force_from: date = date.min
    in_force_until: date | None = None
    when: Condition = ALWAYS
    # Whether it is used on a letter in any language; the others read English alone.
    any_language: bool = False
    suggestion: str = ""
    # Rules that say more of the same words: where one of them, as grave, marks words that this
    # one marks too, this one says nothing.
    yields_to: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    @property
    def is_of_order(self) -> bool:
        """Say whether it looks at what comes first in a letter, as a template settles it."""
        return self.kind is Kind.ORDER or "sentences" in self.find

    @property
    def may_stop(self) -> bool:
        """Say whether it may stop a letter: what measures how hard a text reads only advises."""
        is_of_reading = self.kind is Kind.OCCURRENCE and self.find.get("measure") in OF_READING
        return not is_of_reading

    def is_in_force(self, day: date) -> bool:
        """Say whether the rule is used on a day; its last day counts."""
        return self.in_force_from <= day and (
            self.in_force_until is None or day <= self.in_force_until
        )


# What says how hard a text is to read, and nothing of whether it is right or kind.
OF_READING = frozenset(
    {"sentence_words", "paragraph_sentences", "reading_ease", "passive_share", "abstract_words"}
)
ONLY_ADVISES = (
    "a rule that measures how easy a text is to read never stops a letter, because a score says "
    "nothing of whether the letter is right or kind. Make it warn or advise."
)
# What a rule says that looks for something people give no mark on.
NO_CRITERION = "none"
TEXTS = ("id", "title", "source", "message")
CHOICES: Mapping[str, type[StrEnum]] = {"level": Level, "kind": Kind, "status": Status}
KNOWN = frozenset(
    {*TEXTS, *CHOICES, "source_address", "criterion", "in_force_from", "in_force_until", "when",
     "any_language", "suggestion", "yields_to", "find", "must_fire", "must_not_fire"}
)  # fmt: skip
KNOWN_OF_EXAMPLE = frozenset({"letter", "changes", "has_case", "words", "template", "recent"})


def load_rules(folder: Path) -> tuple[Rule, ...]:
    """Return the rules of every .toml file in a folder, in the order of the files' names.

    :raises RulesRefused: if a file cannot be read or a rule in it is not one
    """
    if not folder.is_dir():
        raise RulesRefused(f"{folder} is not a folder of rules.")
    tables = sorted(folder.glob("*.toml"))
    if not tables:
        raise RulesRefused(f"{folder} holds no .toml file, so no rules.")
    return rules_of({path.name: path.read_bytes() for path in tables})


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """Return the rules that ship with the product."""
    folder = files("forthright.rules").joinpath("data/letter_rules")
    named = sorted((each for each in folder.iterdir()), key=lambda each: each.name)
    return rules_of({each.name: each.read_bytes() for each in named if each.name.endswith(".toml")})


def rules_of(contents: Mapping[str, bytes]) -> tuple[Rule, ...]:
    """Return the rules of some files by their names.

    :raises RulesRefused: if a file cannot be read, a rule is not one, or two have one id
    """
    from forthright.rules.letter_checks.kinds import finder_of

    rules: list[Rule] = []
    for name, content in contents.items():
        rules += _rules_of_file(name, content)
    seen: dict[str, str] = {}
    known = {rule.id for rule in rules}
    for rule in rules:
        if strange := sorted(set(rule.yields_to) - known):
            raise RulesRefused(f"{rule.place}, field yields_to: there is no rule {strange[0]}.")
        if rule.id in seen:
            raise RulesRefused(f"{rule.place}: {seen[rule.id]} has the same id.")
        seen[rule.id] = rule.place
        if rule.level is Level.STOP and not rule.may_stop:
            raise RulesRefused(f"{rule.place}, field level: {ONLY_ADVISES}")
        try:
            finder_of(rule)
        except PatternRefused as refusal:
            raise RulesRefused(f"{rule.place}, field find: {refusal}") from refusal
    try:
        TopologicalSorter({rule.id: rule.yields_to for rule in rules}).prepare()
    except CycleError as fault:
        ring = ", ".join(dict.fromkeys(fault.args[1]))
        raise RulesRefused(
            f"Field yields_to: {ring} would wait for one another, so that none speaks."
        ) from fault
    return tuple(rules)


# An Area's changed set holds the files that ship, but for one or two.
@lru_cache(maxsize=200)
def _rules_of_file(name: str, content: bytes) -> tuple[Rule, ...]:
    try:
        table = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise RulesRefused(f"{name}: the file is not TOML: {fault}.") from fault
    if strange := sorted(set(table) - {"rule"}):
        raise RulesRefused(f"{name}: a file of rules holds [[rule]] only, not {strange[0]}.")
    rows = table.get("rule", [])
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        raise RulesRefused(f"{name}: write [[rule]], with two brackets, above each rule.")
    return tuple(_rule(row, f"{name}, rule {row.get('id', number)}") for number, row in
                 enumerate(rows, start=1))  # fmt: skip


def _rule(row: Mapping[str, Any], place: str) -> Rule:
    if strange := sorted(set(row) - KNOWN):
        raise RulesRefused(f"{place}: there is no field {list_words(strange)}.")
    for name in (*TEXTS, "level", "kind"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise RulesRefused(f"{place}: the field {name} is missing. It is written in words.")
    chosen: dict[str, Any] = {name: _chosen(row[name], of, f"{place}, field {name}")
              for name, of in CHOICES.items() if name in row}  # fmt: skip
    days: dict[str, Any] = {name: _day(row[name], f"{place}, field {name}")
            for name in ("in_force_from", "in_force_until") if name in row}  # fmt: skip
    try:
        when = Condition.from_table(_table(row, "when", place), f"{place}, field when")
    except ConditionRefused as refusal:
        raise RulesRefused(str(refusal)) from refusal
    return Rule(
        **{name: row[name] for name in TEXTS},
        **chosen,
        **days,
        when=when,
        source_address=_words(row, "source_address", place),
        criterion=_criterion(row.get("criterion", ""), f"{place}, field criterion"),
        any_language=_yes_or_no(row.get("any_language", False), f"{place}, field any_language"),
        suggestion=_words(row, "suggestion", place),
        yields_to=_lines(row, "yields_to", place),
        find=_table(row, "find", place),
        place=place,
        examples=(
            *_examples(row, "must_fire", place),
            *_examples(row, "must_not_fire", place),
        ),
    )


def _criterion(value: Any, place: str) -> str:
    known = [each.code for each in published_rubric().quality_criteria]
    if value not in ("", NO_CRITERION, *known):
        raise RulesRefused(
            f"{place}: the standard has no criterion {value!r}. It has {list_words(known)}; a rule "
            f"that serves none of them says {NO_CRITERION!r}."
        )
    return str(value)


def _chosen(value: Any, of: type[StrEnum], place: str) -> StrEnum:
    try:
        return of(value)
    except ValueError:
        known = list_words([each.value for each in of], joined_by="or")
        raise RulesRefused(f"{place}: it is {known}, not {value!r}.") from None


def _day(value: object, place: str) -> date:
    if type(value) is not date:
        raise RulesRefused(f"{place}: write a day like 2026-04-01, with no quotation marks.")
    return value


def _yes_or_no(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise RulesRefused(f"{place}: write true or false, with no quotation marks.")
    return value


def _table(row: Mapping[str, Any], name: str, place: str) -> Mapping[str, Any]:
    value = row.get(name, {})
    if not isinstance(value, Mapping):
        raise RulesRefused(f"{place}: the field {name} is a table, like {{ key = value }}.")
    return value


def _words(row: Mapping[str, Any], name: str, place: str) -> str:
    value = row.get(name, "")
    if not isinstance(value, str):
        raise RulesRefused(f"{place}, field {name}: it is written in words, in quotation marks.")
    return value


def _examples(row: Mapping[str, Any], name: str, place: str) -> list[Example]:
    rows, where = row.get(name, []), f"{place}, field {name}"
    if not isinstance(rows, list):
        raise RulesRefused(f"{where}: it is a list of examples, in square brackets.")
    return [_example(each, where, must_fire=name == "must_fire") for each in rows]


def _example(row: Any, place: str, *, must_fire: bool) -> Example:
    table = {"letter": row} if isinstance(row, str) else row
    if not isinstance(table, Mapping) or not isinstance(table.get("letter"), str):
        raise RulesRefused(f"{place}: an example is the words of a letter, or a table with them.")
    if strange := sorted(set(table) - KNOWN_OF_EXAMPLE):
        raise RulesRefused(f"{place}: an example has no field {list_words(strange)}.")
    where = f"{place}, an example"
    _table(table, "changes", where)
    _words(table, "words", where)
    _yes_or_no(table.get("has_case", True), f"{where}, field has_case")
    lists = {name: _lines(table, name, where) for name in ("template", "recent")}
    return Example(**{**table, **lists}, must_fire=must_fire)


def _lines(row: Mapping[str, Any], name: str, place: str) -> tuple[str, ...]:
    value = row.get(name, [])
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise RulesRefused(f"{place}, field {name}: it is a list of texts in quotation marks.")
    return tuple(value)
