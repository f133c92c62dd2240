"""Words of sources and private notes are found, in the table and beside it: their own measure."""

import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.examples import example_bundle
from forthright.rules.schedules.rule import Example, shipped_schedule_rules

DAY = date(2026, 11, 28)
TABLE = tomllib.loads((Path(__file__).parent / "words_beside.toml").read_text("utf-8"))
RULES = tuple(rule for rule in shipped_schedule_rules() if rule.holds_back)
# What was reached on 29 November 2026 stands in README.md; the bars are below it.
RECALL, FALSE_ALARMS = 0.9, 0.05


def _beside(sentence: str) -> bool:
    example = Example(items=["Plan of the yard", "Plan of the lane", "Plan of the van"],
                      certificate=sentence)  # fmt: skip
    return bool(check_schedules(example_bundle(example), RULES, as_of=DAY))


def _in_item(description: str) -> bool:
    return bool(check_schedules(example_bundle(Example(items=[description])), RULES, as_of=DAY))


ASKED: Sequence[tuple[str, Callable[[str], bool]]] = (("beside", _beside), ("items", _in_item))


def _found(half: str, kind: str) -> tuple[list[str], list[str]]:
    asked = [(text, is_found(text)) for where, is_found in ASKED
             for text in TABLE[half][where][kind]]  # fmt: skip
    return [text for text, found in asked if found], [text for text, found in asked if not found]


@pytest.mark.parametrize("half", ["tuning", "kept"])
def test_words_that_keep_something_back_are_found(half):
    found, missed = _found(half, "fires")

    assert len(found) / (len(found) + len(missed)) >= RECALL, missed


@pytest.mark.parametrize("half", ["tuning", "kept"])
def test_ordinary_words_hold_nothing_back(half):
    alarms, quiet = _found(half, "good")

    assert len(alarms) / (len(alarms) + len(quiet)) <= FALSE_ALARMS, alarms


def test_there_are_enough_to_measure_by():
    for kind in ("fires", "good"):
        assert sum(len(TABLE[half][where][kind])
                   for half in TABLE for where in TABLE[half]) >= 60  # fmt: skip
