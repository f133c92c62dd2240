"""A stop says against whom, and never of a court that it did what it has still to do."""

from datetime import date

import pytest

from forthright.rules.case_file import Court, DecisionKind
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.block import published_wordings
from tests.rules.letter_blocks.cases import (
    DANIEL,
    OTHER_ACCUSED,
    STOPS,
    a_case,
    a_decision,
    a_letter,
    a_reader,
)

HELD = published_wordings()
K = DecisionKind
TOLD_COURT = ("We told the court", "has ended", "has agreed", "The court then ended", "not guilty.")


def letter_of(kind, *, is_child=False, court=None, accused=(DANIEL,), **decision):
    case = a_case(
        accused=accused,
        court=court,
        offence_in_plain_words="being hit",
        recipient=a_reader(is_child=is_child),
        decision=a_decision(kind, **decision),
        letter=a_letter(kind.value),
    )
    (template,) = [each for each in HELD.templates.values() if each.serves(case)]
    return assemble(template, HELD.blocks, case).plain()


def of_part(kind, **changes):
    return letter_of(kind, accused=(DANIEL, OTHER_ACCUSED), rest_goes_on=True, **changes)


@pytest.mark.parametrize("is_child", [False, True])
@pytest.mark.parametrize("kind", STOPS)
def test_a_stop_against_one_of_two_names_them_and_says_that_the_other_case_goes_on(kind, is_child):
    said = of_part(kind, is_child=is_child, against=("Price",))

    news = said.split("\n\n")[4:6]
    assert "Daniel Price" in "".join(news)
    assert "Kim Lowe" not in "".join(news)
    assert "The case against Kim Lowe goes on." in said
    assert "anybody over" not in said
    assert "Nobody will be asked" not in said


@pytest.mark.parametrize("against", [(), ("Marsh",)])
def test_where_the_record_does_not_say_against_whom_the_letter_is_refused(against):
    with pytest.raises(LetterRefused, match=r"decision\.against: "):
        of_part(K.DISCONTINUED, against=against)


@pytest.mark.parametrize("is_child", [False, True])
@pytest.mark.parametrize("rest_goes_on", [False, True])
@pytest.mark.parametrize("kind", [K.NO_EVIDENCE_OFFERED, K.LEFT_ON_FILE])
def test_before_the_hearing_a_letter_says_what_the_court_will_be_told_and_when(
    kind, rest_goes_on, is_child
):
    court = Court(name="Coventry Crown Court", hearing_on=date(2026, 6, 18))

    before = letter_of(kind, court=court, rest_goes_on=rest_goes_on, is_child=is_child)
    after = letter_of(
        kind, court=court, rest_goes_on=rest_goes_on, is_child=is_child, was_made_in_court=True
    )

    assert "18 June 2026" in before
    assert "We will" in before
    assert not [words for words in TOLD_COURT[:4] if words in before]
    assert [words for words in TOLD_COURT if words in after]


@pytest.mark.parametrize("is_child", [False, True])
@pytest.mark.parametrize("rest_goes_on", [False, True])
@pytest.mark.parametrize("kind", [K.NO_EVIDENCE_OFFERED, K.LEFT_ON_FILE])
def test_where_no_day_in_court_is_known_no_letter_says_what_the_court_did(
    kind, rest_goes_on, is_child
):
    said = letter_of(kind, rest_goes_on=rest_goes_on, is_child=is_child)

    assert "We have decided not to go on with" in said
    assert not [words for words in TOLD_COURT[:4] if words in said]
    assert "We will" not in said


def test_before_the_court_ends_a_case_the_letter_says_when_to_ask_for_a_review():
    before, after = (
        letter_of(K.NO_EVIDENCE_OFFERED, was_made_in_court=is_over) for is_over in (False, True)
    )

    assert "please ring us as soon as you can" in before
    assert "A review cannot make this case start again" in after


def test_no_letter_says_what_a_stop_was_not_about():
    assert "told the truth" not in letter_of(K.DISCONTINUED)


@pytest.mark.parametrize("kind", STOPS)
@pytest.mark.parametrize("is_to_come", [False, True])
@pytest.mark.parametrize("is_part", [False, True])
def test_a_child_reads_what_a_decision_means_in_words_of_their_own(kind, is_to_come, is_part):
    court = Court(name="Coventry Crown Court", hearing_on=date(2026, 7, 1)) if is_to_come else None
    said_of = {"is_child": True, "court": court, "was_made_in_court": not is_to_come}
    said = of_part(kind, against=("Price",), **said_of) if is_part else letter_of(kind, **said_of)

    if is_part:
        assert "The rules about reviews do not cover a decision like this one." in said
    else:
        assert "the right to ask us to look at this decision again" in said
        assert "A grown-up you trust can ask for you." in said
    assert "tell a grown-up you trust, or ring the police on 101" in said
    for adult in ("offering no evidence", "lie on file", "bail", "finding of not guilty",
                  "to be looked at again", "Any "):  # fmt: skip
        assert adult not in said


@pytest.mark.parametrize(
    ("kind", "is_to_come", "words"),
    [
        (K.DISCONTINUED, False, "Daniel Price may have had rules to keep"),
        (
            K.NO_EVIDENCE_OFFERED,
            False,
            "to stay away from you. If so, those rules have ended now.",
        ),
        (K.NO_EVIDENCE_OFFERED, True, "those rules end when the court ends the case."),
    ],
)
def test_a_child_is_told_when_the_rules_to_stay_away_end(kind, is_to_come, words):
    court = Court(name="Coventry Crown Court", hearing_on=date(2026, 7, 1)) if is_to_come else None

    said = letter_of(kind, is_child=True, court=court, was_made_in_court=not is_to_come)

    assert words in said
