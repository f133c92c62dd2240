"""Initial disclosure in the weekly report: frozen as it stood, and opened by who may see it."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.services.serving import serve, tell_court
from forthright.reports import documents, services
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
WEEK = week_of(given.NOON.date())
MADE_AT = given.at("2026-10-12 07:00")
# Fifty days before Wednesday 7 October 2026.
SENT = date(2026, 8, 18)


def a_report(at=MADE_AT):
    return services.make_weekly_report(given.an_area_that_reports(), WEEK, by=None, at=at)


def figure(report, key):
    return report.figures["figures"][f"disclosure-{key}"]


def test_the_report_tells_of_disclosure_and_leads_to_each_duty():
    given.an_area_that_reports()
    duty = duties.court_told(sent=SENT)
    other = duties.a_duty(sent=SENT, name="Hollis")

    report = a_report()
    browser = as_(given.a_person(Role.SENIOR_MANAGER))

    page = browser.open(f"/reports/{report.pk}/")
    page.see("Initial disclosure to 2 defendants was due in the week: 1 by its day")
    page = browser.open(f"/reports/{report.pk}/figures/disclosure-week-q2/")
    page.see("The duties behind it", str(duty.case), str(other.case), "Not given",
             "Given on 5 October 2026; 4 of 4 items decided")  # fmt: skip
    page.not_see("Marsden", "Hollis", "Heronsgate")
    browser.open(f"/disclosure/{duty.pk}/")


def test_schedules_that_went_back_open_too():
    given.an_area_that_reports()
    returned = duties.returned(duties.a_duty(sent=SENT))

    report = a_report()

    assert figure(report, "weeks-returned_0")["words"] == "1 of 1 (too few to say)"
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/disclosure-weeks-returned_0/"
    )
    page.see("The deliveries of schedules behind it", str(returned.delivery.case),
             "Returned, not mended", "Mercia Police")  # fmt: skip


def test_what_came_after_the_week_is_not_in_a_report_made_before_it():
    given.an_area_that_reports()
    duty = duties.approved(sent=SENT)
    serve(duty, duties.a_service(duty, served_at=MADE_AT), by=duties.a_lawyer(), at=MADE_AT)

    report = a_report(at=MADE_AT + timedelta(hours=1))

    assert report.records["disclosure-week-q1"] == []
    assert report.standing[f"disclosure-{duty.pk}"][0] == "Not given"


def test_a_notice_that_the_court_got_later_is_not_known_yet():
    given.an_area_that_reports()
    duty = duties.served(sent=SENT)
    before = a_report(at=given.at("2026-10-12 06:00"))
    tell_court(duty.servings.get(), given.NOON, by=duties.a_lawyer(), at=MADE_AT)

    after = a_report()

    assert figure(before, "week-q4")["count"] == 0
    assert figure(after, "week-q4")["count"] == 1
    assert before.figures["figures"]["disclosure-week-q4"]["count"] == 0


def test_a_duty_behind_a_figure_is_listed_as_it_stood_whatever_came_later():
    given.an_area_that_reports()
    duty = duties.a_duty(sent=SENT)
    report = a_report()
    DisclosureDuty.objects.filter(pk=duty.pk).update(due_on=date(2026, 12, 1))

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/disclosure-week-q2/"
    )

    page.see("7 October 2026", "Not given")


@pytest.mark.parametrize("kind", [Unit.Kind.RASSO, Unit.Kind.VLU])
def test_a_manager_sees_no_duty_or_delivery_of_another_unit(kind):
    given.an_area_that_reports()
    returned = duties.returned(duties.a_duty(sent=SENT))
    report = a_report()
    browser = as_(given.a_person(Role.LINE_MANAGER, unit=given.a_unit(kind)))

    for key in ("week-q2", "weeks-returned_0"):
        page = browser.open(f"/reports/{report.pk}/figures/disclosure-{key}/")
        page.see("1 is not shown: your role does not let you open it")
        page.not_see(str(returned.delivery.case))


def test_no_file_of_the_report_names_a_defendant_or_what_is_sensitive():
    given.an_area_that_reports()
    duties.court_told(sent=SENT)

    report = a_report()

    said = documents.html_of(report) + documents.figures_of(report, reader=None, at=given.NOON)
    assert "Record sheet shows the schedules and every decision" in said
    assert "Marsden" not in said
    assert "Heronsgate" not in said
