"""The weekly reports as pages."""

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.reports import selectors, services
from forthright.reports.models import WeeklyReport
from forthright.rules.weeks import week_of
from forthright.schemes.models import Duty
from forthright.web import clock
from forthright.web.models import Job
from tests import given
from tests.client import as_
from tests.reports.test_make_report import MONDAY_AFTER, WEEK, letters_of_the_week

pytestmark = pytest.mark.django_db


def a_report(name="Mercia", **letters):
    area = given.an_area_that_reports(name)
    if letters:
        letters_of_the_week(**letters)
    return services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)


def test_it_works():
    report = a_report(number=12, sent=8)

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")

    page.see("66.7% (8 of 12, 95% interval 39.1% to 86.2%)")
    page.see(report.chain_hash)


def test_a_prosecutor_may_not_see_it():
    report = a_report()

    as_(given.a_person(Role.PROSECUTOR)).open(f"/reports/{report.pk}/", status=403)


def test_a_report_of_another_area_is_not_there():
    report = a_report("Elsewhere")
    given.an_area_that_reports()
    manager = given.a_person(Role.SENIOR_MANAGER)

    for address in ("", "figures/owed-all-due/", "files/pdf/"):
        as_(manager).open(f"/reports/{report.pk}/{address}", status=404)


def test_it_is_read_only_by_address():
    report = a_report()

    assert as_(given.a_person(Role.SENIOR_MANAGER)).try_("POST", f"/reports/{report.pk}/") == 405


def test_the_list_asks_the_database_as_often_for_many_as_for_one(count_queries):
    browser = as_(given.a_person(Role.SENIOR_MANAGER))
    a_report()
    with count_queries() as for_one:
        browser.open("/reports/")
    for _ in range(5):
        a_report(number=1)

    with count_queries() as for_many:
        browser.open("/reports/").see("version 6")

    assert len(for_many) == len(for_one)


def test_a_figure_opens_its_letters_as_they_stood():
    report = a_report(number=3, sent=1)
    Duty.objects.update(state=Duty.State.MET, sent_at=MONDAY_AFTER)
    unsent = Duty.objects.get(pk=report.records["owed-all-unsent"][0])

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/owed-all-unsent/"
    )

    page.see(unsent.case.urn)
    page.see("Late: no letter sent")
    event = Event.objects.get(name="report.figure_opened")
    label = report.figures["figures"]["owed-all-unsent"]["label"]
    assert event.detail == {"figure": label, "duties": []}
    as_(given.a_person(Role.CHIEF_CROWN_PROSECUTOR)).open("/record/").see(f"Figure: {label}")


def test_a_figure_shows_a_line_manager_only_the_letters_of_their_unit():
    report = a_report(number=3, sent=1)
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit("RASSO"))

    page = as_(manager).open(f"/reports/{report.pk}/figures/owed-all-due/")

    page.see("3 are not shown")


def test_a_figure_that_is_not_in_the_report_is_not_there():
    report = a_report()

    as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/made-up/", status=404
    )


def test_a_changed_figure_is_shown_to_be_changed():
    report = a_report(number=3, sent=1)
    report.figures["sections"][0]["sentences"] = ["All is well."]
    report.save(update_fields=["figures"])

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")

    page.see("not as the record says it was made")


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("xlsx", b"PK"), ("json", b"{")])
def test_each_file_can_be_taken_out_and_that_is_recorded(kind, begins):
    report = a_report(number=3, sent=1)
    browser = as_(given.a_person(Role.SENIOR_MANAGER))

    response = browser.client.get(f"/reports/{report.pk}/files/{kind}/")

    assert response.content.startswith(begins)
    assert Event.objects.filter(name="report.taken_out", detail__kind=kind).exists()


def test_a_file_of_no_known_kind_is_not_there():
    report = a_report()

    as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/files/exe/", status=404)


def test_a_manager_makes_a_report_by_hand_and_has_it_sent():
    given.an_area_that_reports()
    manager = given.a_person(Role.SENIOR_MANAGER)
    page = as_(manager).open("/reports/make/")

    page = page.press("Make the report", is_to_be_sent="on")

    page.see("Report made: version 1")
    page.see(f"{manager.full_name}: waiting to be sent")
    assert Job.objects.get().name == "reports.send"


def test_an_area_without_rules_is_told_why_no_report_can_be_made():
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open("/reports/make/")

    page = page.press("Make the report")

    page.see("Ask an administrator to set them first")


@pytest.mark.parametrize(
    ("made_for", "has_maker", "says"),
    [
        pytest.param("reports.weekly 2026-W40", False, "by the Monday schedule", id="schedule"),
        pytest.param("", False, "by the forthright command", id="command line"),
        pytest.param("", True, "by Senior manager", id="a person"),
    ],
)
def test_a_report_says_who_had_it_made(made_for, has_maker, says):
    given.an_area_that_reports()
    reader = given.a_person(Role.SENIOR_MANAGER)
    report = services.make_weekly_report(
        reader.area, WEEK, by=reader if has_maker else None, at=MONDAY_AFTER, made_for=made_for
    )

    as_(reader).open(f"/reports/{report.pk}/").see(says)


def test_the_overview_keeps_to_the_newest_week_that_is_over():
    whole = a_report(number=3)
    services.make_weekly_report(whole.area, WEEK.plus(1), by=None, at=MONDAY_AFTER)

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open("/")

    page.see("Of 3 letters due")
    assert f"/reports/{whole.pk}/" in page.links.values()


def test_what_is_not_known_or_not_counted_opens_its_letters_too():
    report = a_report(number=3)
    Duty.objects.update(entitlement="UNKNOWN")
    report = services.make_weekly_report(report.area, WEEK, by=None, at=MONDAY_AFTER)
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")

    page.see("Entitlement not known: treated as enhanced", "Not due yet when this was made")

    assert f"/reports/{report.pk}/figures/unknown-entitlement/" in page.text


def test_a_share_of_none_opens_all_the_letters_it_is_of():
    report = a_report(number=12, sent=0)
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")
    page.see("0.0% (0 of 12")

    page = page.follow("0.0% (0 of 12, 95% interval 0.0% to 24.2%)")

    page.see("The letters it is counted from", "Counted", "No")
    assert page.text.count("Late: no letter sent") == 12


def test_a_share_says_which_of_its_letters_are_counted():
    report = a_report(number=12, sent=8)

    rows, letters = selectors.records_behind(
        report, "owed-all-share", given.a_person(Role.SENIOR_MANAGER)
    )

    assert letters == 12
    assert sum(row.is_counted for row in rows) == 8


def test_a_count_of_none_opens_a_page_that_says_so():
    report = a_report(number=3, sent=0)

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/owed-all-met/"
    )

    page.see("No letter was counted in this figure.")


def test_decisions_with_nobody_to_tell_are_counted_and_opened_with_what_to_do():
    area = given.an_area_that_reports()
    given.a_letter_owed(decided_at=given.at("2026-09-29 10:00"))
    case = given.a_case()
    given.a_decision(case, made_at=given.at("2026-09-30 10:00"))
    given.a_decision(case, made_at=given.at("2026-09-30 10:00"), kind="CHARGED")
    report = services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)

    figure = report.figures["figures"]["unknown-person"]
    assert (figure["count"], figure["n"]) == (1, 2)
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/unknown-person/"
    )
    page.see(str(case), "Discontinued, decided 30 September 2026", "Import a file that names")


def test_making_a_report_again_says_that_nothing_has_changed():
    area = given.an_area_that_reports()
    letters_of_the_week(number=3, sent=2)
    browser = as_(given.a_person(Role.SENIOR_MANAGER))
    week = str(week_of(clock.today()).plus(-1))

    browser.post("/reports/make/", week=week).see("Report made: version 1.")
    browser.post("/reports/make/", week=week).see("Nothing has changed since version 1 was made")

    assert WeeklyReport.objects.filter(area=area).count() == 1


def test_a_figure_tells_of_letters_that_went_with_their_import_since():
    report = a_report(number=3, sent=2)
    gone = Duty.objects.order_by("pk").values_list("pk", flat=True)[0]
    Duty.objects.filter(pk=gone).delete()

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/owed-all-due/"
    )

    page.see("1 of these letters is no longer in Forthright", f"Letter {gone}")
    page.see("removed since", "On time")
    assert "your role does not let you" not in page.text
