"""Has the patterns of rules tried in a program of their own, so that one without end is named.

Pages and commands try rules so before they use them, on hard texts and on the rules' own examples.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import forthright
from forthright.rules.letter_checks.rule import Rule, shipped_rules
from forthright.rules.letter_checks.text import plain_copy

LONGEST = 60  # seconds for all patterns, on a machine that stands
HOUSE = Path(forthright.__file__).parent.parent


def slow_pattern(rules: Sequence[Rule]) -> str:
    """Return what is wrong with the first pattern that takes too long, or nothing.

    Patterns of rules as they ship are known to be quick and are not tried again.
    """
    shipped = {each.id: each.find for each in shipped_rules()}
    own = [each for each in rules if shipped.get(each.id) != each.find]
    asked = [(each, *found) for each in own for found in _patterns(each.find, "find")]
    if not asked:
        return ""
    number = _stopped_at([(pattern, _examples(rule)) for rule, _, pattern in asked])
    if number is None:
        return ""
    rule, field, pattern = asked[number]
    return (
        f"{rule.place}, field {field}: the pattern {pattern} takes far too long on a short text, "
        "so no letter could be checked. Take out a star or plus within a bracket that has a star "
        "or plus itself, like (a+)+, and choices that begin alike, like (a|a)*."
    )


def _patterns(found: object, field: str) -> Iterator[tuple[str, str]]:
    """Yield each piece of text of a rule's table, with the field it stands in."""
    if isinstance(found, str):
        yield field, found
    elif isinstance(found, dict):
        for name, each in found.items():
            yield from _patterns(each, f"{field}.{name}")
    elif isinstance(found, (list, tuple)):
        for each in found:
            yield from _patterns(each, field)


def _examples(rule: Rule) -> list[str]:
    """Return the letters of a rule's examples, on which its patterns will be tried next."""
    return [plain_copy(each.letter) for each in rule.examples]


def _stopped_at(patterns: Sequence[tuple[str, list[str]]]) -> int | None:
    """Return the number of the pattern on which the program was ended, if it was."""
    program = [sys.executable, "-m", "forthright.rules.letter_checks.pattern_trial"]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE
    ) as trial:
        try:
            said, _ = trial.communicate(json.dumps(patterns), timeout=LONGEST)
        except subprocess.TimeoutExpired:
            trial.kill()
            said, _ = trial.communicate()
    return int(said.split()[-1]) if trial.returncode and said.split() else None
