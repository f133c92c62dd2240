"""A control chart of the report claims no change that the weeks do not show."""

from dataclasses import replace
from datetime import date

import pytest

from forthright.rules.weekly_report.compose import compose
from forthright.rules.weekly_report.facts import RedatedFact, WeekPoint
from tests.rules.report_facts import WEEK, chart_of, duties, facts, history, sentences

STEADY = [60, 62, 58, 61, 59, 60, 62, 58, 61, 59, 60, 61]


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


def test_rare_events_are_not_charted_so_that_noughts_do_not_pass_for_improvement():
    rare = [0] * 6 + [1] + [0] * 9 + [1] + [0] * 9
    points = tuple(
        WeekPoint(week=WEEK.plus(n - 25), due=100, met=60 + n % 5, not_sent=v)
        for n, v in enumerate(rare)
    )

    report, _ = compose(facts(duties=duties(MET=10), history=points))

    assert [each["key"] for each in report["sections"][0]["control_charts"]] == ["share-in-time"]
    assert "improved" not in sentences(report)


def test_every_week_and_every_average_on_a_chart_has_its_n_interval_population_and_rules():
    report, _ = compose(facts(duties=duties(MET=10), history=history(STEADY)))

    for chart in report["sections"][0]["control_charts"]:
        assert chart["population"].startswith("letters due in each week")
        assert "version 1" in chart["rules"]
        for segment in chart["segments"]:
            assert (segment["weeks"], segment["n"]) == (12, 1200)
            assert segment["rules"] == "time limits version 1"
            assert [value["n"] for value in segment["values"]] == [100] * 12
    first = chart_of(report)["segments"][0]["values"][0]
    assert first["words"] == "60.0% (60 of 100, 95% interval 50.2% to 69.1%)"
    assert (first["low"], first["high"]) == pytest.approx((0.502, 0.691), abs=0.001)
    assert (
        "the average of 12 weeks, each counting the same, is 60.1% (1,200 letters due)"
        in (chart_of(report)["sentence"])
    )


def test_a_week_of_fewer_than_ten_is_told_and_not_drawn_as_a_rate():
    weeks = history(STEADY)
    weeks = (*weeks[:5], replace(weeks[5], due=7, met=0), *weeks[6:])

    report, _ = compose(facts(duties=duties(MET=10), history=weeks))

    few = chart_of(report)["segments"][0]["values"][5]
    assert few["value"] is None
    assert few["words"] == "0 of 7 (too few to say)"
    assert (
        "1 week with fewer than ten letters due is in the table and not on the chart"
        in (chart_of(report)["sentence"])
    )


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        pytest.param({"due": 9, "met": 9}, "had 9 letters due, too few for a share", id="few"),
        pytest.param({"due": 0, "met": 0}, "No letter fell due in the week", id="none"),
    ],
)
def test_an_older_signal_is_never_told_as_news_of_a_week_that_is_not_on_the_chart(changes, says):
    weeks = history([*STEADY[:11], 90, 60])
    weeks = (*weeks[:-1], replace(weeks[-1], **changes))

    report, _ = compose(facts(duties=duties(MET=10), history=weeks))

    sentence = chart_of(report)["sentence"]
    assert says in sentence
    assert "no change shown" in sentence
    assert "improved" not in sentence
    assert "earlier weeks stand out" in sentence


def test_a_week_that_is_not_over_is_not_on_the_chart():
    weeks = history([*STEADY, 100])

    report, _ = compose(facts(as_of=WEEK.monday, duties=duties(MET=10), history=weeks))

    labels = [v["week"] for s in chart_of(report)["segments"] for v in s["values"]]
    assert str(WEEK) not in labels
    assert "not over, so it is not on the chart" in chart_of(report)["sentence"]


def test_a_new_way_of_counting_cannot_pass_for_a_change_in_the_work():
    before, after = history(STEADY)[:11], history([90, 90])[:2]
    after = tuple(
        replace(each, week=WEEK.plus(n - 1), rules="time limits version 2")
        for n, each in enumerate(after)
    )
    before = tuple(replace(each, week=WEEK.plus(n - 12)) for n, each in enumerate(before))

    report, _ = compose(facts(duties=duties(MET=10), history=(*before, *after)))

    chart = chart_of(report)
    assert [part["rules"] for part in chart["segments"]] == [
        "time limits version 1", "time limits version 2",
    ]  # fmt: skip
    assert "no change shown" in chart["sentence"]
    assert "Trial limits: 2 of the 12 points needed" in chart["sentence"]
    assert "time limits version 1, then time limits version 2" in chart["sentence"]


def test_weeks_of_uneven_size_are_said_to_be_uneven():
    weeks = history(STEADY)
    weeks = (replace(weeks[0], due=40, met=24), *weeks[1:])

    report, _ = compose(facts(duties=duties(MET=10), history=weeks))

    assert "Between 40 and 100 letters were due a week" in chart_of(report)["sentence"]


def test_a_chart_needs_three_weeks_of_ten_letters():
    report, _ = compose(facts(duties=duties(MET=5), history=history([5, 5, 5, 5, 5], due=9)))

    assert report["sections"][0]["control_charts"] == []
    assert "no change over time is claimed" in sentences(report)


def test_a_chart_says_when_its_earlier_weeks_are_counted_by_other_due_dates():
    moved = tuple(RedatedFact(id=n, changed_on=date(2026, 9, n), is_out=n == 1) for n in (1, 2))

    report, records = compose(
        facts(duties=duties(MET=10), history=history(STEADY), redated_before=moved)
    )

    chart = report["sections"][0]["control_charts"][0]
    says = "2 letters of the earlier weeks were given another due date, the last on 2 September"
    assert says in chart["sentence"]
    assert records["owed-moved-before"] == [1, 2]
    steady, _ = compose(facts(duties=duties(MET=10), history=history(STEADY)))
    assert "another due date" not in chart_of(steady)["sentence"]
