import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.rubric import Level, published_rubric
from forthright.rules.scoring import (
    MarksHaveProblems,
    mark_problems,
    never_sent,
    overall,
    timeliness_level,
)
from forthright.rules.timeliness import Timeliness
from tests.rules.examples import QUICK

RUBRIC = published_rubric()
ALL_FULLY = {each.code: Level.FULLY for each in RUBRIC.quality_criteria}
LEVELS = [Level.FULLY, Level.PARTIALLY, Level.NOT_MET]
MARKS = st.fixed_dictionaries({code: st.sampled_from(LEVELS) for code in ALL_FULLY})
FULLY, PARTIALLY, NOT_MET = LEVELS


def test_the_rubric_has_its_criteria_in_order():
    codes = [each.code for each in RUBRIC.criteria]

    assert codes == [f"A{n}" for n in range(1, 11)] + [f"B{n}" for n in range(1, 6)]
    assert [each.code for each in RUBRIC.criteria if each.is_critical] == ["A1", "A2", "A6"]
    assert [each.code for each in RUBRIC.criteria if each.is_timeliness] == ["A4"]
    assert [each.code for each in RUBRIC.criteria if each.may_not_apply] == [
        "A5",
        "A8",
        "A9",
        "A10",
    ]


@pytest.mark.parametrize("criterion", RUBRIC.criteria, ids=lambda each: each.code)
def test_every_criterion_helps_the_marker_at_every_level(criterion):
    assert set(criterion.levels) == set(LEVELS)
    assert all(each.anchor and each.example for each in criterion.levels.values())
    assert criterion.question.endswith("?")
    assert criterion.guidance
    assert len(criterion.title) <= 120
    assert len(criterion.applies_when) <= 200


def test_a_fault_may_begin_in_any_of_six_places():
    assert len({cause.code for cause in RUBRIC.root_causes}) == 6
    assert all(cause.title and cause.guidance for cause in RUBRIC.root_causes)


@pytest.mark.parametrize(
    ("changes", "level", "because"),
    [
        pytest.param({}, FULLY, "Every criterion that applies is fully met.", id="all"),
        pytest.param({"A3": PARTIALLY}, FULLY, "1 criterion is only partly met", id="one slip"),
        pytest.param(
            {"A3": PARTIALLY, "B2": PARTIALLY}, PARTIALLY, "The rule allows 1.", id="two slips"
        ),
        pytest.param({"B1": NOT_MET}, PARTIALLY, "B1 (explains this decision)", id="one not met"),
        pytest.param(
            {"B1": NOT_MET, "B2": NOT_MET}, PARTIALLY, "2 criteria are not met", id="two not met"
        ),
        pytest.param(
            {"B1": NOT_MET, "B2": NOT_MET, "B3": NOT_MET}, NOT_MET, "The rule allows 2.", id="three"
        ),
        pytest.param(
            {"A6": NOT_MET},
            NOT_MET,
            "A6 (the right to ask for a review) is critical",
            id="critical",
        ),
        pytest.param({"A1": PARTIALLY}, PARTIALLY, "critical and only partly met", id="partly"),
        pytest.param({"A8": Level.NOT_APPLICABLE}, FULLY, "that applies", id="does not apply"),
    ],
)
def test_the_overall_level_says_why(changes, level, because):
    result = overall(ALL_FULLY | changes, RUBRIC)

    assert result.level is level
    assert because in " ".join(result.because)
    assert (result.rule_version, result.rubric_version) == ("overall-2026.1", "letter-2026.1")


def test_a_critical_failure_needs_action_today():
    failed = overall(ALL_FULLY | {"A1": NOT_MET, "A2": NOT_MET}, RUBRIC)

    assert failed.critical_failures == ("A1", "A2")
    assert failed.needs_action_today
    assert not overall(ALL_FULLY, RUBRIC).needs_action_today


@QUICK
@given(MARKS, st.sampled_from(LEVELS))
def test_lateness_never_enters_quality(marks, timely):
    assert overall(marks | {"A4": timely}, RUBRIC) == overall(marks, RUBRIC)


@QUICK
@given(MARKS, st.sampled_from(sorted(ALL_FULLY)))
def test_a_better_mark_never_makes_a_worse_letter(marks, code):
    better = overall(marks | {code: FULLY}, RUBRIC).level

    assert LEVELS.index(better) <= LEVELS.index(overall(marks, RUBRIC).level)


def test_a_missing_mark_is_refused_by_name():
    marks = {code: level for code, level in ALL_FULLY.items() if code != "B3"}

    with pytest.raises(MarksHaveProblems) as refusal:
        overall(marks, RUBRIC)

    assert refusal.value.problems == ("Mark B3, kind and respectful.",)


def test_what_applies_to_every_letter_cannot_be_marked_away():
    marks = ALL_FULLY | {"A6": Level.NOT_APPLICABLE}

    (problem,) = mark_problems(marks, RUBRIC.quality_criteria)
    assert problem.startswith("A6, the right to ask for a review, applies to every letter")


def test_a_criterion_of_another_version_is_refused():
    with pytest.raises(MarksHaveProblems, match="no criterion Z9"):
        overall(ALL_FULLY | {"Z9": FULLY}, RUBRIC)


def test_a_letter_never_sent_never_scores_on_quality():
    result = never_sent(RUBRIC)

    assert result.level is Level.NOT_APPLICABLE
    assert "It counts as not met on time." in result.because
    assert timeliness_level(Timeliness.NEVER_SENT) is NOT_MET


@pytest.mark.parametrize(
    ("outcome", "level"),
    [
        (Timeliness.MET, FULLY),
        (Timeliness.LATE, NOT_MET),
        (Timeliness.OPEN, Level.NOT_APPLICABLE),
        (Timeliness.NOT_REQUIRED, Level.NOT_APPLICABLE),
    ],
)
def test_being_in_time_is_marked_from_the_record(outcome, level):
    assert timeliness_level(outcome) is level
