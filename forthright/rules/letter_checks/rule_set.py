"""A set of rules as an Area holds it: files, and by rule what is changed of them."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files

from forthright.rules.letter_checks.rule import ONLY_ADVISES, Level, Rule, RulesRefused, rules_of

OFF = "off"
COMPARED = ("title", "kind", "source", "message", "find", "criterion", "status", "in_force_from",
            "in_force_until", "when", "any_language", "suggestion", "yields_to")  # fmt: skip
# What decides where a rule fires.
DECIDES = ("kind", "find", "when", "in_force_from", "in_force_until",
           "any_language", "yields_to")  # fmt: skip
# Rules whose stops keep a letter from the wrong person, or from an address that is not safe.
PROTECTING = frozenset(
    {"A2a", "A2b", "A2c", "A2d", "A2e", "A2f", "A2k", "A3a", "A3i", "A3r", "A6a", "A6b", "A6c",
     "F3a", "F3b"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weakened:
    """A rule that protects a person and that a set would no longer stop a letter by."""

    rule: str
    title: str
    how: str


@dataclass(frozen=True, slots=True)
class RuleDifference:
    """One rule that two sets do not have in the same way; `how` says what is other."""

    rule: str
    title: str
    how: str


@cache
def shipped_files() -> Mapping[str, str]:
    """Return the files of the rules that ship with the product, by name."""
    folder = files("forthright.rules").joinpath("data/letter_rules")
    return {
        each.name: each.read_text("utf-8")
        for each in sorted(folder.iterdir(), key=lambda each: each.name)
        if each.name.endswith(".toml")
    }


def digest_of(contents: Mapping[str, str], changes: Mapping[str, str]) -> str:
    """Return the SHA-256 of a set: the same for the same files and changes in any order."""
    text = json.dumps([dict(contents), dict(changes)], sort_keys=True, ensure_ascii=False)
    return sha256(text.encode()).hexdigest()


@cache
def shipped_digest() -> str:
    """Return the digest of the rules that ship."""
    return digest_of(shipped_files(), {})


def rules_in(contents: Mapping[str, str], changes: Mapping[str, str]) -> tuple[Rule, ...]:
    """Return the rules of some files with their levels changed, without those switched off.

    :raises RulesRefused: if a file or a rule is not one, or a change names no rule
    """
    rules = rules_of({name: text.encode() for name, text in contents.items()})
    known = {rule.id: rule for rule in rules}
    for rule_id, level in changes.items():
        if rule_id not in known or level not in {OFF, *Level}:
            raise RulesRefused(f"There is no rule {rule_id}, or no level {level}, to change.")
        if level == Level.STOP and not known[rule_id].may_stop:
            raise RulesRefused(f"Rule {rule_id} cannot be made a stop: {ONLY_ADVISES}")
    return tuple(
        replace(rule, level=Level(changes[rule.id])) if rule.id in changes else rule
        for rule in rules
        if changes.get(rule.id) != OFF
    )


def differences_of(before: Iterable[Rule], after: Iterable[Rule]) -> list[RuleDifference]:
    """Return each rule that two sets do not have in the same way, in the order of the ids."""
    old, new = ({rule.id: rule for rule in rules} for rules in (before, after))
    found = []
    for rule_id in sorted({*old, *new}):
        either = new.get(rule_id) or old[rule_id]
        if how := _how_it_differs(old.get(rule_id), new.get(rule_id)):
            found.append(RuleDifference(rule_id, either.title, how))
    return found


def _how_it_differs(old: Rule | None, new: Rule | None) -> str:
    if old is None:
        return f"new: {new.level}" if new else ""
    if new is None:
        return f"switched off; it was: {old.level}"
    said = [f"{new.level} instead of {old.level}"] if new.level is not old.level else []
    if any(getattr(old, name) != getattr(new, name) for name in COMPARED):
        said.append("reworded")
    return ", ".join(said)


def listed(rules: Iterable[Rule]) -> dict[str, dict[str, str]]:
    """Return by rule what scores and lists need of it, as plain values to keep."""
    return {
        rule.id: {
            "title": rule.title,
            "level": rule.level.value,
            "criterion": rule.criterion,
            "from": rule.in_force_from.isoformat(),
            "until": rule.in_force_until.isoformat() if rule.in_force_until else "",
        }
        for rule in rules
    }


def criteria_on(kept: Mapping[str, Mapping[str, str]], day: date) -> dict[str, str]:
    """Return by rule of a kept list the criterion it served, for those in force on a day."""
    on = day.isoformat()
    return {
        rule: said["criterion"]
        for rule, said in kept.items()
        if said["from"] <= on and (not said["until"] or on <= said["until"])
    }


def weakened_by(rules: Iterable[Rule], shipped: Sequence[Rule]) -> list[Weakened]:
    """Return each rule that protects a person and that a set lacks, weakens or words otherwise."""
    held = {rule.id: rule for rule in rules}
    found = []
    for rule in shipped:
        if rule.id not in PROTECTING:
            continue
        if how := _how_weakened(rule, held.get(rule.id)):
            found.append(Weakened(rule.id, rule.title, how))
    return found


def _how_weakened(shipped: Rule, own: Rule | None) -> str:
    if own is None:
        return "is switched off"
    if own.level is not shipped.level:
        return f"no longer stops a letter ({own.level})"
    if any(getattr(own, name) != getattr(shipped, name) for name in DECIDES):
        return "looks otherwise than in the rules as shipped, and may miss what they find"
    return ""
