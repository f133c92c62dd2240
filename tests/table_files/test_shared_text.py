"""A text that a workbook keeps once, and very many cells refer to, takes no memory for each."""

import resource

import pytest
import xlsxwriter

from forthright.table_files import limits
from forthright.table_files.problems import FileRefused
from forthright.table_files.workbooks import open_workbook


def a_workbook(path, text, *, rows, name="Week"):
    """Write one text into a cell of each row; the file keeps it once."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet(name)
        for row in range(rows):
            sheet.write(row, 0, f"row {row + 1}")
            sheet.write(row, 1, text)
    return path


def rows_of(path):
    with open_workbook(path) as workbook:
        yield from workbook.rows(workbook.sheets[0])


def test_a_text_that_many_cells_refer_to_takes_no_memory_for_each(tmp_path):
    path = a_workbook(tmp_path / "week.xlsx", "A" * 32_000, rows=12_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    read = [(number, cells[0], len(cells[1])) for number, cells in rows_of(path)]

    assert read[0] == (1, "row 1", 32_000)
    assert read[-1] == (12_000, "row 12000", 32_000)
    assert len(read) == 12_000
    took = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert took < 4 * limits.TEXT_AT_A_TIME  # in one piece it would be ten times as much


def test_rows_keep_their_order_and_numbers_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "TEXT_AT_A_TIME", 500)
    path = a_workbook(tmp_path / "week.xlsx", "A" * 100, rows=50)

    assert [(number, cells[0]) for number, cells in rows_of(path)] == [
        (number, f"row {number}") for number in range(1, 51)
    ]


def test_a_sheet_that_refers_to_far_too_much_text_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "TEXT_AT_A_TIME", 500)
    monkeypatch.setattr(limits, "UNPACKED_BYTES", limits.MEGABYTE)
    path = a_workbook(tmp_path / "week.xlsx", "A" * 30_000, rows=40)

    with pytest.raises(FileRefused, match="hold more than 1 MB of text") as refused:
        list(rows_of(path))

    assert refused.value.problem.sheet == "Week"


def test_a_cell_that_refers_to_a_text_of_many_megabytes_is_refused_by_its_place(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(limits, "TEXT_AT_A_TIME", 500)
    monkeypatch.setattr(limits, "ROW_BYTES", limits.MEGABYTE // 64)
    path = a_workbook(tmp_path / "week.xlsx", "A" * 30_000, rows=2)

    with pytest.raises(FileRefused, match="One row holds more than") as refused:
        list(rows_of(path))

    problem = refused.value.problem
    assert (problem.sheet, problem.row, problem.column) == ("Week", 1, "B")
