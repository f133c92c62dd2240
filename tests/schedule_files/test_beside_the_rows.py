"""What a file says beside its rows, and how its sheets are called."""

import re
import zipfile
from io import BytesIO

import docx
import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.reading import read_schedules
from forthright.table_files.problems import FileRefused

COLUMNS = ("Item No.", "Description", "Location")
ITEM = (1, "Receipt for the hire of a van on 3 May 2026 by the defendant", "Property store")
SECRET = "Heronsgate source"


def a_workbook(path, *, sheet="MG6C", title="MG6C", second=None, box="", hidden=""):
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for row, cells in enumerate(((title,), COLUMNS, ITEM)):
            page.write_row(row, 0, cells)
        if box:
            page.insert_textbox("E7", box)
        if second:
            other = book.add_worksheet(second)
            other.write_row(0, 0, ("MG6D SCHEDULE OF SENSITIVE MATERIAL",))
            other.write_row(1, 0, ("Item No.", "Description", "Reason for sensitivity"))
            other.write_row(2, 0, ("one", "Debrief", "It names a source"))
        if hidden:
            book.add_worksheet(hidden).hide()
    return path


def noted(path, *cells):
    book = openpyxl.load_workbook(path)
    for cell in cells:
        book.active[cell].comment = Comment("Do not disclose: names Heronsgate", "DC Khan")
    book.save(path)
    return path


def test_notes_on_cells_are_named_by_sheet_and_cell_and_stop_until_somebody_read_them(tmp_path):
    [schedule] = read_schedules(noted(a_workbook(tmp_path / "mg6c.xlsx"), "B3", "C3"))

    [unread] = schedule.unread
    assert unread.place.words == "mg6c.xlsx, sheet MG6C"
    assert unread.what == "2 notes on cells: B3 and C3"
    assert unread.may_hide_items
    assert "Heronsgate" not in unread.what + unread.why + unread.mend


def written_again(path, part, encoding):
    """Write one part of a workbook in other letters, as its first line then says."""
    with zipfile.ZipFile(path) as book:
        kept = {name: book.read(name) for name in book.namelist()}
    [name] = [each for each in kept if each.lower().endswith(part)]
    words = re.sub(r"^<\?xml[^>]*\?>", "", kept[name].decode().lstrip("\ufeff"))
    kept[name] = f'<?xml version="1.0" encoding="{encoding}"?>{words}'.encode(encoding)
    with zipfile.ZipFile(path, "w") as book:
        for each, content in kept.items():
            book.writestr(each, content)
    return path


@pytest.mark.parametrize("encoding", ["UTF-16", "UTF-32", "ISO-8859-1"])
def test_notes_on_cells_are_found_in_whatever_letters_they_are_written(tmp_path, encoding):
    path = noted(a_workbook(tmp_path / "mg6c.xlsx"), "B3", "C3")

    [schedule] = read_schedules(written_again(path, "comments/comment1.xml", encoding))

    assert [each.what for each in schedule.unread] == ["2 notes on cells: B3 and C3"]


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/sharedstrings.xml", "sheet1.xml"])
def test_a_workbook_in_letters_in_which_words_could_be_overlooked_is_refused(tmp_path, part):
    path = written_again(a_workbook(tmp_path / "mg6c.xlsx"), part, "UTF-16")

    with pytest.raises(FileRefused, match="UTF-16"):
        read_schedules(path)


def test_a_text_box_is_named_by_the_cell_at_which_it_begins(tmp_path):
    [schedule] = read_schedules(a_workbook(tmp_path / "mg6c.xlsx", box="Item 1 is about a source"))

    assert [each.what for each in schedule.unread] == ["1 text box: E7"]


def test_a_workbook_without_them_asks_nothing(tmp_path):
    [schedule] = read_schedules(a_workbook(tmp_path / "mg6c.xlsx"))

    assert schedule.unread == ()


def test_comments_of_a_word_file_are_said_not_to_be_read(tmp_path):
    document = docx.Document()
    document.add_paragraph("MG6C")
    table = document.add_table(rows=0, cols=3)
    for cells in (COLUMNS, ITEM):
        for cell, words in zip(table.add_row().cells, cells, strict=True):
            cell.text = str(words)
    runs = table.rows[1].cells[1].paragraphs[0].runs
    document.add_comment(runs, text="Do not disclose", author="DC Khan")
    kept = BytesIO()
    document.save(kept)
    path = tmp_path / "mg6c.docx"
    path.write_bytes(kept.getvalue())

    [schedule] = read_schedules(path)

    assert [each.what for each in schedule.unread] == ["1 comment in the margin"]
    assert schedule.unread[0].may_hide_items
    assert len(schedule.items) == 1


def test_the_command_stops_at_a_note(tmp_path):
    path = noted(a_workbook(tmp_path / "mg6c.xlsx"), "B3")

    told = CliRunner().invoke(run, ["disclosure", "check", str(path)])

    assert told.exit_code == 1
    assert "1 note on a cell: B3" in told.output


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["words", "json"])
def test_the_command_prints_no_name_of_a_sheet_that_lists_sensitive_material(tmp_path, more):
    path = noted(a_workbook(tmp_path / "all.xlsx", second=SECRET, hidden="About Heronsgate"), "B3")

    told = CliRunner().invoke(run, ["disclosure", "check", str(path), *more])

    assert "sheet 2" in told.output
    assert "Heronsgate" not in told.output


def test_the_form_alone_as_the_name_of_a_sheet_is_said(tmp_path):
    path = a_workbook(tmp_path / "all.xlsx", second="MG6D")

    [sensitive] = [each for each in read_schedules(path) if each.form is Form.MG6D]

    assert sensitive.items[0].place.sheet == "MG6D"


def test_a_refusal_names_no_such_sheet_either(tmp_path):
    path = tmp_path / "unused.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(SECRET)
        page.write_row(0, 0, COLUMNS)
        page.write_formula("B2", "=A1")

    with pytest.raises(FileRefused) as refused:
        read_schedules(path)

    assert refused.value.problem.sheet == "1"


@pytest.mark.parametrize("more", [[], ["--json"]], ids=["words", "json"])
def test_a_sheet_that_is_parted_by_form_is_named_in_neither_part(tmp_path, more):
    path = tmp_path / "all.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("MG6C", "Heronsgate both"):
            page = book.add_worksheet(name)
            page.write_row(0, 0, ("Item No.", "Description", "Sensitive?"))
            page.write_row(1, 0, (1, "CCTV", "No"))
            page.write_row(2, 0, (2, "Debrief of her", "Yes"))

    told = CliRunner().invoke(run, ["disclosure", "check", str(path), *more])

    assert "Heronsgate" not in told.output
    assert "sheet 2" in told.output
