"""A case that records what cannot be is refused with the place; what it leaves out follows."""

from datetime import date

import pytest

from forthright.rules.case_file import AccusedStatus, DecisionKind, ReviewRemedy, ReviewRight
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.at_odds import at_odds
from forthright.rules.letter_blocks.block import published_wordings
from tests.rules.letter_blocks.cases import DANIEL, a_case, a_decision, a_letter, a_reader

HELD = published_wordings()
K, R = DecisionKind, ReviewRemedy


def letter_of(kind, **right):
    case = a_case(
        decision=a_decision(kind),
        letter=a_letter(kind.value),
        review_right=ReviewRight(qualifies=True, **right),
    )
    (template,) = [each for each in HELD.templates.values() if each.serves(case)]
    return assemble(template, HELD.blocks, case).plain()


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        (K.NO_EVIDENCE_OFFERED, "A review cannot make a case start again after"),
        (K.LEFT_ON_FILE, "It can go ahead only if the court agrees."),
        (K.NO_FURTHER_ACTION, "somebody may still be charged"),
        (K.DISCONTINUED, "the case may be able to start again"),
    ],
)
def test_what_a_review_can_change_follows_from_the_decision_where_nobody_said(kind, said):
    letter = letter_of(kind)

    assert said in letter
    assert kind is K.DISCONTINUED or "may be able to start again" not in letter


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        (K.NO_EVIDENCE_OFFERED, R.CAN_RESTART),
        (K.NO_EVIDENCE_OFFERED, R.WITH_LEAVE),
        (K.LEFT_ON_FILE, R.CAN_RESTART),
        (K.NO_FURTHER_ACTION, R.WITH_LEAVE),
    ],
)
def test_a_remedy_that_the_decision_cannot_have_is_refused_with_its_place(kind, remedy):
    with pytest.raises(LetterRefused, match=r"review_right\.remedy: a decision of the kind"):
        letter_of(kind, remedy=remedy)


def test_a_charge_that_the_law_no_longer_allows_is_no_case_that_starts_again():
    letter = letter_of(K.NO_FURTHER_ACTION, remedy=R.CANNOT_RESTART)

    assert "A review cannot lead to a charge now, whatever it finds." in letter
    assert "start again" not in letter


@pytest.mark.parametrize(
    ("ask_by", "is_extended"),
    [
        (date(2026, 6, 1), True),
        (date(2026, 6, 3), False),
        (date(2026, 6, 17), True),
        (date(2026, 6, 19), False),
    ],
)
def test_a_last_day_to_ask_that_the_rule_does_not_give_is_refused(ask_by, is_extended):
    with pytest.raises(LetterRefused, match=r"review_right\.ask_by: "):
        letter_of(K.DISCONTINUED, ask_by=ask_by, is_extended=is_extended)


@pytest.mark.parametrize(
    ("ask_by", "is_extended"), [(date(2026, 6, 18), False), (date(2026, 7, 1), True)]
)
def test_the_day_of_the_rule_and_a_longer_one_on_record_stand(ask_by, is_extended):
    letter = letter_of(K.DISCONTINUED, ask_by=ask_by, is_extended=is_extended)

    assert f"{ask_by.day} {ask_by:%B} 2026" in letter


@pytest.mark.parametrize("kind", [K.ALTERED_DECREASED, K.ALTERED_INCREASED, K.CHARGED])
@pytest.mark.parametrize("letter", ["its own", "CORRECTION", "REVIEW_REPLY", "PRE_DECISION"])
def test_no_letter_says_that_a_case_goes_on_against_somebody_acquitted(kind, letter):
    case = a_case(
        accused=(DANIEL.model_copy(update={"status": AccusedStatus.ACQUITTED}),),
        decision=a_decision(kind),
        letter=a_letter(kind.value if letter == "its own" else letter),
    )

    (said,) = at_odds(case)

    assert said.startswith("accused.status: Daniel Price is recorded as acquitted")
    assert "Put the status right" in said
    assert at_odds(case.model_copy(update={"letter": a_letter("COMPLAINT_REPLY")})) == []


@pytest.mark.parametrize("kind", [K.DISCONTINUED, K.NO_FURTHER_ACTION])
@pytest.mark.parametrize("letter", ["its own", "CORRECTION", "REVIEW_REPLY", "COMPLAINT_REPLY"])
def test_nobody_is_acquitted_by_a_decision_that_leaves_no_verdict(kind, letter):
    case = a_case(
        accused=(DANIEL.model_copy(update={"status": AccusedStatus.ACQUITTED}),),
        decision=a_decision(kind),
        letter=a_letter(kind.value if letter == "its own" else letter),
    )

    (said,) = at_odds(case)

    assert "leaves no verdict" in said
    assert "NO_EVIDENCE_OFFERED" in said
    assert at_odds(case.model_copy(update={"letter": a_letter("HOLDING")})) == []


@pytest.mark.parametrize("kind", [K.ALTERED_DECREASED, K.NO_EVIDENCE_OFFERED])
@pytest.mark.parametrize("letter", ["REVIEW_REPLY", "COMPLAINT_REPLY"])
def test_nothing_goes_on_where_everybody_is_acquitted(kind, letter):
    acquitted = DANIEL.model_copy(update={"status": AccusedStatus.ACQUITTED})
    decision = a_decision(kind).model_copy(update={"rest_goes_on": True})
    case = a_case(accused=(acquitted,), decision=decision, letter=a_letter(letter))

    (said,) = at_odds(case)

    assert "goes on" in said
    other = DANIEL.model_copy(update={"family_name": "Cole", "status": AccusedStatus.DEFENDANT})
    two = case.model_copy(
        update={
            "accused": (acquitted, other),
            "decision": decision.model_copy(update={"against": ("Daniel Price",)}),
            "letter": a_letter("COMPLAINT_REPLY"),
        }
    )
    assert at_odds(two) == []


def test_no_evidence_offered_ends_in_an_acquittal_and_the_letter_stands():
    acquitted = DANIEL.model_copy(update={"status": AccusedStatus.ACQUITTED})

    assert at_odds(a_case(accused=(acquitted,), decision=a_decision(K.NO_EVIDENCE_OFFERED),
                          letter=a_letter("NO_EVIDENCE_OFFERED"))) == []  # fmt: skip


def test_plain_words_that_are_the_name_of_the_charge_again_are_not_for_a_child():
    child = a_reader(is_child=True)
    words = {"offence": "Robbery", "offence_in_plain_words": "robbery."}

    (said,) = at_odds(a_case(recipient=child, **words))

    assert said.startswith("the plain words for “Robbery” are that name again")
    assert at_odds(a_case(**words)) == []
