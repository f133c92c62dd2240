"""The report says what the facts hold and nothing more."""

from dataclasses import replace
from datetime import date

import pytest

from forthright.rules.timeliness import Timeliness
from forthright.rules.weekly_report.compose import compose
from forthright.rules.weekly_report.facts import (
    CriterionFact,
    DrawnFact,
    DutyFact,
    FeedbackFact,
    MarkFact,
    ReportFacts,
    WeekPoint,
)
from forthright.rules.weeks import Week

WEEK = Week(2026, 40)
SINCE = date(2026, 6, 16)
CRITERIA = (
    CriterionFact(code="A1", title="Right person", is_critical=True),
    CriterionFact(code="A4", title="Sent in time", is_timeliness=True),
    CriterionFact(code="B3", title="Tone"),
)


def duties(**counts):
    found = []
    for kind, number in counts.items():
        found += [
            DutyFact(
                id=len(found) + place, unit="Crown Court", entitlement="ENHANCED",
                timeliness=Timeliness[kind], late_stage="DRAFTING" if kind == "LATE" else "",
            )
            for place in range(1, number + 1)
        ]  # fmt: skip
    return tuple(found)


def facts(**changes):
    plain = {
        "week": WEEK, "as_of": date(2026, 10, 5), "rules": "time limits version 1", "edition": 1,
        "duties": (), "history": (), "drawn": (), "criteria": CRITERIA, "feedback": (),
        "stages": (("DRAFTING", "Drafting"),),
    }  # fmt: skip
    return ReportFacts(**{**plain, **changes})


def marked(number, *, week=WEEK, part="RANDOM", overall="FULLY", edition=1, **levels):
    return DrawnFact(
        id=number, duty=number, plan="Weekly dip sample", week=week, part=part,
        was_sent=True, is_marked=True, overall=overall,
        edition=edition, marks=tuple(MarkFact(code=c, level=v) for c, v in levels.items()),
    )  # fmt: skip


def told(number, *, is_told=True, **fields):
    return FeedbackFact(id=number, waiting_since=SINCE, is_told=is_told, **fields)


def sentences(report):
    return " ".join(s for section in report["sections"] for s in section["sentences"])


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
        (3, 0, "was most often “drafting” (3 of 3)."),
        (3, 1, "was most often “drafting” (3 of 3; of 1 letter it is not known)."),
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


def history(values):
    first = WEEK.plus(1 - len(values))
    return tuple(
        WeekPoint(week=first.plus(place), due=100, met=met, not_sent=5)
        for place, met in enumerate(values)
    )


@pytest.mark.parametrize(
    ("met", "says"),
    [
        pytest.param([60, 62, 58, 61, 59, 60, 62, 58, 61, 59, 60, 61], "no change shown",
                     id="common cause"),
        pytest.param([60, 62, 58, 61, 59, 60, 62, 58, 61, 59, 60, 85], "improved",
                     id="above the upper limit"),
        pytest.param([60, 62, 58, 61, 59, 60, 62, 58, 61, 59, 60, 30], "worsened",
                     id="below the lower limit"),
        pytest.param([60, 62, 58, 61, 85], "no change shown", id="limits still on trial"),
    ],
)  # fmt: skip
def test_the_words_for_change_need_a_signal(met, says):
    report, _ = compose(facts(duties=duties(MET=10), history=history(met)))

    chart = report["sections"][0]["control_charts"][0]
    assert says in chart["sentence"]
    others = {"improved", "worsened", "no change shown"} - {says}
    assert not any(other in chart["sentence"] for other in others)


def test_the_published_change_from_24_0_to_24_1_is_no_change():
    before = [marked(n, week=WEEK.plus(-12), overall="FULLY" if n < 48 else "NOT_MET")
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
    older = [marked(n, week=WEEK.plus(-1), edition=1) for n in range(10)]
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
    assert "a median of 2 working days" in sentences(report)


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
    older = [marked(n, week=WEEK.plus(-3), A1="NOT_MET") for n in range(10, 20)]

    report, records = compose(facts(drawn=(marked(7, A1="NOT_MET"), marked(8), *older)))

    assert records["sample-critical"] == [7]
    assert report["figures"]["sample-critical"]["n"] == 2


def test_a_week_that_is_not_over_says_so_and_does_not_deny_what_waits():
    report, _ = compose(facts(as_of=WEEK.monday, duties=duties(OPEN=3)))

    assert "The week is not over" in sentences(report)
    assert "No letter fell due" not in sentences(report)
    assert "3 letters were not due yet" in sentences(report)


def test_rare_events_are_not_charted_so_that_noughts_do_not_pass_for_improvement():
    rare = [0] * 6 + [1] + [0] * 9 + [1] + [0] * 9
    points = tuple(
        WeekPoint(week=WEEK.plus(n - 25), due=100, met=60 + n % 5, not_sent=v)
        for n, v in enumerate(rare)
    )

    report, _ = compose(facts(duties=duties(MET=10), history=points))

    assert [each["key"] for each in report["sections"][0]["control_charts"]] == ["share-in-time"]
    assert "improved" not in sentences(report)


def test_a_week_with_nothing_says_so():
    report, _ = compose(facts())

    assert "No letter fell due in this week." in sentences(report)
    assert "No sample was drawn for this week." in sentences(report)
