"""Each week of a chart opens the letters that it is counted from, counted in the same way."""

from collections import Counter
from itertools import product

import pytest

from forthright.accounts.models import Role
from forthright.reports import selectors, services
from forthright.reports.models import WeeklyReport
from forthright.rules.weeks import Week, read_week
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.reports.test_make_report import MONDAY_AFTER, WEEK

pytestmark = pytest.mark.django_db
MIDWEEK = given.at("2026-10-01 07:00")
# What may have become of a letter of an older week, and when.
FATES = (
    {},
    {"state": "MET", "sent_at": "{monday} 10:00"},
    {"state": "LATE", "sent_at": "{sunday} 10:00"},
    {"state": "LATE", "sent_at": "{long_after} 10:00"},
    {"state": "NOT_REQUIRED", "not_required_at": "{monday} 10:00"},
    {"state": "NOT_REQUIRED", "not_required_at": "{long_after} 10:00"},
)


def charted_weeks(number=4):
    """Make weeks of eighteen letters each, of every fate, and return their newest week's report."""
    area = given.an_area_that_reports()
    for back, turn in product(range(number), range(18)):
        week = WEEK.plus(-back)
        duty = given.a_letter_owed(decided_at=given.at(f"{week.plus(-1).monday} 10:00"))
        days = {
            "monday": week.monday, "sunday": week.sunday, "long_after": week.plus(9).monday,
        }  # fmt: skip
        fate = {
            name: given.at(words.format(**days)) if name.endswith("_at") else words
            for name, words in FATES[turn % len(FATES)].items()
        }
        if "not_required_at" in fate:
            fate["not_required_reason"] = "The person asked for none."
        Duty.objects.filter(pk=duty.pk).update(due_on=week.monday, due_week=week.monday, **fate)
    return area


def charts_of(report):
    return {
        chart["key"]: [value for part in chart["segments"] for value in part["values"]]
        for chart in report.figures["sections"][0]["control_charts"]
    }


@pytest.mark.parametrize("made_at", [MONDAY_AFTER, MIDWEEK, given.at("2026-10-21 07:00")])
def test_every_week_counts_the_letters_it_opens(made_at):
    area = charted_weeks()
    report = services.make_weekly_report(area, WEEK, by=None, at=made_at)
    manager = given.a_person(Role.SENIOR_MANAGER)

    charts = charts_of(report)

    assert set(charts) == {"share-in-time", "not-sent"}
    for key, values in charts.items():
        for value in values:
            if value["week"] == str(WEEK):
                continue
            behind = selectors.week_behind(report, key, read_week(value["week"]), manager)
            counted = Counter(row.is_counted for row in behind.rows)
            assert (counted[True], len(behind.rows)) == (value["count"], value["n"])
            assert behind.is_as_frozen


def test_the_own_week_of_a_report_opens_its_frozen_letters():
    report = services.make_weekly_report(charted_weeks(), WEEK, by=None, at=MONDAY_AFTER)
    manager = as_(given.a_person(Role.SENIOR_MANAGER))

    for key, own in (("share-in-time", "owed-all-share"), ("not-sent", "owed-all-unsent")):
        last = charts_of(report)[key][-1]
        figure = report.figures["figures"][own]
        assert (last["week"], last["count"]) == (str(WEEK), figure["count"])
        manager.open(f"/reports/{report.pk}/figures/{own}/").see("as they stood when")


def test_a_week_says_when_the_records_have_changed_since():
    report = services.make_weekly_report(charted_weeks(), WEEK, by=None, at=MONDAY_AFTER)
    value = charts_of(report)["not-sent"][0]
    manager = as_(given.a_person(Role.SENIOR_MANAGER))
    address = f"/reports/{report.pk}/charts/not-sent/{value['week']}/"
    manager.open(address).see("The records of today give the same number")
    monday = read_week(value["week"]).monday
    Duty.objects.filter(due_week=monday, sent_at=None, state="OPEN").update(
        state="LATE", sent_at=given.at(f"{monday} 12:00")
    )

    changed = manager.open(address)

    changed.see(value["words"], f"The records of today give {value['count'] - 3} of {value['n']}")


def test_while_a_week_is_not_over_older_weeks_are_counted_as_whole_weeks():
    area = charted_weeks()

    midweek, over = (
        charts_of(services.make_weekly_report(area, WEEK, by=None, at=at))
        for at in (MIDWEEK, MONDAY_AFTER)
    )

    assert midweek["not-sent"] == [
        {**value, "meaning": "", "why": ""} for value in over["not-sent"][:-1]
    ]


@pytest.mark.parametrize(
    "ending", ["charts/nothing/2026-W39/", "charts/not-sent/2020-W01/", "charts/not-sent/x/"]
)
def test_a_week_that_the_report_does_not_have_is_not_there(ending):
    report = services.make_weekly_report(charted_weeks(), WEEK, by=None, at=MONDAY_AFTER)

    as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/{ending}", status=404)


def test_letters_of_a_unit_that_may_not_be_opened_are_counted_and_not_named():
    report = services.make_weekly_report(charted_weeks(), WEEK, by=None, at=MONDAY_AFTER)
    elsewhere = given.a_unit("RASSO")
    manager = given.a_person(Role.LINE_MANAGER, unit=elsewhere)

    behind = selectors.week_behind(report, "not-sent", Week(2026, 39), manager)

    assert (behind.rows, behind.hidden, behind.is_as_frozen) == ([], behind.n, True)


def test_every_page_of_a_report_that_was_changed_warns():
    report = services.make_weekly_report(charted_weeks(), WEEK, by=None, at=MONDAY_AFTER)
    value = charts_of(report)["not-sent"][0]
    manager = as_(given.a_person(Role.SENIOR_MANAGER))
    pages = ["", "figures/owed-all-due/", f"charts/not-sent/{value['week']}/"]
    for address in pages:
        manager.open(f"/reports/{report.pk}/{address}").not_see("not as the record says")
    WeeklyReport.objects.update(version=7)

    for address in pages:
        page = manager.open(f"/reports/{report.pk}/{address}")
        page.see("This report is not as the record says it was made.", "in its version.")
