"""A condition says when a rule or a block applies."""

import pytest

from forthright.rules.letter_checks.conditions import Condition, ConditionRefused
from tests.rules.letter_checks.cases import a_case

CASE = a_case()
UNSURE = a_case(review_right=None, decision=None)


@pytest.mark.parametrize(
    ("table", "case", "holds"),
    [
        pytest.param({}, CASE, True, id="no condition always holds"),
        pytest.param({}, None, True, id="no condition holds with no case"),
        pytest.param({"letter_in": ["DISCONTINUED"]}, CASE, True, id="kind of letter"),
        pytest.param({"letter_in": ["holding", "discontinued"]}, CASE, True, id="small letters"),
        pytest.param({"letter_in": ["HOLDING"]}, CASE, False, id="another kind"),
        pytest.param({"letter_in": ["HOLDING"]}, None, False, id="no case to ask"),
        pytest.param({"review_right": True}, CASE, True, id="qualifies"),
        pytest.param({"review_right": True, "is_late": True}, CASE, False, id="all must hold"),
        pytest.param({"review_right": True}, UNSURE, False, id="not said: not true"),
        pytest.param({"review_right": False}, UNSURE, False, id="not said: not false"),
        pytest.param({"not": {"review_right": True}}, UNSURE, False, id="not said: not denied"),
        pytest.param({"not": {"is_late": True}}, CASE, True, id="unwanted and absent"),
        pytest.param({"not": {"is_child": True, "is_late": False}}, CASE, False, id="one unwanted"),
        pytest.param({"test_in": ["EVIDENCE"]}, CASE, True, id="the test of the note"),
        pytest.param({"remedy_in": ["WITH_LEAVE"]}, CASE, False, id="the remedy"),
        pytest.param({"flag_in": ["RASSO"]}, a_case(flags=["RASSO"]), True, id="a flag"),
        pytest.param({"language_in": ["Welsh"]}, CASE, False, id="a language"),
        pytest.param({"has_case": True}, CASE, True, id="a case is known"),
        pytest.param({"has_case": False}, None, True, id="no case is known"),
        pytest.param({"has_note": True}, CASE, True, id="there is a note"),
    ],
)
def test_a_condition_holds(table, case, holds):
    assert Condition.from_table(table, "rule X").holds(case) is holds


def test_a_condition_says_itself():
    table = {"review_right": True, "is_late": True, "not": {"letter_in": ["HOLDING"]}}

    said = Condition.from_table(table, "rule X").in_words()

    assert said == (
        "the decision qualifies for review, the letter is late and the kind of letter is not "
        "holding"
    )


@pytest.mark.parametrize(
    ("table", "words"),
    [
        pytest.param({"is_latte": True}, "rule X: “is_latte” is not something", id="key"),
        pytest.param({"is_late": "yes"}, "rule X: “is_late” is true or false", id="not a boolean"),
        pytest.param({"letter_in": "HOLDING"}, "“letter_in” is a list", id="not a list"),
        pytest.param({"letter_in": ["HOLDNG"]}, "does not know HOLDNG", id="value"),
        pytest.param({"not": {"x": True}}, "under “not”: “x”", id="within not"),
        pytest.param({"not": True}, "“not” holds keys", id="not is no table"),
    ],
)
def test_what_does_not_exist_is_refused_with_its_place(table, words):
    with pytest.raises(ConditionRefused, match=words):
        Condition.from_table(table, "rule X")
