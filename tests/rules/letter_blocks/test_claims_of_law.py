"""No block says of the law what is not always true; what depends on the case comes from it."""

import pytest

from forthright.rules.case_file import DecisionKind, LegalTest, Relation
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.review_right import with_review_right
from tests.rules.letter_blocks.cases import NOTE, a_case, a_decision, a_letter, a_reader

HELD = published_wordings()
K = DecisionKind
ALTERED = (K.ALTERED_DECREASED, K.ALTERED_INCREASED)


def letter_of(kind, *, test=LegalTest.EVIDENCE, **decision):
    case = a_case(
        decision=a_decision(kind, **decision),
        letter=a_letter(kind.value),
        note=NOTE.model_copy(update={"test": test}),
    )
    (template,) = [each for each in HELD.templates.values() if each.serves(case)]
    return assemble(template, HELD.blocks, with_review_right(case)).plain()


@pytest.mark.parametrize("kind", ALTERED)
def test_a_changed_charge_says_nothing_of_the_longest_sentence_that_nobody_recorded(kind):
    said = letter_of(kind)

    assert "The most that a court can give" not in said
    assert "the change of charge can affect it" in said
    assert not [word for word in ("lower", "higher", "severe") if word in said]


def test_two_charges_that_carry_the_same_sentence_are_said_to():
    said = letter_of(
        K.ALTERED_DECREASED,
        from_most="five years in prison",
        to_most="Five years in prison.",
    )

    assert "The most that a court can give is the same as before: five years in prison." in said


def test_two_charges_that_carry_other_sentences_have_both_said():
    said = letter_of(
        K.ALTERED_DECREASED, from_most="life in prison", to_most="five years in prison"
    )

    assert "The most that a court can give for the old charge is life in prison." in said
    assert "For the new charge it is five years in prison." in said


@pytest.mark.parametrize("known", [{"from_most": "life in prison"}, {"to_most": "a fine"}])
def test_one_sentence_alone_is_not_said(known):
    assert "The most that a court" not in letter_of(K.ALTERED_DECREASED, **known)


def test_where_nobody_was_charged_no_hearing_has_been_and_no_case_starts_again():
    said = letter_of(K.NO_FURTHER_ACTION)

    assert "hearings" not in said
    assert "start again" not in said
    assert "somebody may still be charged" in said


def test_a_court_that_heard_no_evidence_need_not_have_made_a_finding():
    said = letter_of(K.NO_EVIDENCE_OFFERED, was_made_in_court=True)

    assert "The court then ended the case. The law treats that as a finding of not guilty." in said
    assert "A review cannot make this case start again, whatever it finds." in said


@pytest.mark.parametrize(
    "kind", [K.DISCONTINUED, K.NO_EVIDENCE_OFFERED, K.LEFT_ON_FILE, K.NO_FURTHER_ACTION]
)
def test_no_letter_says_that_no_hearing_of_any_kind_is_left(kind):
    assert "no more court hearings" not in letter_of(kind)


def test_a_case_that_may_start_again_does_so_only_within_the_law():
    assert "if the law still allows it" in letter_of(K.DISCONTINUED)


def test_a_stop_in_the_public_interest_does_not_say_how_strong_the_evidence_was():
    said = letter_of(K.DISCONTINUED, test=LegalTest.PUBLIC_INTEREST)

    assert "there was enough evidence" not in said
    assert "It was the second question that decided this case, not the first." in said


def test_a_charge_does_not_say_that_every_question_was_answered_yes():
    said = letter_of(K.CHARGED)

    assert "both questions was yes" not in said
    assert "we decided that this case should go to court" in said


def test_nobody_is_told_that_they_may_come_to_a_court_that_may_be_closed_to_them():
    assert "you can if you want to" not in letter_of(K.CHARGED)


@pytest.mark.parametrize("kind", ALTERED)
def test_a_changed_charge_is_said_with_both_names_at_once_and_only_once(kind):
    said = letter_of(kind)

    first = said.split("Dear Ms Begum\n\n")[1].split("\n\n")[0]
    assert "from causing grievous bodily harm to assault by beating." in first
    assert said.count("grievous") == 1


def test_a_bereaved_family_is_not_told_that_no_court_looks_at_the_death():
    case = a_case(
        recipient=a_reader(Relation.BEREAVED),
        decision=a_decision(K.NO_FURTHER_ACTION),
        letter=a_letter("NO_FURTHER_ACTION"),
    )
    said = assemble(HELD.templates["bereaved_family"], HELD.blocks, with_review_right(case)).plain()

    assert "If there is an inquest, it is separate from this decision." in said
    assert "Nobody will be asked to come to a criminal court about it." in said
