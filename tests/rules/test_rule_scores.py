"""A rule's score: what people found under its criterion where it fired and where it did not."""

import pytest

from forthright.rules.rubric import Level
from forthright.rules.rule_scores import CheckedMarking, score_of

CRITERIA = {"E1": "B2", "E2": "B2", "A5a": "none", "C6a": "A5"}


def a_marking(*fired: str, number: int = 1, criteria=None, **levels: str) -> CheckedMarking:
    return CheckedMarking(
        id=number, criteria=criteria or CRITERIA, fired={*fired},
        levels={code: Level(level) for code, level in levels.items()},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "marking", "counts"),
    [
        pytest.param("E1", a_marking("E1", B2="NOT_MET"), {"fired", "agreed", "faults"},
                     id="fired, and the marker found a fault"),
        pytest.param("E1", a_marking("E1", B2="PARTIALLY"), {"fired", "agreed", "faults"},
                     id="a part fault is a fault"),
        pytest.param("E1", a_marking("E1", B2="FULLY"), {"fired", "not_agreed"},
                     id="fired, and the marker found none"),
        pytest.param("E1", a_marking("E2", B2="NOT_MET"), {"faults"},
                     id="another rule of the criterion saw the fault"),
        pytest.param("E1", a_marking("C6a", B2="NOT_MET"), {"faults", "missed"},
                     id="no rule of the criterion saw the fault"),
        pytest.param("E1", a_marking(B2="FULLY"), set(), id="nothing to see, nothing seen"),
        pytest.param("C6a", a_marking("C6a", A5="NOT_APPLICABLE"), {"fired", "unmarked"},
                     id="fired where the criterion does not apply"),
        pytest.param("A5a", a_marking("A5a", B2="NOT_MET"), {"fired", "unmarked"},
                     id="a rule that serves no criterion"),
    ],
)  # fmt: skip
def test_where_a_marking_counts(rule, marking, counts):
    score = score_of(rule, [marking])

    counted = {name for name in score.__dataclass_fields__ if getattr(score, name)}
    assert counted == counts | {"checked"}


def test_a_letter_checked_before_the_rule_was_there_does_not_count():
    before = a_marking(B2="NOT_MET", criteria={"E2": "B2"})

    assert score_of("E1", [before]).checked == ()


def test_the_criterion_of_the_day_counts_though_the_rule_serves_another_now():
    then = a_marking("E1", A3="NOT_MET", B2="FULLY", criteria={"E1": "A3"})

    assert score_of("E1", [then]).agreed == (1,)


def test_fewer_than_ten_are_too_few_to_say():
    nine = [a_marking("E1", number=n, B2="NOT_MET") for n in range(9)]
    ten = [*nine, a_marking("E1", number=9, B2="FULLY")]

    assert score_of("E1", nine).agreement.words() == "9 of 9 (too few to say)"
    assert score_of("E1", ten).agreement.words() == "90.0% (9 of 10, 95% interval 59.6% to 98.2%)"
