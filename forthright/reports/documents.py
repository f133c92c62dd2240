"""A report as a file: tagged PDF, spreadsheet, and plain figures."""

import io
import json
from datetime import datetime
from typing import Any

import xlsxwriter
from django.conf import settings
from django.template.loader import render_to_string

from forthright.accounts.models import User
from forthright.calibration.selectors.waited_for import waited_for
from forthright.letter_files.page_margins import mark_page_margins
from forthright.reports import drawing, selectors, services
from forthright.reports.models import ReportFile, WeeklyReport
from forthright.reports.selectors.held_back import DIGEST_OF_ALL, report_for_reader
from forthright.reports.selectors.records import reviews_to_mark_blind
from forthright.reviews.selectors.lists import number_of_letters
from forthright.rules.weekly_report.pieces import population_key
from forthright.rules.words import count_words, local


def pdf_of(report: WeeklyReport) -> bytes:
    """Return the report as a tagged PDF (PDF/UA-1)."""
    import weasyprint  # its libraries take a second to load, and most requests never print

    page = weasyprint.HTML(string=_printed(report))
    return bytes(page.write_pdf(finisher=mark_page_margins, pdf_variant="pdf/ua-1"))


def kept_file(report: WeeklyReport, kind: str, *, by: User | None, at: datetime) -> bytes:
    """Return a report's file as it was first made, making it now if nobody has yet.

    :raises NotAsMade: if the report or a file of it was changed after it was made
    """
    selectors.check_as_made(report)
    kept = report.files.filter(kind=kind).first()
    if kept is None:
        content = MADE_BY[ReportFile.Kind(kind)](report)
        kept = services.keep_file(report, kind, content, by=by, at=at)
    return bytes(kept.content)


def file_for(
    report: WeeklyReport, kind: str, *, reader: User, by: User | None, at: datetime
) -> tuple[bytes, bool]:
    """Return a report's file as somebody may read it, and whether that is the whole.

    What is held back from a reader is made for them alone, and not kept.

    :raises NotAsMade: if the report or a file of it was changed after it was made
    """
    shown, blind = report_for_reader(report, reader, local(at).date())
    if not blind:
        return kept_file(report, kind, by=by, at=at), True
    selectors.check_as_made(report)
    return MADE_BY[ReportFile.Kind(kind)](shown), False


def html_of(report: WeeklyReport) -> str:
    """Return the report as one page that stands by itself; its figures lead to the product.

    :raises NotAsMade: if the report or a file of it was changed after it was made
    """
    selectors.check_as_made(report)
    return _printed(report)


def _printed(report: WeeklyReport) -> str:
    return render_to_string("reports/print.html", page_context(report, site=settings.SITE_ADDRESS))


def figures_of(report: WeeklyReport, *, reader: User | None, at: datetime) -> str:
    """Return the frozen figures as JSON, with what ties them to the record.

    In which letters a fault was, or came again, is left out, and while its reader has yet to mark
    a letter of the report blind, the figures of marks and their records too: as the pages leave
    them out, and the file says so.

    :param reader: who takes it out; None for the command, which hands all of it over
    :raises NotAsMade: if the report or a file of it was changed after it was made
    """
    selectors.check_as_made(report)
    figures = report.figures
    if reader is not None:
        figures = report_for_reader(report, reader, local(at).date())[0].figures
    content = {
        **figures,
        "area": report.area.name,
        "version": report.version,
        "made_at": report.made_at.isoformat(),
        "digest": report.digest,
        "chain": {"sequence": report.chain_sequence, "hash": report.chain_hash},
        **_records_for(report, reader),
    }
    return json.dumps(content, indent=1, ensure_ascii=False)


def _records_for(report: WeeklyReport, reader: User | None) -> dict[str, Any]:
    if reader is None:
        return {"records": report.records}
    hidden, said = set(selectors.outcomes_in(report)), []
    hiding = reviews_to_mark_blind(report, reader)
    blind = number_of_letters(hiding)
    if hidden:
        said.append(
            "In which letters a fault was, or came again: that is for their authors, whoever told "
            "them and their managers."
        )
    if hidden and not blind:
        said.append("The letters that such a figure is counted from are here.")
    if blind:
        of_marks = selectors.figures_of_marks(report)
        hidden |= {*of_marks, *(population_key(each) for each in of_marks)}
        said.append(
            f"The figures of marks and their records: {count_words(blind, 'letter')} of this "
            f"report {'waits' if blind == 1 else 'wait'} for {waited_for(reader, hiding).words()}. "
            "You mark without knowing how others marked. Take the file out again after that."
        )
    kept = {key: ids for key, ids in report.records.items() if key not in hidden}
    if not said:
        return {"records": kept}
    return {"records": kept, "records_left_out": " ".join([*said, DIGEST_OF_ALL])}


def xlsx_of(report: WeeklyReport) -> bytes:
    """Return the report as a workbook: figures with n and interval, charts' values, method."""
    kept = io.BytesIO()
    # Text is never read as a formula, so a unit named "=cmd" stays a name.
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False,
                                      "strings_to_urls": False})  # fmt: skip
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    percent = book.add_format({"num_format": "0.0%"})
    book.set_properties({"title": f"Weekly assurance report {report.figures['week']}"})
    _summary_sheet(book, report, bold, wrap)
    _figure_sheet(book, report, bold, percent)
    _weeks_sheet(book, report, bold, percent)
    book.close()
    return kept.getvalue()


def _summary_sheet(book: Any, report: WeeklyReport, bold: Any, wrap: Any) -> None:
    sheet = book.add_worksheet("Summary")
    sheet.set_column(0, 0, 110)
    rows = [(f"Weekly assurance report: {report.figures['week_words']}", bold)]
    rows.append((f"{report.area.name}, version {report.version}", wrap))
    for section in report.figures["sections"]:
        rows += [("", wrap), (section["title"], bold)]
        rows += [(sentence, wrap) for sentence in section["sentences"]]
    rows += [("", wrap), ("How the figures are made", bold)]
    rows += [(line, wrap) for line in report.figures["method"]]
    rows += [
        (f"Rules: {report.figures['rules']}", wrap),
        (f"Head of the record: event {report.chain_sequence}, {report.chain_hash}", wrap),
    ]
    for place, (words, style) in enumerate(rows):
        sheet.write_string(place, 0, words, style)


def _figure_sheet(book: Any, report: WeeklyReport, bold: Any, percent: Any) -> None:
    sheet = book.add_worksheet("Figures")
    # A median, or AC1, is said in words alone: it is no share of its count.
    heads = (
        "Figure", "In the report", "Count", "n", "Share", "Interval from", "Interval to",
        "Population", "Rules", "Its records",
    )  # fmt: skip
    sheet.set_column(0, 0, 60)
    sheet.set_column(1, 1, 30)
    sheet.set_column(7, 9, 50)
    sheet.freeze_panes(1, 1)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for row, figure in enumerate(report.figures["figures"].values(), start=1):
        sheet.write_string(row, 0, figure["label"])
        sheet.write_string(row, 1, figure["words"])
        sheet.write_number(row, 2, figure["count"])
        sheet.write_number(row, 3, figure["n"])
        for column, part in enumerate(("rate", "low", "high"), start=4):
            if figure[part] is not None:
                sheet.write_number(row, column, figure[part], percent)
        sheet.write_string(row, 7, figure["population"])
        sheet.write_string(row, 8, figure["rules"])
        address = drawing.address_of_figure(report, figure["key"], site=settings.SITE_ADDRESS)
        sheet.write_url(row, 9, address)


WEEKS_HEADS = (
    "Chart", "Week beginning", "Value", "Count", "n", "Interval from", "Interval to", "Average",
    "Weeks in the average", "Counted in the average", "Lower limit", "Upper limit", "Signal",
    "Population", "Rules", "Its records",
)  # fmt: skip
SHARES = {"Value", "Interval from", "Interval to", "Average", "Lower limit", "Upper limit"}


def _weeks_sheet(book: Any, report: WeeklyReport, bold: Any, percent: Any) -> None:
    """Write a row for each week of each chart, with its n, interval, average and rules."""
    sheet = book.add_worksheet("Weeks")
    sheet.set_column(0, 0, 50)
    sheet.set_column(1, 1, 20)
    sheet.set_column(12, 15, 50)
    sheet.freeze_panes(1, 2)
    for column, head in enumerate(WEEKS_HEADS):
        sheet.write_string(0, column, head, bold)
    row = 0
    for section in report.figures["sections"]:
        for chart in section["control_charts"]:
            for part in chart["segments"]:
                for value in part["values"]:
                    row += 1
                    _write_row(sheet, row, _week_row(chart, part, value), percent)
                    address = drawing.address_of_week(
                        report, chart["key"], value["week"], site=settings.SITE_ADDRESS
                    )
                    sheet.write_url(row, len(WEEKS_HEADS) - 1, address)


def _week_row(chart: dict[str, Any], part: dict[str, Any], value: dict[str, Any]) -> list[Any]:
    few = "Too few to say" if value["value"] is None else ""
    limits = [part[name] for name in ("mean", "weeks", "n", "lower", "upper")]
    return [
        chart["title"], value["label"], few or value["value"], value["count"], value["n"],
        value["low"], value["high"], *limits, value["why"] or "None", chart["population"],
        f"{chart['rules']}; counted by {part['rules']}",
    ]  # fmt: skip


def _write_row(sheet: Any, row: int, cells: list[Any], percent: Any) -> None:
    for column, (head, cell) in enumerate(zip(WEEKS_HEADS, cells, strict=False)):
        if isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif cell is not None:
            sheet.write_number(row, column, cell, percent if head in SHARES else None)


def page_context(report: WeeklyReport, *, site: str = "") -> dict[str, Any]:
    """Return what a page of the report is drawn from; each figure links to its records.

    :param site: where links lead: nothing on a page, the product's own address in a file
    """
    sections = [
        drawing.section_to_show(each, report, site=site) for each in report.figures["sections"]
    ]
    return {"report": report, "figures": report.figures, "sections": sections}


MADE_BY = {ReportFile.Kind.PDF: pdf_of, ReportFile.Kind.XLSX: xlsx_of}
