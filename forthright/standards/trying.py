"""Tries a set of rules before it is proposed: its patterns for speed, then its own examples."""

from collections.abc import Mapping

from forthright.rules.letter_checks.examples import Disagreement, disagreements
from forthright.rules.letter_checks.rule import RulesRefused
from forthright.rules.letter_checks.rule_set import rules_in
from forthright.rules.letter_checks.slow_patterns import slow_pattern

LONGEST_SHOWN = 90
MEND = "Mend the rule, or the example if the rule is right."


def problems_of(files: Mapping[str, str]) -> list[str]:
    """Return what keeps files of rules from being used, a sentence each; nothing if all is well."""
    try:
        rules = rules_in(files, {})
    except RulesRefused as refusal:
        return [str(refusal)]
    if slow := slow_pattern(rules):
        return [slow]
    return [_said(each) for each in disagreements(rules)]


def _said(each: Disagreement) -> str:
    """Say which rule does what its example does not: file, rule, what is wrong and what to do."""
    if not each.letter:
        return f"{each.place}: {each.reason}."
    shown = " ".join(each.letter.split())[:LONGEST_SHOWN]
    return f"{each.place}: {each.reason}: “{shown}”. {MEND}"
