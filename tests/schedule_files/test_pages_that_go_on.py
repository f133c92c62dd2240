"""A PDF whose table goes on overleaf without headings, and drawn otherwise: no item is lost."""

import pytest
from weasyprint import HTML

from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import STYLE

WIDE, NARROW = (15, 45, 20, 20), (5, 55, 20, 20)
FIRST = (
    ("Item No.", "Description", "Location", "For CPS use"),
    ("1", "Incident log 0441 of a call about noise", "STORM", "D"),
    ("2", "Crime report 21/10432/26", "Niche", "CND"),
)
CUSTODY = "Custody record of the defendant with the risk assessment"
SECOND = (("3", CUSTODY, "Custody", "D"), ("4", "Letter of the bank to Mr Hall", "Store", ""))
SIGNED = "Signed: DC 2210 Mears, disclosure officer Date: 3 March 2026"


def table(rows, widths, look=""):
    cells = "".join(
        "<tr>" + "".join(f'<td style="width:{width}%">{cell}</td>'
                         for cell, width in zip(row, widths, strict=True)) + "</tr>"
        for row in rows
    )  # fmt: skip
    return f'<table style="table-layout:fixed" {look}>{cells}</table>'


def read(tmp_path, first, second):
    page = (
        f"<style>{STYLE}</style><p>MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL</p>{first}"
        f"<div style='page-break-before:always'></div>{second}<p>{SIGNED}</p>"
    )
    path = tmp_path / "schedule.pdf"
    HTML(string=page).write_pdf(path)
    [schedule] = read_schedules(path)
    return schedule


@pytest.mark.parametrize(
    ("first", "second", "look"),
    [
        pytest.param(WIDE, NARROW, "", id="narrower"),
        pytest.param(NARROW, WIDE, "", id="wider"),
        pytest.param(NARROW, (5, 30, 25, 40), "", id="other words moved"),
        pytest.param(
            NARROW, NARROW, "style='table-layout:fixed;margin-left:3cm;width:80%'", id="moved"
        ),
    ],
)
def test_a_table_that_goes_on_with_as_many_columns_is_read(tmp_path, first, second, look):
    schedule = read(tmp_path, table(FIRST, first), table(SECOND, second, look))

    assert [each.number for each in schedule.items] == [1, 2, 3, 4]
    third = schedule.items[2]
    assert (third.description, third.location, third.code) == (CUSTODY, "Custody", "D")
    assert schedule.certificate_text == SIGNED
    assert schedule.unread == ()


MORE, FEWER = (5, 45, 20, 20, 10), (5, 55, 40)
MOVED = "style='table-layout:fixed;margin-left:3cm;width:80%'"


@pytest.mark.parametrize(
    ("rows", "widths", "look"),
    [
        pytest.param([(*row, "") for row in SECOND], MORE, "", id="more columns"),
        pytest.param([row[:3] for row in SECOND], FEWER, "", id="fewer columns"),
        pytest.param([(*row, "") for row in SECOND], MORE, MOVED, id="more columns, moved"),
        pytest.param(SECOND, NARROW, "class=bare", id="no lines"),
    ],
)
def test_what_cannot_be_cut_is_said_not_to_be_read(tmp_path, rows, widths, look):
    schedule = read(tmp_path, table(FIRST, WIDE), table(rows, widths, look))

    assert [each.number for each in schedule.items] == [1, 2]
    assert [(each.what, each.place.page) for each in schedule.unread] == [
        ("A line that begins with 3", 2), ("A line that begins with 4", 2)
    ]  # fmt: skip
    assert "Letter" not in str(schedule.unread)


def test_rows_without_a_number_that_cannot_be_cut_are_said_not_to_be_read(tmp_path):
    rows = [(row[1], row[2], "") for row in SECOND]

    schedule = read(tmp_path, table(FIRST, WIDE), table(rows, (50, 30, 20)))

    assert [each.what for each in schedule.unread] == ["The first words on page 2"]


def test_a_certificate_overleaf_and_its_days_are_no_items(tmp_path):
    schedule = read(tmp_path, table(FIRST, WIDE), "<p>I certify that this is all.</p>"
                    "<p>3 March 2026, DC 2210 Mears</p>")  # fmt: skip

    assert [each.number for each in schedule.items] == [1, 2]
    assert schedule.unread == ()
