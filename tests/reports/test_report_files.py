"""A report as a file says the same as its page, and anybody can read it."""

import io
import json
import re

import openpyxl
import pikepdf
import pytest
from django.conf import settings

from forthright.reports import documents, services
from forthright.reports.models import ReportFile
from tests import given
from tests.letter_files.pdf_ua import faults_of
from tests.reports.test_make_report import MONDAY_AFTER, WEEK, letters_of_the_week

pytestmark = pytest.mark.django_db


@pytest.fixture
def report():
    area = given.an_area_that_reports()
    for weeks in range(4):
        decided = given.at(f"2026-09-{3 + 7 * weeks:02d} 10:00")
        for _ in range(10 if weeks else 2):
            given.a_letter_owed(decided_at=decided)
    letters_of_the_week(number=12, sent=8)
    return services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)


def tags_of(element):
    """Yield the structure tags of a PDF, top down."""
    if not isinstance(element, pikepdf.Dictionary):
        return
    if "/S" in element:
        yield str(element.S)
    children = element.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        yield from tags_of(child)


def test_the_pdf_is_tagged_with_title_language_tables_and_charts(report):
    pdf = pikepdf.open(io.BytesIO(documents.pdf_of(report)))

    tags = set(tags_of(pdf.Root.StructTreeRoot))
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang) == "en"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure"} <= tags
    with pdf.open_metadata() as about:
        assert about["pdfuaid:part"] == "1"
        assert "Weekly assurance report" in about["dc:title"]


def test_the_pdf_can_be_read_aloud(report):
    assert faults_of(documents.pdf_of(report)) == []


def test_every_number_of_a_file_leads_to_the_letters_behind_it(report):
    page = documents.html_of(report)
    book = openpyxl.load_workbook(io.BytesIO(documents.xlsx_of(report)))
    pdf = pikepdf.open(io.BytesIO(documents.pdf_of(report)))

    site = f"{settings.SITE_ADDRESS}/reports/{report.pk}"
    figures = {f"{site}/figures/{key}/" for key in report.figures["figures"]}
    weeks = {f"{site}/charts/share-in-time/{WEEK.plus(-back)}/" for back in (1, 2, 3)}
    in_tables = {
        f"{site}/figures/{key}/"
        for section in report.figures["sections"]
        for table in section["tables"]
        for _, keys in table["rows"]
        for key in keys
    }
    assert in_tables == figures
    assert set(re.findall(r'href="([^"]+)"', page)) >= figures | weeks
    for sheet, wanted in (("Figures", figures), ("Weeks", weeks)):
        links = [row[-1].hyperlink.target for row in book[sheet].iter_rows(min_row=2)]
        assert set(links) >= wanted
    led_to = {
        str(each.A.URI) for leaf in pdf.pages for each in leaf.get("/Annots", []) if "/A" in each
    }
    assert led_to >= figures | weeks


def test_the_workbook_holds_every_figure_with_its_n(report):
    book = openpyxl.load_workbook(io.BytesIO(documents.xlsx_of(report)))

    rows = {row[0]: row for row in book["Figures"].iter_rows(min_row=2, values_only=True)}
    for figure in report.figures["figures"].values():
        assert rows[figure["label"]][1:4] == (figure["words"], figure["count"], figure["n"])
    assert rows["All letters owed: share in time"][4] == pytest.approx(
        report.figures["figures"]["owed-all-share"]["rate"]
    )


def test_the_workbook_holds_every_week_of_every_chart_with_its_n(report):
    book = openpyxl.load_workbook(io.BytesIO(documents.xlsx_of(report)))

    heads, *rows = book["Weeks"].iter_rows(values_only=True)
    formats = {
        head.value: cell.number_format for head, cell in zip(*book["Weeks"]["1:2"], strict=True)
    }
    assert {head for head, kept in formats.items() if kept == "0.0%"} >= {"Average", "Upper limit"}
    assert formats["n"] == formats["Weeks in the average"] == "General"
    shares = [dict(zip(heads, row, strict=True)) for row in rows if "in time" in row[0]]
    assert [(row["Value"], row["Count"], row["n"]) for row in shares] == [
        ("Too few to say", 0, 2), (0, 0, 10), (0, 0, 10), (pytest.approx(8 / 22), 8, 22),
    ]  # fmt: skip
    assert {(row["Weeks in the average"], row["Counted in the average"]) for row in shares} == {
        (3, 42)
    }
    assert shares[0]["Interval from"] is None
    assert shares[3]["Interval to"] == pytest.approx(0.57, abs=0.01)
    assert all("time limits version 1" in row["Rules"] for row in shares)
    assert all(row["Population"].startswith("letters due") for row in shares)


def test_the_figures_for_programs_are_the_frozen_ones(report):
    read = json.loads(documents.figures_of(report, reader=None, at=given.NOON))

    assert read["figures"] == report.figures["figures"]
    assert read["chain"]["hash"] == report.chain_hash


def test_a_file_is_kept_as_first_made(report):
    first = documents.kept_file(report, ReportFile.Kind.XLSX, by=None, at=MONDAY_AFTER)
    second = documents.kept_file(report, ReportFile.Kind.XLSX, by=None, at=MONDAY_AFTER)

    assert first == second
    assert ReportFile.objects.count() == 1
