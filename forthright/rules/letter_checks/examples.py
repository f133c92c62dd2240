"""The examples that rules carry: letters that a rule must fire on, and letters it must not."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.engine import Finding, check_letter
from forthright.rules.letter_checks.rule import Example, Rule

EXAMPLE_DAY = date(2026, 4, 8)
NO_CRITERION_SAID = (
    "the rule has no field criterion, and needs one: the criterion of the standard under which "
    'people mark what it looks for, like "B2", or "none"'
)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """An example that a rule does not treat as it says it does."""

    rule: str
    place: str
    letter: str
    reason: str


@cache
def _example_table() -> dict[str, Any]:
    text = files("forthright.rules").joinpath("data/example_case.json").read_text("utf-8")
    table: dict[str, Any] = json.loads(text)
    return table


def example_case(changes: Mapping[str, Any] | None = None) -> CaseFile:
    """Return the made-up case of the examples, with parts of it changed.

    A change that is a table changes only what it names; any other takes the place of what was
    there.
    """
    return CaseFile.model_validate(_changed(_example_table(), changes or {}))


def _changed(table: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(table)
    for key, value in changes.items():
        is_table = isinstance(value, Mapping) and isinstance(made.get(key), Mapping)
        made[key] = _changed(made[key], value) if is_table else value
    return made


def disagreements(rules: Sequence[Rule]) -> list[Disagreement]:
    """Return every example that its rule does not treat as it says, and what rules lack."""
    found = []
    for rule in rules:
        if not rule.criterion:
            found.append(Disagreement(rule.id, rule.place, "", NO_CRITERION_SAID))
        for must_fire, field in ((True, "must_fire"), (False, "must_not_fire")):
            if not any(each.must_fire is must_fire for each in rule.examples):
                reason = f"the rule has no example under {field}, and needs one"
                found.append(Disagreement(rule.id, rule.place, "", reason))
        found += [one for each in rule.examples if (one := _disagreement(rule, each))]
    return found


def _disagreement(rule: Rule, example: Example) -> Disagreement | None:
    try:
        case = example_case(example.changes) if example.has_case else None
    except ValueError as fault:
        return Disagreement(rule.id, rule.place, example.letter, f"its case is not one: {fault}")
    findings = check_letter(
        example.letter,
        case,
        [rule],
        as_of=max(EXAMPLE_DAY, rule.in_force_from),
        template_spans=_spans(example),
        recent=example.recent,
    )
    reason = _reason(example, findings)
    return Disagreement(rule.id, rule.place, example.letter, reason) if reason else None


def _reason(example: Example, findings: Sequence[Finding]) -> str:
    if not example.must_fire:
        return f"it must not fire, and did on “{findings[0].words}”" if findings else ""
    if not findings:
        return "it must fire, and did not"
    marked = [each.words for each in findings]
    if example.words and example.words not in marked:
        return f"it must mark “{example.words}”, and marked “{'”, “'.join(marked)}”"
    return ""


def _spans(example: Example) -> list[tuple[int, int, str]]:
    """Return where the template's sentences of an example stand in it."""
    return [
        (place, place + len(words), "example")
        for words in example.template
        if (place := example.letter.find(words)) >= 0
    ]
