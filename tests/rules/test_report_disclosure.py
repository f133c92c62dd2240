"""The section on initial disclosure: counted as the monthly figures are, week and twelve weeks."""

from datetime import date, timedelta

import pytest

from forthright.rules.disclosure_judged import DutyFacts
from forthright.rules.disclosure_returns import ReturnFacts
from forthright.rules.weekly_report.compose import compose
from forthright.rules.weekly_report.disclosure_facts import DisclosureFacts
from tests.rules.report_facts import WEEK, facts

DUE = WEEK.monday


def a_duty(key, *, late=0, due=DUE, **fields):
    plain = {"served_on": due + timedelta(days=late), "items_total": 4, "items_endorsed": 4,
             "court_told_on": due + timedelta(days=late), "has_document": True,
             "has_receipt": True, "presumed_total": 2, "presumed_given": 2}  # fmt: skip
    return DutyFacts(key=key, due_on=due, **{"case": key, **plain, **fields})


def report_of(*duties, deliveries=()):
    return compose(facts(disclosure=DisclosureFacts(duties=duties, deliveries=deliveries)))


def section_of(report):
    return next(each for each in report["sections"] if each["key"] == "disclosure")


def test_each_share_of_the_week_has_its_interval_its_population_and_its_records():
    duties = [a_duty(key, late=1 if key <= 3 else 0) for key in range(1, 13)]

    report, records = report_of(*duties)

    share = report["figures"]["disclosure-week-q2"]
    assert share["words"] == "75.0% (9 of 12, 95% interval 46.8% to 91.1%)"
    assert share["population"] == (
        "duties whose initial disclosure was due in the week of 28 September 2026"
    )
    assert share["rules"] == "disclosure-compliance 2026.8; weekly report 21"
    assert records["disclosure-week-q2"] == list(range(4, 13))
    assert records["disclosure-week-q2:counted-from"] == list(range(1, 13))
    assert report["figures"]["disclosure-week-q1"]["count"] == 12


def test_the_week_stands_beside_twelve_weeks():
    before = a_duty(1, due=WEEK.plus(-11).monday)

    report, records = report_of(before, a_duty(2, served_on=None, court_told_on=None))

    table = section_of(report)["tables"][0]
    assert table["columns"] == ("The week", "The last 12 weeks")
    assert report["figures"]["disclosure-week-q2"]["words"] == "0 of 1 (too few to say)"
    assert report["figures"]["disclosure-weeks-q2"]["words"] == "1 of 2 (too few to say)"
    assert records["disclosure-weeks-q2"] == [1]
    assert section_of(report)["sentences"][0] == (
        "Initial disclosure to 1 defendant was due in the week: 0 by its day, and 0 with every "
        "item endorsed, whatever the day."
    )


def test_every_figure_of_the_plan_is_there():
    report, _ = report_of(a_duty(1, is_nil=True, presumed_given=1, court_told_on=None))

    said = {
        row: report["figures"][key]["words"]
        for row, (key, _) in section_of(report)["tables"][0]["rows"]
    }
    assert said == {
        "Given by its day": "1 of 1 (too few to say)",
        "Given with every item endorsed, whatever the day": "1 of 1 (too few to say)",
        "Sensitive material decided on before it": "none to count",
        "Court told on the same day": "0 of 1 (too few to say)",
        "Statements that there is nothing to disclose": "1 of 1 (too few to say)",
        "All presumed material supplied": "0 of 1 (too few to say)",
        "Disclosure management document with it": "1 of 1 (too few to say)",
        "Record sheet shows the schedules and every decision": "1 of 1 (too few to say)",
        "Days early or late, the median": "on the day (of 1; too few for an interval)",
    }


def test_schedules_returned_are_told_by_police_unit():
    deliveries = (
        ReturnFacts(key=1, case=1, unit="Mercia Police", is_returned=True, days=4),
        ReturnFacts(key=2, case=2, unit="Mercia Police", is_returned=False),
        ReturnFacts(key=3, case=3, unit="South Police", is_returned=True),
    )

    report, records = report_of(a_duty(1), deliveries=deliveries)

    table = section_of(report)["tables"][1]
    assert [unit for unit, _ in table["rows"]] == ["All", "Mercia Police", "South Police"]
    returned, mended = table["rows"][1][1]
    assert report["figures"][returned]["words"] == "1 of 2 (too few to say)"
    assert report["figures"][mended]["words"] == "4 (of 1; too few for an interval)"
    assert records[table["rows"][0][1][0]] == [1, 3]


def test_schedules_of_which_nobody_recorded_the_unit_have_a_row_and_no_share():
    deliveries = (ReturnFacts(key=1, case=1, unit="Mercia Police", is_returned=True, days=4),
                  ReturnFacts(key=2, case=2, unit="", is_returned=False))  # fmt: skip

    report, _ = report_of(a_duty(1), deliveries=deliveries)

    table = section_of(report)["tables"][1]
    assert [unit for unit, _ in table["rows"]] == ["All", "Mercia Police", "Unit not known"]
    returned = table["rows"][1][1][0]
    assert report["figures"][returned]["words"] == ("1 of 1 (no share: the unit of 1 is not known)")


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "1 defendant of a case sent to the Crown Court has no duty begun"),
        (2, "2 defendants of cases sent to the Crown Court have no duty begun"),
    ],
)
def test_those_for_whom_no_duty_has_begun_are_said_to_be_counted_nowhere(number, words):
    found = DisclosureFacts(duties=(), deliveries=(), not_begun=number)

    report, _ = compose(facts(disclosure=found))

    assert any(words in each for each in section_of(report)["sentences"])


def test_an_area_without_disclosure_has_no_section_and_no_method_of_it():
    report, _ = compose(facts())

    assert "disclosure" not in [each["key"] for each in report["sections"]]
    assert "disclosure" not in " ".join(report["method"])


def test_a_week_that_is_not_over_says_so():
    early = facts(as_of=date(2026, 9, 30), disclosure=DisclosureFacts(duties=(), deliveries=()))

    report, _ = compose(early)

    assert section_of(report)["sentences"][:2] == [
        "The week is not over, so these figures will still change.",
        "No initial disclosure was due in the week.",
    ]
