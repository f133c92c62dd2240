"""New rules are compared with old ones over many letters, on one core or more."""

import pytest

from forthright.rules.letter_checks.backtest import PastLetter, backtest
from forthright.rules.letter_checks.rule import shipped_rules
from tests.rules.letter_checks.cases import TODAY, a_case
from tests.rules.letter_checks.letters import CHANGES, good_letter

RULES = shipped_rules()
FEWER = [rule for rule in RULES if rule.id != "D3a"]
LETTERS = [
    PastLetter(f"{name} {number}", good_letter(name) + extra, a_case(**changes), TODAY)
    for number, extra in enumerate(("", "\n\nWe dropped the case."))
    for name, changes in CHANGES.items()
]


@pytest.mark.parametrize("processes", [1, 2])
def test_what_a_rule_less_changes_is_said_letter_by_letter(processes):
    compared = backtest(LETTERS, RULES, FEWER, processes=processes)

    assert compared.letters == len(LETTERS)
    assert [each.name for each in compared.differences] == [f"{name} 1" for name in CHANGES]
    assert {each.lost[0].rule for each in compared.differences} == {"D3a"}
    assert compared.old_stops - compared.new_stops == len(CHANGES)
    assert compared.old_findings["D3a"] == len(CHANGES)


def test_the_same_rules_make_no_difference():
    heard = []

    compared = backtest(LETTERS, RULES, RULES, processes=1, told=heard.append)

    assert compared.differences == ()
    assert heard == list(range(1, len(LETTERS) + 1))
