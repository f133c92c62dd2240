"""The questions that say when a block or template is used, from the table of conditions."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django import forms

from forthright.rules.letter_checks.conditions import FACTS
from forthright.rules.words import capitalised
from forthright.web.widgets import WrittenField

ONLY, NEVER, ASKED = "only_", "never_", "asked_"
ASKABLE = {key: fact for key, fact in FACTS.items() if key != "has_case"}
ANSWERS = [("", "It does not matter"), ("yes", "Only when it is so"), ("no", "Only when it is not")]


def choices_of(kinds: type[StrEnum]) -> list[tuple[str, str]]:
    """Return values as check boxes show them: "No evidence offered"."""
    return [(each.value, each.value.replace("_", " ").capitalize()) for each in kinds]


def condition_fields() -> dict[str, forms.Field]:
    """Return one question for each true or false fact, and two for each with several values."""
    fields: dict[str, forms.Field] = {}
    for key, fact in ASKABLE.items():
        if not fact.is_list:
            fields[f"{ASKED}{key}"] = forms.ChoiceField(
                label=capitalised(fact.words), choices=ANSWERS, required=False
            )
    for start, ending in ((ONLY, "one of these"), (NEVER, "none of these")):
        for key, fact in ASKABLE.items():
            if fact.is_list:
                label = f"{capitalised(fact.words)} {ending}"
                fields[f"{start}{key}"] = _list_field(label, fact.values)
    return fields


def condition_initial(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a condition as the questions show it."""
    initial: dict[str, Any] = {}
    for start, asked in ((ONLY, table), (NEVER, table.get("not", {}))):
        for key, value in asked.items():
            if key not in ASKABLE:
                continue
            if isinstance(value, bool):
                # "Not after a withdrawal" and "after a withdrawal: no" ask the same.
                initial[f"{ASKED}{key}"] = "yes" if value is (start == ONLY) else "no"
            else:
                of_words = ASKABLE[key].values is None
                initial[f"{start}{key}"] = ", ".join(value) if of_words else sorted(value)
    return initial


def condition_from(answers: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Return the condition that the answers ask for; one that asks the same stays as it was."""
    asked = {key: answers.get(f"{ASKED}{key}") == "yes" for key in ASKABLE
             if answers.get(f"{ASKED}{key}")}  # fmt: skip
    unwanted = _lists(answers, NEVER)
    table = {**_lists(answers, ONLY), **asked, **({"not": unwanted} if unwanted else {})}
    return dict(before) if condition_initial(table) == condition_initial(before) else table


def _lists(answers: Mapping[str, Any], start: str) -> dict[str, list[str]]:
    found = {}
    for key in ASKABLE:
        given = answers.get(f"{start}{key}") or []
        named = given.split(",") if isinstance(given, str) else given
        if kept := sorted(each.strip() for each in named if each.strip()):
            found[key] = kept
    return found


def _list_field(label: str, values: type[StrEnum] | None) -> forms.Field:
    if values is None:
        return WrittenField(
            label=label, required=False, max_length=200,
            help_text="With commas between several, for example Welsh, Polish.",
        )  # fmt: skip
    return forms.MultipleChoiceField(
        label=label,
        choices=choices_of(values),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
