"""The starter set: every template, for every case it serves, is a whole and lawful letter."""

import re

import pytest
from hypothesis import HealthCheck, given, settings

from forthright.rules.case_file import DecisionKind, LetterKind
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble, chosen_blocks
from forthright.rules.letter_blocks.block import (
    BlocksRefused,
    published_wordings,
    read_wordings,
)
from forthright.rules.letter_blocks.composed import Origin
from forthright.rules.letter_blocks.review_right import with_review_right
from forthright.rules.letter_checks.engine import said_share
from tests.rules.letter_blocks.cases import (
    UNSAID,
    a_case,
    a_decision,
    a_letter,
    cases,
)

HELD = published_wordings()
WIDE = settings(
    max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
BLANK = re.compile(r"\{\{|\}\}|\[|\]|\bNone\b|XXX|\*\*|  |\(\)| [,.]")
CONTRACTION = re.compile(r"\b\w+n[’']t\b", re.IGNORECASE)
REVIEW_PIECES = {"review_right", "no_review_right"}


def letters_for(case):
    serving = [each for each in HELD.templates.values() if each.serves(case)]
    assert serving, "no template serves this case"
    return [(each, assemble(each, HELD.blocks, case)) for each in serving]


def codes_of(composed):
    return {run.block for paragraph in composed.paragraphs for run in paragraph.runs}


@pytest.mark.slow  # a whole letter is put together for each of many cases
@WIDE
@given(case=cases())
def test_every_letter_is_whole_and_names_nobody_else(case):
    for _, composed in letters_for(case):
        said = composed.plain()
        assert not BLANK.search(said)
        assert not [name for name in UNSAID if name in said]
        assert not [other.urn for other in case.week if other.urn in said]
        assert all(paragraph.text.strip() for paragraph in composed.paragraphs)


@pytest.mark.slow  # a whole letter is put together for each of many cases
@WIDE
@given(case=cases(kinds=tuple(LetterKind(kind.value) for kind in DecisionKind)))
def test_a_decision_letter_states_the_review_right_once_or_not_at_all(case):
    right = with_review_right(case).review_right
    for _, composed in letters_for(case):
        # A child reads it in words of their own.
        stated = {code.removeprefix("child_") for code in codes_of(composed)} & REVIEW_PIECES
        said = composed.plain()
        if case.letter.kind is LetterKind.CHARGED:
            assert not stated
        else:
            assert stated == {"review_right" if right.qualifies else "no_review_right"}
        assert ("Victims’ Right to Review" in said) is (right is not None and right.qualifies)


@pytest.mark.slow  # a whole letter is put together for each of many cases
@WIDE
@given(case=cases())
def test_no_two_blocks_of_a_letter_contradict_each_other(case):
    for template, composed in letters_for(case):
        codes = codes_of(composed)
        for start in ("news_", "child_news_", "sorry_", "test_", "remedy_", "withdrawal", "next_"):
            assert len([code for code in codes if code.startswith(start)]) <= 1
        said = composed.plain()
        is_over = "Any bail conditions in this case have ended" in said
        assert not (is_over and "The rest of the case goes on" in said)
        assert not ("cannot promise that it will" in said and "does not let this case" in said)
        assert ("sorry that you have had to wait" in said) is case.letter.is_late
        chosen = chosen_blocks(template, HELD.blocks, with_review_right(case))
        assert codes <= {block.code for block in chosen}


@pytest.mark.slow  # a whole letter is put together for each of many cases
@WIDE
@given(case=cases())
def test_the_runs_say_which_words_are_about_this_person(case):
    for _, composed in letters_for(case):
        said = composed.plain()
        own = [said[start:end] for start, end, origin in composed.spans()
               if origin is Origin.PERSON]  # fmt: skip
        template = [said[start:end] for start, end, _ in composed.template_spans()]
        family = case.recipient.family_name
        names = {family, *(each.family_name for each in case.accused)} - {"Ng", "Price", "Lowe"}
        assert any(family in words for words in own)
        assert not any(name in words for words in template for name in names)
        share = said_share(
            said, case, as_of=case.letter.dated, template_spans=composed.template_spans()
        )
        assert 0 < int(share) < 100


@pytest.mark.slow  # a whole letter is put together for each of many cases
@WIDE
@given(case=cases())
def test_the_news_and_a_kind_word_come_in_the_first_three_sentences(case):
    for _, composed in letters_for(case):
        body = composed.plain().split("Dear ", 1)[1].split("\n\n", 1)[1]
        first = " ".join(re.split(r"(?<=[.?!])\s+", body)[:3])
        assert "sorry" in first
        assert re.search(
            "decided|ended|on file|changed the charge|thinking of|looked again|our answer|"
            "more time|had a mistake",
            first,
        )


@pytest.mark.parametrize("block", HELD.blocks.values(), ids=lambda block: block.code)
def test_every_block_is_plain_and_answers_for_itself(block):
    plain = re.sub(r"\{\{.*?\}\}", "Daniel Price", block.wording)
    for line in plain.splitlines():
        sentences = re.split(r"(?<=[.?!:])\s+", re.sub(r"^(##|-|\d+\.) ", "", line))
        assert all(len(sentence.split()) <= 25 for sentence in sentences)
        assert len(sentences) <= 5
    assert not CONTRACTION.search(plain)
    assert block.standards
    assert block.need
    assert block.owner
    assert block.source
    assert block.review_on


def test_every_block_stands_in_a_template():
    used = {code for template in HELD.templates.values() for code in template.codes}

    assert set(HELD.blocks) == used


def test_the_starter_set_has_a_template_for_every_kind_of_letter():
    assert {kind for each in HELD.templates.values() for kind in each.kinds} == set(LetterKind)


def test_the_wrong_template_is_refused_in_words():
    with pytest.raises(LetterRefused, match="is for letters of the kind charged; this one is disc"):
        assemble(HELD.templates["charged"], HELD.blocks, a_case())
    with pytest.raises(LetterRefused, match="is for cases where"):
        assemble(HELD.templates["parent_of_child"], HELD.blocks, a_case())


def test_a_correction_of_a_stopped_case_needs_the_reasons_too():
    case = a_case(note=None, letter=a_letter("CORRECTION", correction_of="the date"))

    with pytest.raises(LetterRefused, match="no reasons note"):
        assemble(HELD.templates["correction"], HELD.blocks, case)


def test_a_letter_about_a_charge_says_nothing_of_the_evidence():
    case = a_case(decision=a_decision("CHARGED"), letter=a_letter("CHARGED"))

    said = assemble(HELD.templates["charged"], HELD.blocks, case).plain()

    assert "camera" not in said


GOOD = """
[[block]]
code = "a"
title = "A"
owner = "Legal manager"
standards = ["B1"]
need = "To know"
review_on = 2027-01-01
source = "ours"
status = "to be confirmed"
wording = "Words."
"""
TEMPLATE = """
[[template]]
code = "t"
title = "T"
use = "For all."
kinds = ["CHARGED"]
needs_note = []
order = ["a"]
"""


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("code = ", "one.toml: this is not TOML", id="not TOML"),
        pytest.param(GOOD + GOOD, "the code “a” stands twice", id="a code twice"),
        pytest.param(GOOD.replace('need = "To know"', ""), "block “a”: “need” is missing",
                     id="a part missing"),
        pytest.param(GOOD + 'colour = "red"', "there is no “colour” here", id="a part too many"),
        pytest.param(GOOD.replace("B1", "Z9"), "no criterion “Z9”", id="no such standard"),
        pytest.param(GOOD.replace("to be confirmed", "perhaps"), "“perhaps” is not known here",
                     id="no such status"),
        pytest.param(GOOD + TEMPLATE.replace('"a"', '"b"'), "there is no block “b”",
                     id="no such block"),
        pytest.param(GOOD + TEMPLATE.replace('["a"]', "[1]"), "the order holds codes",
                     id="an order of numbers"),
        pytest.param(GOOD + TEMPLATE.replace("CHARGED", "CHARGE"), "“CHARGE” is not known here",
                     id="no such letter"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_is_refused_with_the_place(text, words):
    with pytest.raises(BlocksRefused) as refusal:
        read_wordings({"one.toml": text})

    assert words in str(refusal.value)


def test_one_of_several_blocks_is_chosen_and_never_two():
    held = read_wordings(
        {"one.toml": GOOD + GOOD.replace('"a"', '"b"')
         + TEMPLATE.replace('["a"]', '[{ one_of = ["a", "b"] }]')}
    )  # fmt: skip

    with pytest.raises(LetterRefused, match="Only one of"):
        assemble(held.templates["t"], held.blocks, a_case(letter=a_letter("CHARGED")))
