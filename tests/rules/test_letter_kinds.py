"""Which facts each kind of letter needs, when each may be written, and what is made of them."""

from datetime import date, datetime

import pytest

from forthright.rules.case_file import DecisionKind, Flag, LegalTest, LetterKind
from forthright.rules.letter_kinds import (
    OTHER_KINDS,
    Standing,
    case_for_kind,
    facts_missing,
    reason_against,
)
from forthright.rules.words import LONDON
from tests.rules.letter_blocks import cases

K, D = LetterKind, DecisionKind


@pytest.mark.parametrize(
    ("kind", "needed"),
    [
        (K.HOLDING, ["reply_to", "answer_by"]),
        (K.CORRECTION, ["earlier", "correction_of", "correction_right"]),
        (K.COMPLAINT_REPLY, ["stage", "outcome", "reply_to", "reply_outcome", "facts"]),
        (K.REVIEW_REPLY, ["outcome", "reply_outcome", "facts", "is_afresh"]),
        (K.PRE_DECISION, ["decided", "test", "facts"]),
    ],
)
def test_each_kind_needs_its_own_facts_and_no_other(kind, needed):
    assert [each.name for each in facts_missing(kind, {})] == needed
    assert facts_missing(kind, dict.fromkeys(needed, "given")) == []


def test_there_is_a_form_for_every_letter_that_says_no_decision_of_its_own():
    assert {*OTHER_KINDS} | {K(each) for each in D} == set(K)


def standing(kind=D.DISCONTINUED, **changes):
    decision = cases.a_decision(
        kind, made_at=datetime(2026, 6, 2, 11, tzinfo=LONDON),
        is_after_withdrawal=changes.pop("is_after_withdrawal", False),
    )  # fmt: skip
    parts = {"is_sent": False, "is_stopped": kind not in (D.CHARGED, D.ALTERED_DECREASED)}
    return Standing(decision=decision, **parts | changes)


@pytest.mark.parametrize(
    ("kind", "now", "words"),
    [
        pytest.param(K.HOLDING, standing(), "", id="holding, always"),
        pytest.param(K.HOLDING, standing(is_sent=True), "", id="holding, after the letter"),
        pytest.param(K.COMPLAINT_REPLY, standing(), "", id="complaint, always"),
        pytest.param(K.CORRECTION, standing(), "nothing to put right", id="nothing went yet"),
        pytest.param(K.CORRECTION, standing(is_sent=True), "", id="a letter went"),
        pytest.param(K.REVIEW_REPLY, standing(), "", id="a decision with the right"),
        pytest.param(K.REVIEW_REPLY, standing(D.ALTERED_DECREASED), "no right to a review",
                     id="an altered charge has no right"),
        pytest.param(K.REVIEW_REPLY, standing(is_after_withdrawal=True), "reply to a complaint",
                     id="no right after withdrawal"),
        pytest.param(K.PRE_DECISION, standing(flags=[Flag.RASSO]), "was made on 2 June 2026",
                     id="the decision is taken"),
        pytest.param(K.PRE_DECISION, standing(D.CHARGED), "not marked as one", id="no pilot case"),
        pytest.param(K.PRE_DECISION, standing(D.CHARGED, flags=[Flag.RASSO]), "",
                     id="the case goes on"),
        pytest.param(K.PRE_DECISION, standing(D.CHARGED, flags=[Flag.RASSO], is_stopped=True),
                     "Another decision stopped", id="another decision stopped it"),
    ],
)  # fmt: skip
def test_a_letter_that_cannot_be_says_why_and_how_to_mend_it(kind, now, words):
    said = reason_against(kind, now)

    assert words in said
    assert bool(said) == bool(words)


def written_as(kind, **given):
    return case_for_kind(cases.a_case(), kind, given)


def test_a_holding_letter_promises_its_own_day():
    case = written_as(K.HOLDING, reply_to="your question", answer_by="2026-06-18")

    assert (case.letter.kind, case.letter.reply_to) == (K.HOLDING, "your question")
    assert case.letter.next_on == date(2026, 6, 18)
    assert case.letter.due_on == date(2026, 6, 18)


@pytest.mark.parametrize(("due_on", "is_late"), [("2026-06-03", True), ("2026-06-18", False),
                                                 ("", False)])  # fmt: skip
def test_a_reply_is_late_by_the_day_they_were_promised(due_on, is_late):
    assert (
        written_as(K.COMPLAINT_REPLY, facts=["We looked"], due_on=due_on).letter.is_late is is_late
    )


def test_a_reply_has_its_own_facts_and_what_must_not_be_said_of_the_prosecutors():
    case = cases.a_case()
    note = case.note.model_copy(update={"must_not_say": ("The neighbour drank",)})
    made = case_for_kind(
        case.model_copy(update={"note": note}), K.COMPLAINT_REPLY, {"facts": ["You rang in March"]}
    )

    assert made.note.facts == ("You rang in March",)
    assert made.note.must_not_say == ("The neighbour drank",)


@pytest.mark.parametrize(("outcome", "qualifies"), [("STANDS", True), ("CHANGED", False)])
def test_only_a_decision_that_stands_can_be_reviewed_once_more(outcome, qualifies):
    made = written_as(K.REVIEW_REPLY, facts=["The camera was off"], outcome=outcome)

    assert made.review_right.qualifies is qualifies
    assert bool(made.review_right.ask_by) is qualifies


def test_before_a_decision_there_is_none_and_the_named_day_counts():
    case = cases.a_case(flags=(Flag.RASSO,))
    made = case_for_kind(
        case, K.PRE_DECISION,
        {"decided": "to stop", "test": "PUBLIC_INTEREST", "facts": ["So far"],
         "answer_by": "2026-07-01"},
    )  # fmt: skip

    assert made.decision is None
    assert made.note.test is LegalTest.PUBLIC_INTEREST
    assert made.review_right.ask_by == date(2026, 7, 1)


def test_a_correction_names_the_letter_it_puts_right_and_may_say_its_day():
    made = written_as(
        K.CORRECTION, earlier="1", earlier_on="2026-05-04", correction_of="it said Monday",
        correction_right="it is Tuesday",
    )  # fmt: skip

    assert made.letter.earlier_letter_on == date(2026, 5, 4)
    assert date(2026, 5, 4) in [each.on for each in made.dates]
    assert not made.letter.is_late
