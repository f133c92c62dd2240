"""What would be untrue, or say nothing, in a letter is left out of it."""

from datetime import date

import pytest

from forthright.rules.case_file import DecisionKind, Flag, LegalTest, Relation
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from tests.rules.letter_blocks.cases import NOTE, a_case, a_decision, a_letter, a_reader

HELD = published_wordings()
K = DecisionKind


def letter_of(template, **changes):
    return assemble(HELD.templates[template], HELD.blocks, a_case(**changes)).plain()


@pytest.mark.parametrize("changed", ["Nothing", "N/a.", "Yes.", " none ", "No change"])
def test_a_word_that_only_fills_the_box_is_not_printed_as_what_changed(changed):
    said = letter_of("discontinued", note=NOTE.model_copy(update={"changed": changed}))

    assert "This is what has changed" not in said


def test_a_family_is_not_told_that_they_did_not_carry_on():
    said = letter_of(
        "bereaved_family",
        recipient=a_reader(Relation.BEREAVED),
        decision=a_decision(is_after_withdrawal=True),
    )

    assert "You decided not to carry on" not in said


def test_a_correction_about_a_charge_speaks_of_the_statement_and_of_no_scheme():
    said = letter_of(
        "correction",
        decision=a_decision(K.CHARGED),
        letter=a_letter("CORRECTION", correction_of="the day of the hearing was wrong"),
    )

    assert "Victim Personal Statement" in said
    assert "The scheme by which people can ask for a review" not in said


def test_a_letter_after_its_day_says_sorry_whatever_the_record_calls_it():
    said = letter_of("discontinued", letter=a_letter(due_on=date(2026, 6, 3), is_late=False))

    assert "You should have had this letter by 3 June 2026." in said


def test_a_reply_to_a_review_says_which_decision_was_looked_at_again():
    said = letter_of("review_reply", letter=a_letter("REVIEW_REPLY", reply_outcome="It was right"))

    assert "our decision to stop the case against Daniel Price about assault by beating." in said


def test_somebody_who_did_not_carry_on_is_told_that_they_may_be_called_and_whom_to_ring():
    said = letter_of(
        "charged",
        decision=a_decision(K.CHARGED, is_after_withdrawal=True),
        letter=a_letter("CHARGED"),
        flags=(Flag.DOMESTIC_ABUSE,),
    )

    assert "You may still be asked to come to court." in said
    assert "If you are in danger now, ring 999." in said


@pytest.mark.parametrize("test", [LegalTest.PUBLIC_INTEREST, LegalTest.NEITHER])
def test_a_charge_changed_for_another_reason_is_not_put_down_to_the_evidence(test):
    said = letter_of(
        "altered_decreased",
        decision=a_decision(K.ALTERED_DECREASED),
        letter=a_letter("ALTERED_DECREASED"),
        note=NOTE.model_copy(update={"test": test}),
    )

    assert "what the evidence can prove" not in said
