"""What a reply says when we were wrong, what happens next, and how it can be taken further."""

from datetime import date

import pytest

from forthright.rules.case_file import ComplaintStage, Court, LetterKind, ReplyOutcome
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.reply_rules import (
    latest_promise,
    published_reply_editions,
    second_stage_until,
)
from forthright.rules.letter_kinds import case_for_kind
from forthright.rules.working_days import Calendar
from tests.rules.letter_blocks.cases import a_case, a_decision, a_letter

HELD = published_wordings()
K = LetterKind
COMPLAINT = {"reply_to": "Nobody rang me back in May", "reply_outcome": "We should have rung you"}


def said_by(kind, case=None, **letter) -> str:
    case = case or a_case(letter=a_letter(kind, **letter))
    (template,) = [each for each in HELD.templates.values() if kind in each.kinds]
    return assemble(template, HELD.blocks, case).plain()


def review_reply(
    outcome, *, kind="DISCONTINUED", hearing_on=None, was_made_in_court=False, **given
) -> str:
    court = Court(name="Coventry Crown Court", hearing_on=hearing_on) if hearing_on else None
    case = case_for_kind(
        a_case(decision=a_decision(kind, was_made_in_court=was_made_in_court), court=court),
        K.REVIEW_REPLY,
        {
            "outcome": outcome,
            "reply_outcome": "The case goes on",
            "facts": ["A second film had not been looked at"],
            **given,
        },
    )
    return said_by(K.REVIEW_REPLY, case)


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (ReplyOutcome.UPHELD, "We got this wrong, and I am sorry for our mistake."),
        (ReplyOutcome.PARTLY_UPHELD, "We got a part of this wrong, and I am sorry for that part."),
    ],
)
def test_a_complaint_that_was_right_is_answered_with_an_apology_at_once(outcome, words):
    said = said_by(K.COMPLAINT_REPLY, outcome=outcome, **COMPLAINT)

    assert words in said.split("Why this is our answer")[0]


def test_a_complaint_that_was_not_right_has_no_apology_for_a_mistake():
    said = said_by(K.COMPLAINT_REPLY, outcome=ReplyOutcome.NOT_UPHELD, **COMPLAINT)

    assert "wrong, and I am sorry" not in said
    assert "This may not be the answer that you hoped for." in said


def test_a_first_answer_names_the_second_stage_its_day_and_what_comes_after():
    said = said_by(K.COMPLAINT_REPLY, **COMPLAINT)
    further = said.split("If you are not happy with this answer")[1]

    assert "Please ask on or before 4 July 2026. To do so, e-mail complaints@mercia" in further
    assert "a senior manager who has not dealt with it before" in further
    assert "Independent Assessor of Complaints" in further
    assert "Parliamentary and Health Service Ombudsman" in further
    assert "please tell Priya Shah" not in said


def test_a_second_answer_says_that_it_is_our_last_and_names_the_assessor():
    said = said_by(K.COMPLAINT_REPLY, stage=ComplaintStage.SECOND, **COMPLAINT)

    assert "This is our last answer to your complaint." in said
    assert "Independent Assessor of Complaints" in said
    assert "Please ask on or before" not in said


@pytest.mark.parametrize("stage", ComplaintStage)
def test_a_reply_to_a_complaint_does_not_tell_its_reader_to_complain_again(stage):
    said = said_by(K.COMPLAINT_REPLY, stage=stage, **COMPLAINT)

    assert "you can make a complaint" not in said
    assert "Victims’ Code" in said


def test_what_was_promised_after_a_complaint_has_its_day_and_who_tells():
    said = said_by(
        K.COMPLAINT_REPLY,
        next_step="Lena Roy checks each missed call by 9am the next day",
        next_on=date(2026, 6, 25),
        **COMPLAINT,
    )

    assert "Lena Roy checks each missed call" in said
    assert "Priya Shah will tell you on or before 25 June 2026 how this stands." in said


def test_a_decision_that_was_wrong_is_owned_and_what_happens_next_has_a_day_and_a_name():
    said = review_reply("CHANGED", next_step="The case is sent to court", next_on="2026-06-25")

    assert "We got the first decision wrong, and I am sorry for our mistake." in said
    assert "The case is sent to court." in said
    assert "Priya Shah will tell you on or before 25 June 2026 how this stands." in said
    assert "please ring Priya Shah on 01632 960 110" in said
    for cold in ("You do not need to do anything", "I cannot promise", "one more review"):
        assert cold not in said


def test_a_decision_that_was_wrong_and_cannot_be_undone_says_so():
    given = {"next_step": "We talk with the team about it", "next_on": "2026-06-25"}

    assert "cannot start again" in review_reply("CHANGED", kind="NO_EVIDENCE_OFFERED", **given)
    assert "cannot start again" not in review_reply("CHANGED", **given)


def test_before_the_court_sits_a_decision_that_was_wrong_can_still_be_undone():
    given = {"next_step": "The case goes on", "next_on": "2026-06-25"}
    kind = "NO_EVIDENCE_OFFERED"

    before = review_reply("CHANGED", kind=kind, hearing_on=date(2026, 7, 1), **given)
    after = review_reply("CHANGED", kind=kind, was_made_in_court=True, **given)

    assert "The court sits on 1 July 2026." in before
    assert "A case can go on until the court has ended it." in before
    assert "The case cannot start again" not in before
    assert "The case cannot start again, although the decision was wrong." in after


def test_a_changed_decision_without_a_next_step_makes_no_letter():
    with pytest.raises(LetterRefused, match="What happens next"):
        review_reply("CHANGED")


def test_a_decision_that_stands_can_be_taken_further_and_is_no_mistake():
    said = review_reply("STANDS")

    assert "our mistake" not in said
    assert "You can ask for one more review." in said


@pytest.mark.parametrize(
    ("on", "until"),
    [
        pytest.param(date(2026, 6, 4), date(2026, 7, 4), id="the same day of the next month"),
        pytest.param(date(2026, 1, 31), date(2026, 2, 28), id="a month that has no such day"),
        pytest.param(date(2026, 12, 31), date(2027, 1, 31), id="over the year"),
    ],
)
def test_a_calendar_month_to_ask_for_the_second_stage(on, until):
    assert second_stage_until(on) == until


def test_a_holding_letter_promises_no_day_further_off_than_the_setting():
    calendar = Calendar(closed={}, known_from=date(2026, 1, 1), known_until=date(2027, 1, 1))

    assert latest_promise(date(2026, 6, 4), calendar) == date(2026, 7, 2)
    with pytest.raises(LetterRefused, match=r"20 working days.*on or before 2 July 2026"):
        said_by(K.HOLDING, due_on=date(2027, 6, 4), reply_to="your question")


def test_every_part_of_the_settings_has_its_source_and_status():
    for edition in published_reply_editions():
        for part in (edition.complaint, edition.holding):
            assert part.source
            assert part.status


@pytest.mark.parametrize("promised", [date(2026, 6, 4), date(2026, 6, 3)])
def test_an_answer_is_promised_for_a_day_after_the_letter_and_not_for_its_own(promised):
    with pytest.raises(LetterRefused, match="not after the day of this letter"):
        said_by(K.HOLDING, due_on=promised, reply_to="your question")


def test_a_correction_says_at_once_what_was_wrong_and_what_is_right():
    said = said_by(
        K.CORRECTION,
        correction_of="the day of the hearing was wrong",
        correction_right="the hearing is on 18 June 2026",
    )

    opening = said.split("Dear Ms Begum\n\n")[1].split("\n\n")
    assert opening[0].startswith("I am sorry that our last letter to you had a mistake in it")
    assert opening[1] == "What is right is this: the hearing is on 18 June 2026."
    assert opening[2].startswith("We have decided to stop the case")
    assert said.count("sorry") == 2


@pytest.mark.parametrize("day", ["next_on", "due_on"])
def test_a_holding_letter_says_the_day_of_the_answer_from_either_field(day):
    promised = date(2026, 6, 18)
    own = {"next_on": None, "due_on": None, day: promised}

    assert "18 June 2026" in said_by(K.HOLDING, reply_to="your question", **own)
