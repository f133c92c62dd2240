"""Schedules written as files for tests, in each form that is read: the same rows in all."""

import csv
from html import escape
from io import BytesIO, StringIO
from pathlib import Path

import xlsxwriter
from docx import Document
from weasyprint import HTML

STYLE = """
@page { size: A4 landscape; margin: 1.5cm;
        @bottom-right { content: "Page " counter(page) " of " counter(pages); font-size: 8pt } }
body { font: 9pt Arial, sans-serif } table { border-collapse: collapse; width: 100% }
td { border: 0.5pt solid black; padding: 3pt; vertical-align: top }
.bare td { border: none }
"""
ROWS = (
    ("MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL",),
    ("R v: Callum DREWETT URN: 21 AB 10432 26",),
    ("Item No.", "Description of material", "Location", "For CPS use"),
    ("1", "Incident log 0441 of 14/02/26: a neighbour’s call, and what officers did", "STORM", "D"),
    ("2", "Crime report 21/10432/26: first account and lines of enquiry", "Niche", "CND"),
    ("3", "Custody record: rights, risk assessment, visit by the nurse", "Custody", ""),
    ("Signed: DC 2210 Mears, disclosure officer Date: 3 March 2026",),
)
Rows = tuple[tuple[str, ...], ...] | list[list[str]]


def a_csv(rows: Rows, *, delimiter: str = ",") -> bytes:
    kept = StringIO()
    csv.writer(kept, delimiter=delimiter).writerows(rows)
    return kept.getvalue().encode()


def a_workbook(*sheets: Rows) -> bytes:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    sheet.write(row, column, int(cell) if cell.isdecimal() else cell)
    return kept.getvalue()


def a_workbook_with_formula() -> bytes:
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("MG6C")
        sheet.write_row(0, 0, ("Item No.", "Description", "Location"))
        sheet.write_row(1, 0, (1, "Incident log", "STORM"))
        sheet.write_formula(2, 0, "=A2+1", value=2)
        sheet.write_row(2, 1, ("Crime report", "Niche"))
    return kept.getvalue()


def a_word_schedule(rows: Rows) -> bytes:
    document = Document()
    table = None
    for cells in rows:
        if len(cells) == 1:
            document.add_paragraph(cells[0])
            table = None
            continue
        if table is None or len(table.columns) != len(cells):
            table = document.add_table(0, len(cells))
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = words
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def a_pdf_schedule(rows: Rows, *, is_ruled: bool = True) -> bytes:
    """Return the rows as a printed form, with lines drawn around its cells or without."""
    html, is_open = "", False
    for cells in rows:
        if len(cells) == 1:
            html += ("</table>" if is_open else "") + f"<p>{escape(cells[0])}</p>"
            is_open = False
            continue
        html += "" if is_open else f"<table class='{'' if is_ruled else 'bare'}'>"
        is_open = True
        widths = (6, *[94 // (len(cells) - 1)] * (len(cells) - 1))
        html += "<tr>" + "".join(
            f"<td style='width:{width}%'>{escape(cell)}</td>"
            for cell, width in zip(cells, widths, strict=True)
        )
        html += "</tr>"
    html += "</table>" if is_open else ""
    return HTML(string=f"<style>{STYLE}</style>{html}").write_pdf()


def rows_of(path: Path) -> list[list[str]]:
    """Return the rows of a schedule of the corpus, as wide as its widest where it is a table."""
    rows = [line.split("|") for line in path.read_text().splitlines()]
    return [row if len(row) == 1 else [*row, *[""] * (_width(rows) - len(row))] for row in rows]


def _width(rows: list[list[str]]) -> int:
    return max(len(row) for row in rows)


WRITERS = {
    ".csv": a_csv,
    ".xlsx": a_workbook,
    ".docx": a_word_schedule,
    ".pdf": a_pdf_schedule,
}
