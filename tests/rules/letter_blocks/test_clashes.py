"""Two templates clash where one case could fit both."""

from dataclasses import replace
from itertools import combinations

import pytest

from forthright.rules.case_file import LetterKind
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.clashes import shared_kinds
from forthright.rules.letter_checks.conditions import Condition

SHIPPED = published_wordings().templates
STOPPED, CHANGED = LetterKind.DISCONTINUED, LetterKind.ALTERED_DECREASED


def a_template(table, kinds=(STOPPED,)):
    return replace(
        SHIPPED["discontinued"], when=Condition.from_table(table, "here"), kinds=frozenset(kinds)
    )


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        pytest.param({}, {}, True, id="both always"),
        pytest.param({"is_child": True}, {"is_child": False}, False, id="yes and no"),
        pytest.param({"is_child": True}, {"not": {"is_child": True}}, False, id="yes and not yes"),
        pytest.param({"is_child": True}, {"not": {"is_child": False}}, True, id="yes, not no"),
        pytest.param({"is_child": True}, {"is_late": True}, True, id="different questions"),
        pytest.param({"relation_in": ["VICTIM"]}, {"relation_in": ["PARENT"]}, False,
                     id="other readers"),
        pytest.param({"relation_in": ["VICTIM", "PARENT"]}, {"relation_in": ["PARENT"]}, True,
                     id="one reader of both"),
        pytest.param({"relation_in": ["VICTIM"]}, {"not": {"relation_in": ["VICTIM"]}}, False,
                     id="a reader ruled out"),
        pytest.param({"relation_in": ["VICTIM", "PARENT"]}, {"not": {"relation_in": ["VICTIM"]}},
                     True, id="one of two readers ruled out"),
        pytest.param({"flag_in": ["RASSO"]}, {"flag_in": ["CHILD"]}, True,
                     id="a case is marked in two ways"),
        pytest.param({"flag_in": ["RASSO"]}, {"not": {"flag_in": ["RASSO"]}}, False,
                     id="a mark ruled out"),
        pytest.param({"language_in": ["Welsh"]}, {"not": {"language_in": ["Welsh"]}}, False,
                     id="a language ruled out"),
        pytest.param({"language_in": ["Welsh"]}, {"not": {"language_in": ["Polish"]}}, True,
                     id="another language ruled out"),
        pytest.param({"letter_in": ["ALTERED_DECREASED"]}, {}, False, id="a kind it is not for"),
    ],
)  # fmt: skip
def test_templates_clash_where_one_case_could_fit_both(one, other, clash):
    first, second = a_template(one), a_template(other)

    assert bool(shared_kinds(first, second)) is clash
    assert bool(shared_kinds(second, first)) is clash


def test_only_the_kinds_of_both_are_shared():
    both = a_template({}, (STOPPED, CHANGED))

    assert shared_kinds(both, a_template({}, (CHANGED,))) == {CHANGED}


def test_no_two_templates_that_ship_clash():
    clashes = [
        (one.code, other.code)
        for one, other in combinations(SHIPPED.values(), 2)
        if shared_kinds(one, other)
    ]

    assert clashes == []
