"""The register of recordings in the weekly report: as a page, in files, and behind each figure."""

import io
import json
from datetime import timedelta

import openpyxl
import pytest
from django.conf import settings

from forthright.accounts.models import Role, Unit
from forthright.hard_media.models import MediaItem
from forthright.reports import documents, services
from forthright.reports.models import WeeklyReport
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
WEEK = week_of(given.NOON.date())
MADE_AT = given.at("2026-10-12 07:00")
HELD = WEEK.monday + timedelta(days=3)


def a_report(*, weeks=()):
    """Return the report of a week with a hearing, and of weeks before with so many, a case each."""
    area = given.an_area_that_reports()
    media.a_proved_case(on=HELD)
    media.an_expected_item(media.a_hearing(on=HELD + timedelta(days=28)))
    media.a_disc()
    for back, number in weeks:
        for _ in range(number):
            hearing = media.a_hearing(
                on=HELD - timedelta(weeks=back), odd_because="Entered after it was heard"
            )
            media.a_classified_item(hearing)
    return services.make_weekly_report(area, WEEK, by=None, at=MADE_AT)


def test_it_works():
    report = a_report()

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")

    page.see("1 recording was not yet with everybody who must have it. In the week 2 came in")
    page.see("1 of 1 (too few to say)")
    page.see("By police unit, over 12 weeks")


def test_a_figure_opens_its_recordings_as_they_stood():
    report = a_report()
    item = MediaItem.objects.get(pk=report.records[f"recordings-flow-{WEEK}-stock"][0])
    browser = as_(given.a_person(Role.SENIOR_MANAGER))

    page = browser.open(f"/reports/{report.pk}/figures/recordings-age-all/")

    page.see(str(item))
    page.see("Not yet with everybody")
    browser.open(f"/recordings/items/{item.pk}/")


def test_a_share_says_which_of_its_recordings_are_counted():
    report = a_report(weeks=[(0, 1)])

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/recordings-hearing-not/"
    )

    page.see("The recordings it is counted from")
    page.see("With everybody on 5 October 2026")
    page.see("Yes")
    page.see("No")


def test_discs_open_too():
    report = a_report()

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/recordings-discs/"
    )

    page.see("The discs and sticks behind it")
    page.see("Held; nobody recorded what is on it")


@pytest.mark.parametrize("kind", [Unit.Kind.RASSO, Unit.Kind.VLU])
def test_a_manager_sees_no_recording_of_another_unit(kind):
    report = a_report()
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(kind))

    page = as_(manager).open(f"/reports/{report.pk}/figures/recordings-age-all/")

    page.see("1 is not shown: your role does not let you open it")
    page.not_see(str(MediaItem.objects.get(pk=report.records["recordings-age-all"][0])))


def test_each_week_of_its_charts_leads_to_its_own_recordings():
    report = a_report(weeks=[(back, 10) for back in (1, 2, 3)])
    week = WEEK.plus(-2)

    html = documents.html_of(report)
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/figures/recordings-before-{week}/"
    )

    address = f"{settings.SITE_ADDRESS}/reports/{report.pk}/figures/recordings-before-{week}/"
    assert address in html
    page.see("0.0% (0 of 10")
    page.see("10: recordings relied on in cases whose listed PTPH was in the week of")
    as_(given.a_person(Role.SENIOR_MANAGER)).open(
        f"/reports/{report.pk}/charts/recordings-before/{week}/", status=404
    )


def test_the_files_hold_it():
    report = a_report(weeks=[(back, 10) for back in (1, 2, 3)])

    book = openpyxl.load_workbook(io.BytesIO(documents.xlsx_of(report)))
    figures = {row[0]: row for row in book["Figures"].iter_rows(min_row=2, values_only=True)}
    weeks = {row[0] for row in book["Weeks"].iter_rows(min_row=2, values_only=True)}

    assert figures["All: not yet with everybody"][2:4] == (31, 31)
    assert "recordings by periods" in figures["All: not yet with everybody"][8]
    assert "Recordings relied on that were with everybody before the hearing" in weeks
    assert b"%PDF" in documents.pdf_of(report)[:8]
    read = json.loads(documents.figures_of(report, reader=None, at=given.NOON))
    assert len(read["records"]["recordings-age-all"]) == 31


def test_no_exhibit_or_case_number_is_frozen():
    report = a_report()

    frozen = json.dumps([report.figures, report.records, report.standing])
    for item in MediaItem.objects.select_related("case"):
        assert item.exhibit not in frozen
        assert item.case.urn not in frozen


def test_a_report_of_before_recordings_were_in_it_still_opens():
    area = given.an_area_that_reports()
    for day in ("2026-09-10", "2026-09-17", "2026-09-24"):
        for _ in range(10):
            given.a_letter_owed(decided_at=given.at(f"{day} 10:00"))
    report = services.make_weekly_report(area, WEEK.plus(-1), by=None, at=MADE_AT)
    charts = report.figures["sections"][0]["control_charts"]
    assert charts
    for chart in charts:
        del chart["noun"]
    WeeklyReport.objects.filter(pk=report.pk).update(figures=report.figures)

    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{report.pk}/")

    page.see("3 weeks, 30 letters")
    page.not_see("By police unit")
