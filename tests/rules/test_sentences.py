import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.charts import Point, chart
from forthright.rules.figures import Better, Proportion, compare
from forthright.rules.sentences import (
    DutyCounts,
    change_sentence,
    chart_sentence,
    defects_sentence,
    duties_sentences,
    feedback_sentence,
    late_stage_sentence,
    sample_sentence,
    segment_sentence,
    targeted_sentence,
)
from forthright.rules.timeliness import StageName
from tests.rules.examples import QUICK

STEADY = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 9]


def points(values, segment=""):
    return [Point(str(place), value, segment) for place, value in enumerate(values)]


def test_letters_never_sent_come_first():
    said = duties_sentences(DutyCounts(met=40, late=8, never_sent=2, open=1, not_required=3))

    assert said == (
        "2 letters that fell due were never sent.",
        "50 letters fell due: 40 on time, 8 late, 2 never sent.",
        "On time: 80.0% (40 of 50, 95% interval 67.0% to 88.8%).",
        "1 letter more is not due yet.",
        "For 3 decisions no letter was required; each has its reason, and none is counted above.",
    )


def test_a_week_with_nothing_due_says_so():
    assert duties_sentences(DutyCounts(met=0, late=0, never_sent=0)) == ("No letters fell due.",)
    assert duties_sentences(DutyCounts(met=3, late=0, never_sent=0)) == (
        "Every letter that fell due was sent.",
        "3 letters fell due: 3 on time, 0 late, 0 never sent.",
        "On time: 3 of 3 (too few to say).",
    )


def test_late_stages_are_told_the_largest_first():
    said = late_stage_sentence(
        {StageName.DRAFTING: 1, StageName.EXPLAINING: 6, StageName.SENDING: 0}
    )

    assert said == (
        "Late letters lost most of their time: 6 waiting for the prosecutor’s explanation "
        "and 1 drafting the letter."
    )
    assert late_stage_sentence({}) == "No letter was late."


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (
            sample_sentence(Proportion(3, 5)),
            "Letters of the random sample that fully met the standard: 3 of 5 (too few to say).",
        ),
        (sample_sentence(Proportion(0, 0)), "No letter of the random sample has been marked."),
        (
            targeted_sentence(1, 4),
            (
                "Of 4 letters chosen for a reason, 1 fully met the standard. "
                "They were not drawn at random, so they say nothing about the rest."
            ),
        ),
        (targeted_sentence(0, 0), "No letters were chosen for a reason this week."),
        (
            feedback_sentence(Proportion(3, 5), disputed=1),
            (
                "Feedback was given on 3 of 5 marked letters; 2 are not finished until the drafter "
                "is told; 1 is disputed."
            ),
        ),
        (feedback_sentence(Proportion(5, 5)), "Feedback was given on 5 of 5 marked letters."),
        (feedback_sentence(Proportion(0, 0)), "No marks are waiting for feedback."),
        (
            defects_sentence([("Kind", 1), ("Right case", 3), ("Support", 0)], 6),
            "Most often not met, in 6 marked letters: Right case (3) and Kind (1).",
        ),
        (defects_sentence([("Kind", 0)], 6), "No criterion was failed in 6 marked letters."),
        (
            defects_sentence([], 0),
            "No letters have been marked, so there are no defects to count.",
        ),
    ],
)
def test_figures_become_sentences(sentence, said):
    assert sentence == said


def test_a_tenth_of_a_point_prints_no_change_shown():
    change = compare(Proportion(48, 200), Proportion(118, 490))

    assert change_sentence(
        "Letters that met the standard", change, since="2018", better=Better.UP
    ) == ("Letters that met the standard: no change shown since 2018.")


def test_a_change_that_is_shown_gives_both_figures():
    change = compare(Proportion(40, 100), Proportion(70, 100))

    assert change_sentence("Letters on time", change, since="May", better=Better.UP) == (
        "Letters on time improved since May: from 40.0% (40 of 100, 95% interval 30.9% to 49.8%) "
        "to 70.0% (70 of 100, 95% interval 60.4% to 78.1%)."
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ([], "Late letters: nothing to show yet."),
        (STEADY, "Late letters: no change shown. The newest value lies within what is usual."),
        ([*STEADY, 30], "Late letters worsened: the newest value is above the upper limit."),
        ([*STEADY, -9], "Late letters improved: the newest value is below the lower limit."),
    ],
)
def test_a_chart_becomes_a_sentence(values, said):
    assert chart_sentence("Late letters", chart(points(values), better=Better.DOWN)) == said


def test_trial_limits_show_no_change_and_say_why():
    said = chart_sentence("Late letters", chart(points([1, 2, 1, 2, 90]), better=Better.DOWN))

    assert said.startswith("Late letters: no change shown. Trial limits: 5 of the 12 points")


def test_a_new_version_is_named_and_nothing_is_drawn_across():
    drawn = chart(points([1, 2], "version 1") + points([8, 9], "version 2"), better=Better.UP)

    assert segment_sentence(drawn).startswith("The chart starts afresh at version 2")
    assert segment_sentence(chart(points([1, 2]), better=Better.UP)) is None


@QUICK
@given(st.lists(st.integers(0, 20), min_size=1, max_size=30), st.sampled_from(Better))
def test_no_sentence_says_improved_or_worsened_without_a_firm_signal(values, better):
    drawn = chart(points(values), better=better)
    said = chart_sentence("Letters", drawn)
    firm = drawn.latest_signal is not None and drawn.latest_signal.is_firm

    assert ("improved" in said or "worsened" in said) == (firm and better is not Better.NEITHER)
    assert ("no change shown" in said) != firm
