"""Tries the patterns of rules in a program of their own, so that one that never ends is named.

As a program it reads patterns as JSON from its input and writes the number of each before it is
tried, so that the last one written is the one that took too long.
"""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import forthright
from forthright.rules.letter_checks.quicker import quicker
from forthright.rules.letter_checks.rule import Rule, shipped_rules

# Seconds of the processor for one pattern on all texts; one that ships takes a thousandth.
MOST_SECONDS = 0.5
LONGEST = 60  # seconds for all patterns, on a machine that stands
HOUSE = Path(forthright.__file__).parent.parent
REPEATED = 200
# What a pattern that looks back again and again trips over: one sign often, then another.
HARD = (" ", "a ", "\n", "the , ", "aA1-,.")
MOST_SIGNS = 40


def slow_pattern(rules: Sequence[Rule]) -> str:
    """Return what is wrong with the first pattern that takes too long, or nothing.

    Patterns of rules as they ship are known to be quick and are not tried again.
    """
    shipped = {each.id: each.find for each in shipped_rules()}
    own = [each for each in rules if shipped.get(each.id) != each.find]
    asked = [(each.place, *found) for each in own for found in _patterns(each.find, "find")]
    if not asked:
        return ""
    number = _stopped_at([pattern for _, _, pattern in asked])
    if number is None:
        return ""
    place, field, pattern = asked[number]
    return (
        f"{place}, field {field}: the pattern {pattern} takes far too long on a short text, so "
        "no letter could be checked. Take out a star or plus within a bracket that has a star or "
        "plus itself, like (a+)+, and choices that begin alike, like (a|a)*."
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


def _stopped_at(patterns: Sequence[str]) -> int | None:
    """Return the number of the pattern on which the program was ended, if it was."""
    program = [sys.executable, "-m", "forthright.cli.slow_patterns"]
    with subprocess.Popen(
        program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=HOUSE
    ) as trial:
        try:
            said, _ = trial.communicate(json.dumps(patterns), timeout=LONGEST)
        except subprocess.TimeoutExpired:
            trial.kill()
            said, _ = trial.communicate()
    return int(said.split()[-1]) if trial.returncode and said.split() else None


def texts_for(pattern: str) -> Iterator[str]:
    """Yield short texts that are hard for a pattern: its own signs often, and what it asks for."""
    signs = list(dict.fromkeys(each for each in pattern.casefold() if each.isalnum()))[:MOST_SIGNS]
    asked = " ".join(re.findall(r"[^\W_]+", pattern.casefold()))
    for each in (*HARD, "x", "1", *signs):
        often = (each * REPEATED)[:REPEATED]
        yield f"{often}~ {asked}"
        yield often


def main() -> None:
    """Try each pattern; the machine ends the program at one that takes too long."""
    for number, pattern in enumerate(json.load(sys.stdin)):
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
        try:
            compiled = re.compile(quicker(pattern))
        except re.error:
            continue  # words to look for, and no pattern
        signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
        for text in texts_for(pattern):
            for _ in compiled.finditer(text):
                pass
        signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    main()
