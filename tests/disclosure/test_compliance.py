import csv
import json
from datetime import date, timedelta

import pytest
import time_machine as times
from typer.testing import CliRunner

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.selectors.trends import trends_of
from forthright.disclosure.services.endorsing import set_aside
from forthright.disclosure.services.starting import end_duty
from forthright.rules.disclosure_compliance import read_month
from forthright.rules.rubric import Level
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
OCTOBER = read_month("2026-10")
NOVEMBER = given.at("2026-11-02 09:00")


def of_october(today=date(2026, 11, 2)):
    return compliance_of(DisclosureDuty.objects.all(), Delivery.objects.all(), OCTOBER, today)


def test_a_month_counts_what_was_due_in_it_served_or_not():
    served, _late = duties.court_told(), duties.a_duty()
    duties.a_duty(sent=date(2026, 9, 25))  # due in November

    found = of_october()

    assert [each.failing for each in found.duties] == ["No initial disclosure", ""]
    assert found.duties[1].facts.key == served.pk
    figures = {each.key: each.words for each in found.figures}
    assert figures["q1"] == figures["q2"] == "1 of 2 (too few to say)"
    assert figures["q3"] == "1 of 1 (too few to say)"
    assert figures["presumed"] == "0 of 1 (too few to say)"
    assert figures["sheet"] == "1 of 1 (too few to say)"


def test_what_is_not_due_yet_is_not_judged():
    duties.a_duty()

    assert of_october(date(2026, 10, 5)).duties == ()


def test_an_item_set_aside_counts_as_not_endorsed():
    duty = duties.with_an_item_set_aside()

    assert [each.failing for each in of_october().duties] == ["1 item not endorsed"]
    assert of_october().duties[0].facts.key == duty.pk


def test_an_item_set_aside_and_decided_before_the_service_counts_as_endorsed():
    duty = duties.reviewing()
    for line in lines_of(duty):
        if line.item.number == 2 or line.form == "MG6D":
            set_aside(duty, line.item.pk, reason="The log is still with the force",
                      decide_by=date(2026, 10, 9), by=duties.a_lawyer(), at=given.NOON)  # fmt: skip

    duties.approve_and_serve(duties.endorse_all(duty, by=duties.a_lawyer()))

    serving = duty.servings.get()
    assert (serving.items_endorsed, serving.items_aside, serving.items_total) == (4, 0, 4)
    [judged] = of_october().duties
    assert judged.failing == "Court not told the same day"
    assert judged.marks[0] is judged.marks[2] is Level.FULLY


def test_returns_are_counted_with_the_days_until_they_were_mended():
    duty = duties.a_duty()
    duties.returned(duty)
    duties.received(duty)

    said = {each.label: each.words for each in of_october().figures}

    assert said["Returned to the police: Mercia Police"] == "1 of 1 (too few to say)"
    assert (
        said["Days until it was mended, the median: Mercia Police"]
        == "0 (of 1; too few for an interval)"
    )


def test_the_page_shows_figures_and_the_worst_first_within_reach():
    duties.a_duty()
    with times.travel(NOVEMBER, tick=False):
        page = as_(given.a_person(Role.CHIEF_CROWN_PROSECUTOR)).open("/disclosure/compliance/")
        page.see("Compliance in October 2026", "0 of 1 (too few to say)", "No initial disclosure")
        other = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))
        as_(other).open("/disclosure/compliance/").see("none to count", "no duty was due")
        nonsense = as_(other).open("/disclosure/compliance/", month="nonsense", status=400)
        nonsense.see("“nonsense” is no month", "Compliance in October 2026")
        as_(other).open("/disclosure/compliance/", month="1900-01").see("January 1900")


def test_the_command_writes_the_figures_and_every_duty(tmp_path):
    duty = duties.a_duty()
    duties.court_told()
    with times.travel(NOVEMBER, tick=False):
        told = CliRunner().invoke(
            run, ["disclosure", "compliance", "--month", "2026-10", "--out", str(tmp_path)]
        )

    assert told.exit_code == 0, told.output
    written = json.loads((tmp_path / "compliance.json").read_text())
    assert written["rules"] == "disclosure-compliance 2026.8"
    assert written["not_begun"] == 0
    assert {"count", "n", "population", "rules", "low", "high"} <= set(written["figures"][0])
    text = (tmp_path / "duties.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(text.splitlines()))
    assert len(rows) == 3
    assert rows[1][1:2] + rows[1][-1:] == [duty.case.urn, "No initial disclosure"]
    assert "Marsden" not in text


def test_the_list_of_duties_holds_names_with_commas_and_marks_as_one_cell(tmp_path):
    duty = duties.a_duty()
    Unit.objects.filter(pk=duty.unit_id).update(name='Crown Court, the "Old" one')
    type(duty.case).objects.filter(pk=duty.case_id).update(urn_suffix="/a,b")
    with times.travel(NOVEMBER, tick=False):
        CliRunner().invoke(
            run, ["disclosure", "compliance", "--month", "2026-10", "--out", str(tmp_path)]
        )

    text = (tmp_path / "duties.csv").read_text(encoding="utf-8-sig")
    head, row = csv.reader(text.splitlines())
    assert (len(row), row[:3]) == (
        len(head),
        [str(duty.pk), f"{duty.case.urn}/a,b", 'Crown Court, the "Old" one'],
    )


def test_the_command_leaves_in_the_record_whose_marks_it_wrote(tmp_path):
    duty = duties.court_told()
    with times.travel(NOVEMBER, tick=False):
        CliRunner().invoke(
            run, ["disclosure", "compliance", "--month", "2026-10", "--out", str(tmp_path)]
        )

    event = Event.objects.get(name="compliance.taken_out")
    assert event.detail == {"month": "2026-10", "duties": [duty.pk]}
    assert (event.area_id, event.by) == (duty.area_id, None)


@pytest.mark.parametrize(("month", "status"), [("October", 2), ("2026-12", 1)])
def test_a_month_that_cannot_be_is_refused(month, status, tmp_path):
    given.an_area()
    with times.travel(NOVEMBER, tick=False):
        told = CliRunner().invoke(
            run, ["disclosure", "compliance", "--month", month, "--out", str(tmp_path)]
        )

    assert told.exit_code == status


def test_one_served_early_is_not_judged_before_its_day_is_over_either():
    duty = duties.court_told()

    assert of_october(duty.due_on).duties == ()
    assert of_october(duty.due_on + timedelta(days=1)).duties != ()


def test_what_is_evidence_is_not_owed_as_presumed_material():
    duty = duties.reviewing()
    codes = duties.CODES | {2: ("E", ""), 3: ("D", "She saw two men")}
    duties.approve_and_serve(duties.endorse_all(duty, by=duties.a_lawyer(), codes=codes))

    figures = {each.key: each.words for each in of_october().figures}

    assert figures["presumed"] == "1 of 1 (too few to say)"


def test_co_defendants_of_one_case_are_one_case_in_the_month_and_on_its_chart():
    case = given.a_case()
    for name in ("Marsden", "Hollis"):
        duties.a_duty(case=case, name=name)
    duties.court_told(case=case, name="Kerr")
    duties.a_duty()
    first = duties.returned(duties.a_duty(sent=date(2026, 9, 3))).delivery
    given_again = duties.a_duty(case=first.case, name="Lowe", sent=date(2026, 9, 3))
    duties.returned(given_again)

    said = {each.key: each.words for each in of_october().figures}
    drawn = {
        each.measure.figure: [value.words for value in each.values]
        for each in trends_of(DisclosureDuty.objects.all(), Delivery.objects.all(), NOVEMBER.date())
    }

    assert said["q2"] == "1 of 6 duties, of 3 cases (too few to say)"
    assert said["returned_0"] == "2 of 3 deliveries, of 2 cases (too few to say)"
    # One defendant of the case was served, so of what was served each case has one.
    assert said["q4"] == "1 of 1 (too few to say)"
    assert drawn == {figure: [said[figure]] for figure in drawn}


def test_each_month_of_a_chart_is_the_same_as_the_figure_of_that_month():
    duties.court_told()
    end_duty(duties.a_duty(), date(2026, 10, 5), reason="Pleaded guilty", by=None, at=given.NOON)
    end_duty(duties.a_duty(), date(2026, 10, 22), reason="Discontinued", by=None, at=NOVEMBER)
    duties.a_duty()
    duties.returned(duties.a_duty(sent=date(2026, 9, 3)))

    trends = trends_of(DisclosureDuty.objects.all(), Delivery.objects.all(), date(2026, 11, 2))

    figures = {each.key: (each.count, each.n) for each in of_october().figures}
    for trend in trends:
        drawn = {value.month: (value.count, value.n) for value in trend.values}
        assert drawn == {OCTOBER: figures[trend.measure.figure]}


def test_a_figure_opens_the_records_behind_it(time_machine):
    time_machine.move_to(NOVEMBER, tick=False)
    served, late = duties.court_told(), duties.a_duty(name="Hollis")
    page = as_(given.a_person(Role.INSPECTOR)).open("/disclosure/compliance/", month="2026-10")

    page.follow("Month after month, as charts").see("no change over time is claimed", "1 of 2")
    page = page.follow("Q2: Was initial disclosure given by its day? Fully")

    page.see(f"{served.case}: {served.defendant} Counted", f"{late.defendant} Not counted")
    manager = as_(given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.RASSO)))
    manager.open("/disclosure/compliance/2026-10/q2/").not_see("Hollis").see("nothing to count")


@pytest.mark.parametrize("what", ["2026-13/q2", "2026-10/nothing"])
def test_a_figure_that_there_is_not_is_not_found(what):
    duties.a_duty()
    client = as_(given.a_person(Role.INSPECTOR)).client

    assert client.get(f"/disclosure/compliance/{what}/").status_code == 404


def test_looking_at_the_deliveries_behind_a_figure_is_recorded(time_machine):
    time_machine.move_to(NOVEMBER, tick=False)
    delivery = duties.returned(duties.a_duty()).delivery

    page = as_(given.a_person(Role.INSPECTOR)).open("/disclosure/compliance/2026-10/returned_0/")

    page.see(str(delivery.case), "Returned to the police", "Counted")
    assert Event.objects.get(name="deliveries.listed").detail == {"deliveries": [delivery.pk]}
