"""Tries rules in a program of its own, so that a pattern that never ends can be stopped.

It reads files as JSON from its input and writes what is wrong with them, sentence by sentence, as
JSON.
"""

import json
import resource
import sys
from collections.abc import Mapping

from forthright.rules.letter_checks.engine import check_letter
from forthright.rules.letter_checks.examples import EXAMPLE_DAY, disagreements, example_case
from forthright.rules.letter_checks.rule import RulesRefused
from forthright.rules.letter_checks.rule_set import rules_in

# Texts on which a pattern that looks back again and again takes for ever.
HARD = ("a" * 300, " " * 300, "a " * 150, "aA1-,." * 50, "the , " * 50, "\n" * 300)
# Seconds of the processor, so that a busy machine refuses nothing; all that ship take one.
MOST_SECONDS = 5
MEND = "Mend the rule, or the example if the rule is right."


def problems_of(contents: Mapping[str, str]) -> list[str]:
    """Return what keeps files from being used: file, rule, what is wrong, and what to do."""
    try:
        rules = rules_in(contents, {})
    except RulesRefused as refusal:
        return [str(refusal)]
    said = []
    for each in disagreements(rules):
        shown = f": “{' '.join(each.letter.split())[:90]}”" if each.letter else ""
        said.append(f"{each.place}: {each.reason}{shown}. {MEND if shown else ''}".strip())
    for text in HARD:
        check_letter(text, example_case(), rules, as_of=EXAMPLE_DAY)
    return said


def main() -> None:
    """Read a set from the input and write its problems; the machine ends it after some seconds."""
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 1))
    json.dump(problems_of(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
