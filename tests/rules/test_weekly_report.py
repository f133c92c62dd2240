"""The report says what the facts hold and nothing more."""

from dataclasses import replace
from datetime import date

import pytest

from forthright.rules.weekly_report.compose import compose
from forthright.rules.weekly_report.facts import FeedbackFact, RedatedFact
from tests.rules.report_facts import SAMPLED, SINCE, WEEK, duties, facts, marked, sentences, told


def test_a_letter_never_sent_lowers_the_share_in_time():
    report, records = compose(facts(duties=duties(MET=12, LATE=4, NEVER_SENT=4)))

    share = report["figures"]["owed-all-share"]
    assert (share["count"], share["n"]) == (12, 20)
    assert share["words"] == "60.0% (12 of 20, 95% interval 38.7% to 78.1%)"
    assert len(records["owed-all-unsent"]) == 4
    assert "12 were sent in time, 4 were sent late and 4 have not been sent" in sentences(report)


def test_fewer_than_ten_give_counts_and_no_rate():
    report, _ = compose(facts(duties=duties(MET=3, LATE=2)))

    share = report["figures"]["owed-all-share"]
    assert share["words"] == "3 of 5 (too few to say)"
    assert share["rate"] is None


def test_what_is_open_or_excused_is_counted_apart():
    report, _ = compose(facts(duties=duties(MET=10, OPEN=2, NOT_REQUIRED=3)))

    assert report["figures"]["owed-all-due"]["count"] == 10
    assert report["figures"]["owed-open"]["count"] == 2
    assert report["figures"]["owed-excused"]["count"] == 3


def test_every_figure_has_its_population_its_rules_and_as_many_records_as_it_counts():
    report, records = compose(facts(duties=duties(MET=10, LATE=3), drawn=(marked(1, A1="FULLY"),)))

    for key, figure in report["figures"].items():
        assert figure["population"], key
        assert "version 1" in figure["rules"], key
        assert len(records[key]) == figure["count"], key


@pytest.mark.parametrize(
    ("late", "unknown", "said"),
    [
        (12, 0, "was most often “drafting”: 12 of 12."),
        (12, 1, "was most often “drafting”: 12 of 12 (of 1 letter it is not known)."),
        (3, 9, "too few to say which stage most often takes longest (of 9 letters it is not"),
        (0, 2, "2 letters were sent late. In which stage is not known, because earlier steps were"),
    ],
)
def test_a_stage_that_nobody_recorded_is_counted_as_not_known(late, unknown, said):
    known = duties(LATE=late)
    not_known = tuple(replace(each, late_stage="") for each in duties(LATE=unknown))

    report, records = compose(facts(duties=known + not_known))

    assert said in sentences(report)
    assert report["figures"]["stage-unknown"]["count"] == unknown
    assert len(records["stage-unknown"]) == unknown


def test_the_published_change_from_24_0_to_24_1_is_no_change():
    before = [marked(n, week=SAMPLED.plus(-12), overall="FULLY" if n < 48 else "NOT_MET")
              for n in range(200)]  # fmt: skip
    after = [marked(n, overall="FULLY" if n < 1118 else "NOT_MET") for n in range(1000, 1490)]

    report, _ = compose(facts(drawn=(*before, *after)))

    assert "24.1% (118 of 490, 95% interval 20.5% to 28.1%) fully meet" in sentences(report)
    assert "(24.0% (48 of 200, 95% interval 18.6% to 30.4%)): no change shown" in sentences(report)


def test_the_targeted_part_never_enters_the_rate():
    random = [marked(n) for n in range(10)]
    targeted = [marked(n, part="TARGETED", overall="NOT_MET") for n in range(10, 30)]

    report, _ = compose(facts(drawn=(*random, *targeted)))

    assert report["figures"]["sample-pooled-0"]["n"] == 10
    assert report["figures"]["sample-TARGETED-NOT_MET"]["count"] == 20


def test_marks_of_another_edition_are_not_pooled():
    older = [marked(n, week=SAMPLED.plus(-1), edition=1) for n in range(10)]
    newer = [marked(n, edition=2) for n in range(10, 14)]

    report, _ = compose(facts(drawn=(*older, *newer), edition=2))

    assert report["figures"]["sample-pooled-0"]["n"] == 4


def test_a_critical_failure_asks_for_action_the_same_day():
    report, records = compose(facts(drawn=(marked(7, overall="NOT_MET", A1="NOT_MET"),)))

    assert records["sample-critical"] == [7]
    assert "failed on a critical criterion (A1)" in sentences(report)


def test_a_criterion_that_did_not_apply_is_left_out_of_its_own_count():
    report, _ = compose(
        facts(
            drawn=(marked(1, B3="NOT_APPLICABLE"), marked(2, B3="PARTIALLY"), marked(3, B3="FULLY"))
        )
    )

    fault = report["figures"]["fault-B3"]
    assert (fault["count"], fault["n"]) == (1, 2)


def test_feedback_not_given_is_counted_as_outstanding():
    report, records = compose(
        facts(
            feedback=(
                told(1, is_told=False),
                FeedbackFact(waiting_since=SINCE, id=2, is_told=True, days_to_tell=3),
                FeedbackFact(
                    waiting_since=SINCE, id=3, is_told=True, is_acknowledged=True, days_to_tell=1
                ),
                FeedbackFact(
                    waiting_since=SINCE, id=4, is_told=True, dispute="OPEN", days_to_tell=2
                ),
            )
        )
    )

    assert records["feedback-untold"] == [1]
    assert records["feedback-silent"] == [2]
    assert records["feedback-disputed"] == [4]
    assert "3 pieces of feedback are outstanding" in sentences(report)
    took = report["figures"]["feedback-days"]
    assert (took["words"], took["n"]) == ("1 to 3 working days (too few for a median)", 3)
    assert f"it took {took['words']} after the mark (3 markings of the " in sentences(report)
    assert "3 letters of the" not in sentences(report)


def test_feedback_waits_however_old_it_is():
    report, _ = compose(facts(feedback=(told(1, is_told=False),)))

    assert "The oldest has waited since 16 June 2026." in sentences(report)


def test_two_plans_are_never_pooled_and_a_letter_both_drew_is_one_letter_among_faults():
    first = marked(1, B3="PARTIALLY")
    second = replace(first, id=2, plan="RASSO dip sample")

    report, _ = compose(facts(drawn=(first, second)))

    assert report["figures"]["sample-pooled-0"]["n"] == 1
    assert report["figures"]["sample-pooled-1"]["n"] == 1
    assert report["figures"]["fault-B3"]["n"] == 1


def test_critical_failures_are_of_the_letters_drawn_this_week():
    older = [marked(n, week=SAMPLED.plus(-3), A1="NOT_MET") for n in range(10, 20)]

    report, records = compose(facts(drawn=(marked(7, A1="NOT_MET"), marked(8), *older)))

    assert records["sample-critical"] == [7]
    assert report["figures"]["sample-critical"]["n"] == 2


def test_a_week_that_is_not_over_says_so_and_does_not_deny_what_waits():
    waiting = tuple(replace(each, due_on=WEEK.sunday) for each in duties(OPEN=3))

    report, _ = compose(facts(as_of=WEEK.monday, duties=waiting))

    assert "The week is not over" in sentences(report)
    assert "No letter fell due" not in sentences(report)
    assert "3 letters were not due yet" in sentences(report)


def test_a_week_with_nothing_says_so():
    report, _ = compose(facts())

    assert "No letter fell due in this week." in sentences(report)
    assert f"No sample was drawn for the {SAMPLED.short_words}." in sentences(report)


def test_a_letter_not_sent_when_drawn_counts_in_quality_once_it_was_sent_and_marked():
    since = replace(marked(1, overall="NOT_MET"), was_sent=False, is_sent_since=True)
    missing = replace(marked(2, overall="NOT_APPLICABLE"), was_sent=False)
    report, records = compose(facts(drawn=(since, missing, marked(3))))

    assert records["sample-RANDOM-unsent"] == [1, 2]
    assert report["figures"]["sample-pooled-0"]["n"] == 2
    assert (
        "2 drawn letters had not been sent when drawn: 1 sent since, 1 not sent yet."
        in sentences(report)
    )


def test_before_the_week_is_over_early_letters_do_not_pass_for_the_whole():
    early = tuple(replace(each, due_on=WEEK.sunday) for each in duties(MET=12))
    late = replace(duties(NEVER_SENT=1)[0], id=99)

    report, _ = compose(facts(as_of=WEEK.monday.replace(day=30), duties=(*early, late)))

    assert report["figures"]["owed-all-share"]["words"] == "0 of 1 (too few to say)"
    assert report["figures"]["owed-open"]["count"] == 12
    assert "12 of them have been sent already" in sentences(report)


@pytest.mark.parametrize(
    ("late", "says"),
    [
        pytest.param(["DRAFTING"] * 3, "too few to say which stage", id="few"),
        pytest.param(["DRAFTING"] * 6 + ["SENDING"] * 6, "No one stage took longest", id="tie"),
        pytest.param([""] * 9 + ["DRAFTING"], "of 9 letters it is not known", id="not recorded"),
        pytest.param(["DRAFTING"] * 8 + ["SENDING"] * 2, "“drafting”: 8 of 10", id="one"),
    ],
)
def test_the_slowest_stage_is_named_only_where_it_can_be(late, says):
    letters = tuple(
        replace(each, late_stage=stage)
        for each, stage in zip(duties(LATE=len(late)), late, strict=True)
    )
    stages = (("DRAFTING", "Drafting"), ("SENDING", "Sending"))

    report, _ = compose(facts(duties=letters, stages=stages))

    assert says in sentences(report)


@pytest.mark.parametrize(
    ("number", "levels", "says"),
    [
        pytest.param(3, {"B3": "PARTIALLY"}, "3 marked letters are too few to say", id="few"),
        pytest.param(10, {"B3": "PARTIALLY"}, "most often is B3 Tone (10 of 10)", id="one"),
        pytest.param(10, {"B3": "PARTIALLY", "A1": "NOT_MET"}, "equally so", id="tie"),
    ],
)
def test_the_most_common_fault_is_named_only_where_it_can_be(number, levels, says):
    report, _ = compose(facts(drawn=tuple(marked(n, **levels) for n in range(number))))

    assert says in sentences(report)


def test_each_bar_of_faults_says_what_it_is_out_of():
    report, _ = compose(
        facts(drawn=(marked(1, B3="NOT_APPLICABLE"), marked(2, B3="PARTIALLY"), marked(3)))
    )

    bars = next(s for s in report["sections"] if s["key"] == "defects")["bars"][0]["bars"]
    assert [tuple(bar) for bar in bars] == [("B3 Tone", 1, 1)]


def test_marks_under_another_edition_are_said_to_be_left_out():
    older = [marked(n, week=SAMPLED.plus(-1), edition=1) for n in range(10)]

    report, _ = compose(facts(drawn=(*older, marked(99, edition=2)), edition=2))

    assert "10 letters of these weeks were marked under edition 1" in sentences(report)
    assert "no change is claimed across them" in sentences(report)


def test_swapped_letters_are_counted_in_the_open():
    report, records = compose(facts(drawn=(marked(1),), substituted=(7, 8)))

    assert records["sample-substituted"] == [7, 8]
    assert "2 drawn letters were swapped for another" in sentences(report)


def test_too_few_to_compare_is_not_called_no_change():
    report, _ = compose(facts(drawn=tuple(marked(n) for n in range(12))))

    said = sentences(report)
    assert "too few to compare with the 12 weeks before (none to count)" in said
    assert "weeks before (none to count): no change shown" not in said


def test_letters_drawn_to_cover_a_drafter_are_counted_apart_and_enter_no_rate():
    cover = [marked(n, part="COVER", overall="NOT_MET") for n in range(20, 23)]

    report, records = compose(facts(drawn=(*(marked(n) for n in range(10)), *cover)))

    assert records["sample-COVER-NOT_MET"] == [20, 21, 22]
    assert report["figures"]["sample-pooled-0"]["n"] == 10


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({}, "No letter fell due in this week.", id="empty Area"),
        pytest.param({"duties": duties(MET=1)}, "Of 1 letter due, 1 was sent in time", id="one"),
        pytest.param({"duties": duties(LATE=12)}, "0 were sent in time, 12 were", id="all late"),
    ],
)
def test_little_or_nothing_is_never_called_better_or_worse(changes, says):
    report, _ = compose(facts(**changes))

    assert says in sentences(report)
    assert not {"improved", "worsened"} & set(sentences(report).split())


def test_a_population_calls_a_unit_by_its_name():
    report, _ = compose(facts(duties=tuple(replace(d, unit="Mercia CCU") for d in duties(MET=10))))

    populations = {figure["population"] for figure in report["figures"].values()}
    assert f"letters of Mercia CCU due in the {WEEK.short_words}" in populations


def test_letters_that_were_given_another_due_date_are_told_of():
    day = date(2026, 11, 25)
    moved = [RedatedFact(id=n, changed_on=day.replace(day=20 + n), is_out=n < 3) for n in (1, 2, 3)]

    report, records = compose(facts(duties=duties(MET=10), redated=tuple(moved)))

    assert records["owed-moved-out"] == [1, 2]
    assert records["owed-moved-within"] == [3]
    said = "2 letters that had been due in this week were given another due date; the last on"
    assert f"{said} 22 November 2026" in sentences(report)
    assert "1 letter due in this week has had another due date; changed on 23" in sentences(report)


def test_levels_of_two_editions_in_one_week_stand_in_tables_of_their_own():
    older = [marked(n, edition=1) for n in (1, 2)]
    newer = marked(3, edition=2)

    report, records = compose(facts(drawn=(*older, newer), edition=2))

    assert records["sample-RANDOM-FULLY-edition-1"] == [1, 2]
    assert records["sample-RANDOM-FULLY-edition-2"] == [3]
    assert "sample-RANDOM-FULLY" not in records
    figure = report["figures"]["sample-RANDOM-FULLY-edition-1"]
    assert (figure["n"], "edition 2" in figure["population"]) == (2, False)
    assert "edition 1 and edition 2 of the standard" in report["rules"]


def test_letters_not_yet_marked_are_counted_from_the_letters_drawn():
    unmarked = replace(marked(1), is_marked=False, overall="", edition=0)
    drawn = (unmarked, marked(2), marked(3, week=SAMPLED.plus(-1)))

    report, records = compose(facts(duties=duties(MET=10), drawn=drawn))

    figure = report["figures"]["unknown-marks"]
    assert (records["unknown-marks"], figure["n"]) == ([1], 2)
    assert figure["population"] == f"letters drawn for the {SAMPLED.short_words}, all parts"


def test_a_share_keeps_all_that_it_is_of_beside_what_it_counts():
    _, records = compose(facts(duties=duties(LATE=12), drawn=(marked(1, B3="FULLY"),)))

    assert records["owed-all-share"] == []
    assert len(records["owed-all-share:counted-from"]) == 12
    assert records["fault-B3:counted-from"] == [1]
    assert "owed-all-late:counted-from" not in records


def test_the_sample_of_the_week_itself_is_told_of_in_the_next_report():
    newest = replace(marked(9, week=WEEK), is_marked=False, overall="")

    report, records = compose(facts(drawn=(marked(1), newest)))

    assert records["sample-RANDOM-drawn"] == [1]
    assert f"1 letter of the {WEEK.short_words} is drawn" in sentences(report)


def test_critical_failures_and_swapped_letters_open_from_a_table():
    report, records = compose(facts(drawn=(marked(1, A1="NOT_MET"), marked(2)), substituted=(7,)))

    keys = {
        key
        for section in report["sections"]
        for table in section["tables"]
        for _, cells in table["rows"]
        for key in cells
    }
    assert {"sample-critical", "sample-substituted"} <= keys
    # What is not known is in a table only where something is not.
    assert {key for key in report["figures"] if not key.startswith("unknown-")} <= keys
    assert (records["sample-critical"], records["sample-substituted"]) == ([1], [7])
