"""What a reader of a schedule sees is what the check reads, whatever a program made of it."""

from datetime import date
from html import escape
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import OxmlElement
from weasyprint import HTML

from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.schedule_files.papers import read_paper
from forthright.schedule_files.pdf_pieces import Piece, words_of
from forthright.schedule_files.reading import read_schedules
from forthright.table_files.problems import FileRefused
from tests.schedule_files.files import STYLE, a_csv, a_pdf_schedule, a_word_schedule, a_workbook

DAY = date(2026, 4, 8)
TITLE = "MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL"
COLUMNS = ("Item No.", "Description", "Location")
KINDS = [(a_csv, "unused.csv"), (a_word_schedule, "unused.docx"), (a_workbook, "unused.xlsx"),
         (a_pdf_schedule, "unused.pdf")]  # fmt: skip
HIDDEN = [
    (
        "Debrief of the in\u00adfor\u00admant on 3 May 2026",
        "Debrief of the informant on 3 May 2026",
    ),
    ("Log of the under\u200bcover officer", "Log of the undercover officer"),
    ("Report of a con\ufb01dential source on Mr Lee", "Report of a confidential source on Mr Lee"),
    ("ＣＨＩＳ report of 3 May 2026", "CHIS report of 3 May 2026"),
    ("Report of a C.H.I.S. of 3 May 2026", "Report of a CHIS of 3 May 2026"),
]


def read(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    return read_schedules(path)


def rules_on(schedule):
    found = check_schedules(Bundle(schedules=(schedule,)), shipped_schedule_rules(), as_of=DAY)
    return {each.rule for each in found}


# The print of letters of double width needs a font that not every machine has.
@pytest.mark.parametrize(
    ("write", "name", "written", "seen"),
    [(*kind, *each) for kind in KINDS for each in HIDDEN
     if not (kind[1].endswith(".pdf") and each[0].startswith("Ｃ"))],
)  # fmt: skip
def test_a_source_is_found_however_it_is_written(tmp_path, write, name, written, seen):
    rows = [(TITLE,), COLUMNS, ("1", written, "Store")]

    [schedule] = read(tmp_path, write(rows), name)

    assert [item.description for item in schedule.items] == [seen]
    assert "R11a" in rules_on(schedule)


def in_narrow_cells(*descriptions):
    """Return a schedule printed with words broken at the ends of lines, as the text breaks them."""
    rows = "".join(
        f"<tr><td>{n}</td><td>{escape(each).replace(chr(10), '<br>')}</td><td>Store</td></tr>"
        for n, each in enumerate(descriptions, start=1)
    )
    head = "".join(f"<td>{each}</td>" for each in COLUMNS)
    return HTML(
        string=f"<style>{STYLE}</style><p>{TITLE}</p><table><tr>{head}</tr>{rows}</table>"
    ).write_pdf()


@pytest.mark.parametrize("hyphen", ["-", "\u2010"])
def test_a_word_broken_at_the_end_of_a_line_of_a_cell_is_whole(tmp_path, hyphen):
    words = [f"Debrief of the in{hyphen}\nformant on Mr Lee",
             f"Film of the body{hyphen}\nworn camera"]  # fmt: skip

    [schedule] = read(tmp_path, in_narrow_cells(*words), "unused.pdf")

    first, second = (item.description for item in schedule.items)
    assert first == "Debrief of the informant on Mr Lee"
    assert second == "Film of the body-worn camera"
    assert "R11a" in rules_on(schedule)


def test_a_hyphen_that_shows_only_where_a_line_ends_is_in_no_word():
    line = [Piece(x=0.0, y=0.0, size=10.0, text="Debrief of the in\u00ad")]

    assert words_of(line) == "Debrief of the in-"


def test_a_soft_hyphen_of_word_itself_breaks_no_word(tmp_path):
    document = Document()
    document.add_paragraph(TITLE)
    table = document.add_table(2, 3)
    for cell, words in zip(table.rows[0].cells, COLUMNS, strict=True):
        cell.text = words
    number, told, where = table.rows[1].cells
    number.text, where.text = "1", "Store"
    line = told.paragraphs[0]
    line.add_run("Debrief of the in")._r.append(OxmlElement("w:softHyphen"))
    line.add_run("formant on Mr Lee")
    kept = BytesIO()
    document.save(kept)

    [schedule] = read(tmp_path, kept.getvalue(), "unused.docx")

    assert [item.description for item in schedule.items] == ["Debrief of the informant on Mr Lee"]


def test_what_is_no_character_of_any_writing_is_in_no_item(tmp_path):
    rows = [(TITLE,), COLUMNS, ("1", "Receipt\x01 for the\ufffe van\x0b of 3 May", "Store")]

    [schedule] = read(tmp_path, a_csv(rows), "unused.csv")

    assert [item.description for item in schedule.items] == ["Receipt for the van of 3 May"]


def test_a_paper_is_read_as_it_is_seen(tmp_path):
    path = tmp_path / "Report.pdf"
    path.write_bytes(
        HTML(string="<p>Item 2 is the note of an in\u2010<br>formant.</p>").write_pdf()
    )

    paper = read_paper(path, path.name, FileRefused("No schedule.", ""))

    assert "note of an informant" in " ".join(paper.text.split())
