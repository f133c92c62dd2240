"""Time is counted fairly, and marks are finished only with what a drafter needs."""

from datetime import date, timedelta

import pytest

from forthright.rules.applicability import LetterRecord, applicabilities
from forthright.rules.marking import (
    Keeping,
    MarkGiven,
    WholeLetter,
    counted_seconds,
    critical_failures,
    feedback_text,
    finishing_problems,
    keeping,
    said_stamp,
    spent_words,
)
from forthright.rules.rubric import Level, published_rubric
from tests.rules.examples import at

CRITERIA = published_rubric().quality_criteria
START = at(date(2026, 10, 5), 16)


SENT_IN_TIME = LetterRecord(due_on=date(2026, 9, 28), sent_on=date(2026, 9, 25))
DECIDED = applicabilities(CRITERIA, SENT_IN_TIME)


def marks(**changed):
    all_met = {each.code: MarkGiven(level=Level.FULLY, has_quotation=False, has_note=False)
               for each in CRITERIA}  # fmt: skip
    does_not = {code: given_mark(Level.NOT_APPLICABLE) for code in DECIDED}
    return {**all_met, **does_not, **changed}


def given_mark(level, *, quotation=False, note=False):
    return MarkGiven(level=level, has_quotation=quotation, has_note=note)


def problems(changed=None, **whole):
    said = {"done_well": "Warm.", "to_change": "Say why.", "has_root_cause": True,
            "is_urgent_recorded": False, **whole}  # fmt: skip
    found = finishing_problems(marks(**(changed or {})), CRITERIA, WholeLetter(**said), DECIDED)
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


def test_marks_that_contradict_the_record_are_not_finished():
    [(place, words)] = problems({"A5": given_mark(Level.FULLY)})

    assert place == "A5"
    assert "sent Friday 25 September 2026. It was in time, so this does not apply." in words


OLD, NEW, MINE, NOTHING = "old", "new", "mine", "nothing"


@pytest.mark.parametrize(
    ("stamps", "what"),
    [
        pytest.param({"base": OLD, "kept": OLD, "said": MINE}, Keeping.TAKE, id="nobody else"),
        pytest.param({"base": None, "kept": NEW, "said": MINE}, Keeping.TAKE, id="from no page"),
        pytest.param({"base": OLD, "kept": NEW, "said": NEW}, Keeping.TAKE, id="the same said"),
        pytest.param({"base": OLD, "kept": NEW, "said": MINE}, Keeping.ASK, id="two changes"),
        pytest.param({"base": OLD, "kept": NEW, "said": OLD}, Keeping.ASK, id="an old form"),
        pytest.param({"base": OLD, "kept": NEW, "said": NOTHING}, Keeping.ASK, id="taken out"),
        pytest.param({"base": NOTHING, "kept": NEW, "said": NOTHING}, Keeping.LEAVE,
                     id="nothing said in the old form"),
        pytest.param({"base": NOTHING, "kept": NEW, "said": MINE}, Keeping.ASK, id="both began"),
        pytest.param({"base": OLD, "kept": NOTHING, "said": OLD}, Keeping.ASK, id="emptied since"),
    ],
)  # fmt: skip
def test_an_old_form_undoes_nothing_unseen(stamps, what):
    assert keeping(**stamps, nothing=NOTHING) is what


def test_a_stamp_heeds_words_and_not_their_spacing():
    assert said_stamp("FULLY", "two  words\r\n", "") == said_stamp("FULLY", "two words", "")
    assert said_stamp("FULLY", "two", "words") != said_stamp("FULLY", "two words", "")
