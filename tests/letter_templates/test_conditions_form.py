"""The questions of when a block is used ask exactly what its condition does."""

import pytest

from forthright.letter_templates.examples import examples
from forthright.letter_templates.forms.conditions import condition_from, condition_initial
from forthright.letter_templates.selectors.wordings import condition_of, condition_table
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.review_right import with_review_right

HELD = published_wordings()
CASES = [with_review_right(each.case) for each in examples().values()]
TABLES = {
    code: condition_table(each.when) for code, each in {**HELD.blocks, **HELD.templates}.items()
}


@pytest.mark.parametrize("code", TABLES)
def test_a_condition_that_nobody_touched_stays_word_for_word(code):
    answers = condition_initial(TABLES[code])

    assert condition_from(answers, TABLES[code]) == TABLES[code]


@pytest.mark.parametrize("code", TABLES)
def test_the_answers_ask_the_same_of_every_case(code):
    asked = condition_of(condition_from(condition_initial(TABLES[code]), {"is_late": True}), code)
    kept = condition_of(TABLES[code], code)

    assert [asked.holds(case) for case in CASES] == [kept.holds(case) for case in CASES]


def test_answers_become_a_condition():
    answers = {
        "only_letter_in": ["HOLDING", "CHARGED"],
        "never_flag_in": ["RASSO"],
        "asked_is_late": "yes",
        "asked_is_child": "no",
        "asked_review_right": "",
        "only_language_in": "Welsh, Polish",
    }

    assert condition_from(answers, {}) == {
        "letter_in": ["CHARGED", "HOLDING"],
        "language_in": ["Polish", "Welsh"],
        "is_late": True,
        "is_child": False,
        "not": {"flag_in": ["RASSO"]},
    }
