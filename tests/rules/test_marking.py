"""Time is counted fairly, and marks are finished only with what a drafter needs."""

from datetime import date, timedelta

import pytest

from forthright.rules.marking import (
    MarkGiven,
    WholeLetter,
    counted_seconds,
    critical_failures,
    feedback_text,
    finishing_problems,
    spent_words,
)
from forthright.rules.rubric import Level, published_rubric
from tests.rules.examples import at

CRITERIA = published_rubric().quality_criteria
START = at(date(2026, 10, 5), 16)


def marks(**changed):
    all_met = {each.code: MarkGiven(level=Level.FULLY, has_quotation=False, has_note=False)
               for each in CRITERIA}  # fmt: skip
    return {**all_met, **changed}


def given_mark(level, *, quotation=False, note=False):
    return MarkGiven(level=level, has_quotation=quotation, has_note=note)


def problems(changed=None, **whole):
    said = {"done_well": "Warm.", "to_change": "Say why.", "has_root_cause": True,
            "is_urgent_recorded": False, **whole}  # fmt: skip
    found = finishing_problems(marks(**(changed or {})), CRITERIA, WholeLetter(**said))
    return [(each.place, each.words) for each in found]


@pytest.mark.parametrize(
    ("pause", "counted"),
    [
        pytest.param(timedelta(seconds=40), 40, id="a short pause"),
        pytest.param(timedelta(minutes=10), 600, id="the longest pause"),
        pytest.param(timedelta(minutes=10, seconds=1), 0, id="an interruption"),
        pytest.param(timedelta(seconds=-5), 0, id="a clock put back"),
    ],
)
def test_only_time_at_work_is_counted(pause, counted):
    assert counted_seconds(START, START + pause) == counted


def test_the_first_sign_of_life_counts_for_nothing():
    assert counted_seconds(None, START) == 0


@pytest.mark.parametrize(
    ("seconds", "words"), [(10, "under a minute"), (61, "1 minute"), (299, "5 minutes")]
)
def test_time_is_said_in_minutes(seconds, words):
    assert spent_words(seconds) == words


def test_nothing_stands_in_the_way_of_complete_marks():
    assert problems() == []


@pytest.mark.parametrize(
    ("changed", "code", "words"),
    [
        pytest.param({"B1": given_mark(None, note=True)}, "B1", "Choose a level", id="no level"),
        pytest.param(
            {"A1": given_mark(Level.NOT_APPLICABLE)}, "A1", "every letter", id="must apply"
        ),
        pytest.param(
            {"B1": given_mark(Level.PARTIALLY)}, "B1", "quote the letter", id="no evidence"
        ),
    ],
)
def test_each_criterion_needs_a_level_and_a_fault_its_evidence(changed, code, words):
    [(found, said)] = problems(changed)

    assert found == code
    assert words in said


@pytest.mark.parametrize("shown", [{"quotation": True}, {"note": True}])
def test_a_quotation_or_a_note_is_enough_to_show_a_fault(shown):
    assert problems({"B1": given_mark(Level.NOT_MET, **shown)}) == []


def test_the_drafter_is_owed_something_good_and_something_to_change():
    said = [words for _, words in problems(done_well=" ", to_change="")]

    assert said == ["Write one thing that was done well.", "Write one thing to change."]


def test_a_criterion_not_met_needs_the_place_where_the_fault_began():
    failed = {"B1": given_mark(Level.NOT_MET, note=True)}

    assert problems(failed, has_root_cause=False) == [
        ("root_cause", "Choose where the fault began.")
    ]


def test_a_critical_failure_needs_something_set_going_today():
    failed = {"A1": given_mark(Level.NOT_MET, note=True)}

    assert [each.code for each in critical_failures(marks(**failed), CRITERIA)] == ["A1"]
    assert problems(failed) == [("urgent", "Record what has been set going today.")]
    assert problems(failed, is_urgent_recorded=True) == []


def test_feedback_says_what_was_good_first():
    text = feedback_text(
        done_well="A warm opening.", to_change="Give the reason.", overall="Partly meets",
        because=["1 criterion is not met."], faults=["B1 (explains this decision)"],
    )  # fmt: skip

    assert text.startswith("Done well: A warm opening.\n\nTo change: Give the reason.")
    assert "B1 (explains this decision)" in text
    assert text.endswith("Quality: partly meets. 1 criterion is not met.")
