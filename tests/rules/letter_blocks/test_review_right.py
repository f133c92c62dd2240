"""Which decisions carry the right to a review, until when, by whom and to what end."""

from datetime import date, datetime

import pytest

from forthright.rules.case_file import DecisionKind, Flag, LetterKind, ReviewRemedy, ReviewRight
from forthright.rules.letter_blocks.review_right import (
    published_review_editions,
    with_review_right,
)
from forthright.rules.words import LONDON
from forthright.rules.working_days import CalendarTooShort
from tests.rules.letter_blocks.cases import a_case, a_decision, a_letter

K, R = DecisionKind, ReviewRemedy


def right_of(kind, letter=None, flags=(), **decision):
    case = a_case(
        decision=a_decision(kind, **decision), letter=a_letter(letter or kind.value), flags=flags
    )
    return with_review_right(case).review_right


@pytest.mark.parametrize(
    ("kind", "remedy"),
    [
        (K.NO_FURTHER_ACTION, R.CAN_RESTART),
        (K.DISCONTINUED, R.CAN_RESTART),
        (K.NO_EVIDENCE_OFFERED, R.CANNOT_RESTART),
        (K.LEFT_ON_FILE, R.WITH_LEAVE),
    ],
)
def test_decisions_that_qualify_and_what_a_review_can_change(kind, remedy):
    right = right_of(kind)

    assert right.qualifies
    assert right.remedy is remedy


@pytest.mark.parametrize(
    ("kind", "decision", "because"),
    [
        (K.ALTERED_DECREASED, {}, "does not cover"),
        (K.ALTERED_INCREASED, {}, "does not cover"),
        (K.DISCONTINUED, {"is_after_withdrawal": True}, "not to carry on"),
        (K.NO_EVIDENCE_OFFERED, {"rest_goes_on": True}, "go on"),
        (K.DISCONTINUED, {"made_at": datetime(2013, 6, 4, 23, tzinfo=LONDON)}, "before the scheme"),
    ],
)  # fmt: skip
def test_decisions_that_do_not_qualify_and_why(kind, decision, because):
    right = right_of(kind, **decision)

    assert not right.qualifies
    assert because in right.because


def test_a_decision_on_the_day_the_scheme_began_qualifies():
    assert right_of(K.DISCONTINUED, made_at=datetime(2013, 6, 5, 0, tzinfo=LONDON)).qualifies


def test_the_last_day_to_ask_is_counted_from_the_day_of_the_letter():
    right = right_of(K.DISCONTINUED)

    assert right.ask_by == date(2026, 6, 18)
    assert right.how == "ring 01632 960 110 or e-mail letters@mercia.example"
    assert right.body == "another prosecutor, who took no part in this decision"


def test_bank_holidays_do_not_count():
    case = a_case(letter=a_letter(dated=date(2026, 4, 2)))

    assert with_review_right(case).review_right.ask_by == date(2026, 4, 20)


def test_a_letter_past_the_calendar_is_refused_rather_than_guessed():
    with pytest.raises(CalendarTooShort):
        with_review_right(a_case(letter=a_letter(dated=date(2099, 1, 5))))


def test_what_the_case_says_stands_and_only_the_rest_is_filled_in():
    said = ReviewRight(qualifies=True, body="the Chief Prosecutor", ask_by=date(2026, 7, 1))

    right = with_review_right(a_case(review_right=said)).review_right

    assert (right.body, right.ask_by) == ("the Chief Prosecutor", date(2026, 7, 1))
    assert right.how


@pytest.mark.parametrize(("flags", "qualifies"), [((Flag.RASSO,), True), ((), False)])
def test_the_pilot_gives_a_review_before_the_decision(flags, qualifies):
    right = right_of(K.NO_EVIDENCE_OFFERED, LetterKind.PRE_DECISION, flags=flags)

    assert right.qualifies is qualifies


@pytest.mark.parametrize("kind", [LetterKind.CHARGED, LetterKind.HOLDING, LetterKind.REVIEW_REPLY])
def test_letters_that_state_no_right_are_left_alone(kind):
    assert right_of(K.CHARGED, kind) is None


def test_every_part_of_the_rule_has_its_source_and_status():
    for edition in published_review_editions():
        for part in (edition, edition.window, edition.body, *edition.decision, *edition.exclusion):
            assert part.source
            assert part.source_address.startswith("http")
