"""The report says how recordings reach people, and no more than its figures can bear."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain
from random import Random

import pytest

from forthright.rules.by_case import by_case
from forthright.rules.figures import Proportion
from forthright.rules.media_backlog import BacklogFacts, Beside, DiscFact, Left, RecordingFact
from forthright.rules.media_copies import Copy
from forthright.rules.weekly_report.compose import compose
from forthright.rules.weekly_report.register_counts import shared_by_case
from tests.rules.report_facts import WEEK, facts

SUNDAY = WEEK.sunday
BEGUN = WEEK.plus(-20).monday


def days(number):
    return timedelta(days=number)


def a_recording(number, **fields):
    plain = {"entered_on": BEGUN, "unit": "Crown Court", "police": "20AC"}
    return RecordingFact(id=number, **{**plain, **fields})


def shared(number, *, on, **fields):
    return a_recording(number, left_on=on, left_how=Left.SHARED, shared_on=on, **fields)


def report_of(*recordings, discs=(), begun_on=BEGUN, **changes):
    register = BacklogFacts(
        until=SUNDAY, periods="2026.1", early_days=7, begun_on=begun_on,
        recordings=recordings, discs=discs,
    )  # fmt: skip
    return compose(facts(recordings=register, **changes))


def section_of(report):
    return next(each for each in report["sections"] if each["key"] == "recordings")


def said(report):
    return " ".join(section_of(report)["sentences"])


def flowing(*, each_week, weeks=12, stock=100):
    """Return a stock that so many a week have left, and none has come to."""
    gone = [
        shared(1000 + place * 100 + number, on=WEEK.plus(-place).monday)
        for place in range(weeks)
        for number in range(each_week)
    ]
    return [*(a_recording(number) for number in range(stock)), *gone]


def held(week, *, early=0, before=0, late=0, never=0, start=0):
    """Return recordings relied on, of one hearing day, by when they were with everybody."""
    day = week.monday + days(3)
    lead = [8] * early + [2] * before + [-1] * late
    found = [
        shared(start + place, on=day - days(ahead), held_on=day, is_relied_on=True)
        for place, ahead in enumerate(lead)
    ]
    return found + [
        a_recording(start + len(lead) + place, held_on=day, is_relied_on=True)
        for place in range(never)
    ]


def test_an_area_without_a_register_has_no_section_on_it():
    report, _ = compose(facts())

    assert "recordings" not in {each["key"] for each in report["sections"]}


def test_an_empty_register_says_so():
    report, _ = report_of(begun_on=None)

    assert said(report) == "No recording is in the register."


def test_the_stock_is_told_with_what_came_and_went():
    report, records = report_of(
        a_recording(1), a_recording(2, entered_on=WEEK.monday),
        shared(3, on=WEEK.monday), a_recording(4, left_on=SUNDAY, left_how=Left.NOT_NEEDED),
    )  # fmt: skip

    assert (
        "At the end of Sunday 4 October 2026, 2 recordings were not yet with everybody who must "
        "have them. In the week 1 came in and 2 left."
    ) in said(report)
    flow = f"recordings-flow-{WEEK}"
    assert {part: records[f"{flow}-{part}"] for part in ("in", "shared", "unneeded", "stock")} == {
        "in": [2], "shared": [3], "unneeded": [4], "stock": [1, 2],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("recordings", "begun", "words"),
    [
        pytest.param(flowing(each_week=10), 20,
                     "in about 10 weeks (95% interval 10 to 10 weeks)", id="falling steadily"),
        pytest.param(flowing(each_week=0), 20, "not all would be with everybody within 2 years.",
                     id="standing still"),
        pytest.param(flowing(each_week=10, weeks=5), 5,
                     "Too few to say by when all would be with everybody: 5 of the 12 whole weeks "
                     "needed.", id="too few weeks"),
        pytest.param(flowing(each_week=1, stock=9), 20,
                     "With fewer than ten, no forecast is made.", id="too few recordings"),
    ],
)  # fmt: skip
def test_a_forecast_has_its_interval_or_is_not_made(recordings, begun, words):
    report, _ = report_of(*recordings, begun_on=WEEK.plus(-begun).monday)

    assert words in said(report)


def test_ages_of_fewer_than_ten_are_too_few_to_say():
    few, _ = report_of(*(a_recording(number) for number in range(9)))
    enough, _ = report_of(*(a_recording(number) for number in range(10)))

    words = [each["figures"]["recordings-age-all-median"]["words"] for each in (few, enough)]
    assert words == ["too few to say", "146 days (of 10; 95% interval 146 days to 146 days)"]


def test_sharing_beside_the_hearing_is_told_with_its_interval():
    report, records = report_of(*held(WEEK, early=8, before=2, late=1, never=1))

    figures = report["figures"]
    shares = {part: figures[f"recordings-hearing-{part}"]["count"]
              for part in ("early", "before", "late", "not")}  # fmt: skip
    assert shares == {"early": 8, "before": 2, "late": 1, "not": 1}
    assert figures["recordings-hearing-early"]["words"].startswith("66.7% (8 of 12, 95% interval")
    assert len(records["recordings-hearing-early:counted-from"]) == 12


def test_what_nobody_assessed_by_its_hearing_is_told_beside_the_shares_it_is_in_none_of():
    over = {"held_on": WEEK.monday + days(3), "is_unassessed": True}
    report, records = report_of(
        *held(WEEK, early=3), *(a_recording(50 + number, **over) for number in range(2)),
        a_recording(60, is_unassessed=True), a_recording(61, police="22BD", unit="RASSO", **over),
    )  # fmt: skip

    figures = report["figures"]
    assert figures["recordings-hearing-early"]["words"] == "3 of 3 (too few to say)"
    assert records["recordings-hearing-unassessed"] == [50, 51, 61]
    assert figures["recordings-hearing-unassessed"]["n"] == 6
    assert records["recordings-unit-RASSO-unassessed"] == [61]
    assert records["recordings-police-20AC-unassessed"] == [50, 51]


def test_every_figure_of_the_register_has_its_population_rules_and_records():
    report, records = report_of(*held(WEEK, early=8, never=4), discs=(
        DiscFact(id=3, is_missing=True, is_over=True),
        DiscFact(id=4, is_missing=False, is_over=False, is_unknown=True),
    ))  # fmt: skip

    figures = {k: each for k, each in report["figures"].items() if k.startswith("recordings-")}
    assert len(figures) > 40
    for key, figure in figures.items():
        assert figure["population"]
        assert figure["record_kind"] in {"recording", "disc"}
        assert figure["rules"] == "recordings by periods 2026.1; weekly report 21"
        assert len(records[key]) == figure["count"] <= figure["n"]
    assert records["recordings-discs-missing"] == [3]
    assert records["recordings-discs-over"] == [3]
    assert records["recordings-discs-unknown"] == [4]


@pytest.mark.parametrize(
    ("newest", "says"),
    [
        pytest.param({"before": 12, "never": 8}, "no change shown", id="as ever"),
        pytest.param({"before": 20}, "improved", id="above the limit"),
        pytest.param({"never": 20}, "worsened", id="below the limit"),
    ],
)
def test_improved_is_written_only_with_a_signal(newest, says):
    weeks = [
        held(WEEK.plus(place - 12), before=12 + place % 2, never=8 - place % 2, start=place * 100)
        for place in range(12)
    ]
    report, records = report_of(*chain(*weeks), *held(WEEK, start=5000, **newest))

    chart = section_of(report)["control_charts"][0]
    assert chart["sentence"].startswith(
        f"Recordings relied on that were with everybody before the hearing: {says} over 13 weeks"
    )
    assert chart["population"].startswith("recordings relied on")
    for value in chart["segments"][0]["values"]:
        assert len(records[f"{chart['key']}-{value['week']}"]) == value["count"]


def test_too_few_hearings_make_no_chart():
    report, _ = report_of(*held(WEEK, early=9))

    assert section_of(report)["control_charts"] == []
    assert (
        "too few weeks with ten or more recordings relied on, of ten cases or more, for a chart"
        in said(report)
    )


def test_what_does_not_play_is_a_share_of_what_was_tried_and_lost_links_are_counted():
    here, before = WEEK.monday, WEEK.plus(-13).monday
    report, records = report_of(
        a_recording(1, copies=(Copy(here, plays=False),)),
        a_recording(2, copies=(Copy(here, plays=True),)),
        a_recording(3, copies=(Copy(here),)), a_recording(4, copies=(Copy(before, plays=False),)),
        a_recording(5, is_link_lost=True), a_recording(6, is_unopened=True),
    )  # fmt: skip

    assert report["figures"]["recordings-unplayable"]["words"] == "1 of 2 (too few to say)"
    assert records["recordings-lost"] == [5]
    assert records["recordings-unopened"] == [6]


def test_what_came_once_more_takes_nothing_away_from_what_does_not_play():
    bad, good = Copy(WEEK.monday, plays=False), Copy(SUNDAY, plays=True)
    long_ago = Copy(WEEK.plus(-13).monday, plays=False)
    report, records = report_of(
        a_recording(1, copies=(bad,)), a_recording(2, copies=(bad, Copy(SUNDAY))),
        a_recording(3, copies=(bad, good)), a_recording(4, copies=(good,)),
        a_recording(5, copies=(long_ago, good)), a_recording(6, copies=(Copy(SUNDAY),)),
    )  # fmt: skip

    assert report["figures"]["recordings-unplayable"]["words"] == "3 of 5 (too few to say)"
    assert records["recordings-unplayable"] == [1, 2, 3]


def test_each_police_unit_has_its_row_that_with_most_in_stock_first():
    report, records = report_of(
        a_recording(1), a_recording(2, police="22BD"), a_recording(3, police="22BD"),
        *held(WEEK, early=1, start=10),
    )  # fmt: skip

    for table in section_of(report)["tables"][-2:]:
        assert [label for label, _ in table["rows"]] == ["22BD", "20AC"]
    assert records["recordings-police-22BD-stock"] == [2, 3]
    assert records["recordings-police-20AC-before"] == [10]


def test_a_week_that_is_not_over_says_that_its_figures_will_change():
    report, _ = report_of(a_recording(1), as_of=WEEK.monday + days(2))

    assert said(report).startswith("The week is not over")


def test_each_unit_and_police_unit_has_a_forecast_of_its_own_with_its_interval():
    falling = flowing(each_week=10)
    few = [a_recording(5000 + number, unit="RASSO", police="22BD") for number in range(9)]
    report, records = report_of(*falling, *few)

    figures = report["figures"]
    words = {
        key: figures[f"recordings-{key}"]["words"]
        for key in ("unit-Crown-Court-cleared", "unit-Crown-Court-change", "unit-RASSO-cleared",
                    "police-20AC-cleared", "police-22BD-cleared")
    }  # fmt: skip
    assert words == {
        "unit-Crown-Court-cleared": "in about 10 weeks (95% interval 10 to 10 weeks)",
        "unit-Crown-Court-change": "-10.0",
        "unit-RASSO-cleared": "too few to say",
        "police-20AC-cleared": "in about 10 weeks (95% interval 10 to 10 weeks)",
        "police-22BD-cleared": "too few to say",
    }
    assert figures["recordings-unit-Crown-Court-cleared"]["n"] == 100
    assert (
        "how they came and went in 12 whole weeks"
        in (figures["recordings-unit-Crown-Court-cleared"]["population"])
    )
    assert len(records["recordings-unit-RASSO-stock"]) == 9


def test_the_units_together_are_the_whole_stock():
    report, _ = report_of(
        *(a_recording(number, unit=f"Unit {number % 3}", police=f"2{number % 4}AC")
          for number in range(50)),
    )  # fmt: skip

    figures = report["figures"]
    for kind in ("unit", "police"):
        parts = [
            each["count"] for key, each in figures.items()
            if key.startswith(f"recordings-{kind}-") and key.endswith("-stock")
        ]  # fmt: skip
        assert sum(parts) == figures["recordings-age-all"]["count"] == 50


def test_a_recording_counts_beside_each_hearing_that_was_held_and_once_where_weeks_are_pooled():
    day = WEEK.monday + days(2)
    both = shared(
        1, on=day - days(2), held_on=day, is_relied_on=True,
        earlier=(
            Beside(held_on=day - days(14), is_relied_on=True, shared_on=day - days(2)),
            Beside(held_on=day - days(1), is_relied_on=True, shared_on=day - days(2)),
        ),
    )  # fmt: skip
    report, records = report_of(both, *held(WEEK, early=1, start=10))

    figures = report["figures"]
    assert records["recordings-hearing-before"] == [1]
    assert figures["recordings-hearing-before"]["n"] == 2
    assert figures["recordings-police-20AC-before"]["n"] == 2
    assert records["recordings-police-20AC-before"] == [10]


def of_cases(sizes, *, early_of, week=WEEK):
    """Return recordings relied on of cases of these sizes; those of the first cases came early."""
    day, number, found = week.monday + days(3), 0, []
    for case, size in enumerate(sizes, 1):
        for _ in range(size):
            number += 1
            ahead = 8 if case <= early_of else -1
            found.append(
                shared(number, on=day - days(ahead), held_on=day, is_relied_on=True, case=case)
            )
    return found


def early_share(report):
    return report["figures"]["recordings-hearing-early"]


def test_recordings_of_one_case_count_as_one_answer_and_not_as_many():
    twelve = [4] * 12
    alone, _ = report_of(*held(WEEK, early=24, late=24))
    shared_by, _ = report_of(*of_cases(twelve, early_of=6))

    wide, narrow = early_share(shared_by), early_share(alone)

    assert (wide["count"], wide["n"]) == (narrow["count"], narrow["n"]) == (24, 48)
    assert wide["high"] - wide["low"] > 1.5 * (narrow["high"] - narrow["low"])
    assert "12 cases" in wide["words"]
    assert "case" not in narrow["words"]
    assert any("several recordings" in each for each in shared_by["method"])


def test_below_ten_cases_no_share_is_given_however_many_recordings_they_have():
    report, _ = report_of(*of_cases([20, 20, 20], early_of=1))

    share = early_share(report)

    assert share["rate"] is None
    assert share["words"] == "20 of 60 recordings, of 3 cases (too few to say)"


def test_a_week_of_few_cases_is_not_on_the_chart_and_the_report_says_why():
    weeks = [WEEK.plus(-each) for each in range(5, 0, -1)]
    before = [
        each
        for place, week in enumerate(weeks)
        for each in moved(of_cases([1] * 12, early_of=9, week=week), by=1_000 * (1 + place))
    ]

    report, _ = report_of(*before, *of_cases([15, 15], early_of=1))

    [chart, _] = section_of(report)["control_charts"]
    newest = chart["segments"][-1]["values"][-1]
    assert (newest["n"], newest["cases"], newest["value"]) == (30, 2, None)
    assert "The week of this report had 30 recordings relied on of 2 cases" in chart["sentence"]


def moved(recordings, *, by):
    return [replace(each, id=each.id + by, case=each.case + by) for each in recordings]


@pytest.mark.parametrize("truth", [0.3, 0.6, 0.9])
def test_the_interval_holds_the_truth_where_cases_have_several_recordings(truth):
    chance, inside, tries = Random(f"recordings by case {truth}"), 0, 300
    for _ in range(tries):
        pairs = []
        for case in range(40):
            is_met = chance.random() < truth  # the lawyer shares all of a case, or none
            pairs += [(case, is_met)] * chance.choice((1, 1, 2, 3, 6))
        made = [a_recording(number, case=case) for number, (case, _) in enumerate(pairs)]
        met = [number for number, (_, is_met) in enumerate(pairs) if is_met]
        share = by_case(
            Proportion(len(met), len(made)), shared_by_case(met, made), things="recordings"
        )
        interval = share.interval()
        inside += interval.low <= truth <= interval.high

    assert inside / tries >= 0.91
