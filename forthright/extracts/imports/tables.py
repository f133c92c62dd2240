"""Finds the header row of each sheet and yields the rows beneath it, whatever the file is."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from forthright.extracts.imports.columns import Heading, Headings, read_headings
from forthright.extracts.imports.headings import HEADINGS
from forthright.extracts.imports.widths import Widths
from forthright.rules.words import list_words
from forthright.table_files import limits
from forthright.table_files.merged import MergedCells
from forthright.table_files.places import column_letters
from forthright.table_files.problems import FileRefused, Problem
from forthright.table_files.text_files import (
    LineRead,
    check_text_file,
    encoding_of,
    shape_of,
    text_rows,
)
from forthright.table_files.workbooks import Workbook, open_workbook

APART = "If it holds rows to import, hand it over as a file of its own."
SHOW = "If they are not to be imported, copy only the rows that show into a new workbook."
DAYS = {name for name in HEADINGS if name.endswith("_on")}
DAYS_TO_1904 = 1462
Rows = Iterator[tuple[int, Sequence[Any]]]
# Says what is wrong with a row as it stands in the file, from its number, cells and headings.
Look = Callable[[int, Sequence[Any], Headings], list[Problem]]


@dataclass(slots=True)
class SheetRow:
    """One row beneath a header: its cells by the field that their column holds."""

    sheet: str
    row: int
    cells: dict[str, Any]
    # What is wrong with the row as it stands in the file; then its cells are not read.
    problems: list[Problem] = field(default_factory=list)


@dataclass
class Tables:
    """What a file holds: its rows, and what was noticed while they were read."""

    rows: Iterator[SheetRow]
    headings: dict[str, Headings] = field(default_factory=dict)
    notes: list[Problem] = field(default_factory=list)
    # Called with each sheet's headings once they are found; may refuse the file.
    check: Callable[[str, Headings], None] = lambda sheet, headings: None

    def column(self, sheet: str, name: str) -> str:
        """Return the heading that a field has in this sheet, as the file writes it."""
        headings = self.headings.get(sheet)
        return headings.written(name) if headings else name


@contextmanager
def open_tables(path: Path, *, file_name: str) -> Iterator[Tables]:
    """Open a .xlsx or .csv file, to be read row by row.

    :raises FileRefused: if it is neither, or has no header row
    """
    tables = Tables(rows=iter(()))
    if is_workbook(path, file_name):
        with open_workbook(path) as workbook:
            tables.rows = _workbook_rows(workbook, tables)
            yield tables
        return
    check_text_file(path)
    shape = shape_of(path, encoding_of(path))
    if (guess := shape.encoding.guess) is not None:
        tables.notes.append(guess)
    last = LineRead()
    tables.rows = _text_rows(text_rows(path, shape, last), Widths(last), tables)
    yield tables


def is_workbook(path: Path, file_name: str) -> bool:
    """Say whether a file is to be read as a workbook, by its name or how it begins."""
    if file_name.lower().endswith((".xlsx", ".xlsm", ".xls", ".xlsb")):
        return True
    with path.open("rb") as file:
        return file.read(4) in {b"PK\x03\x04", b"\xd0\xcf\x11\xe0"}


def _workbook_rows(workbook: Workbook, tables: Tables) -> Iterator[SheetRow]:
    found = 0
    for sheet in workbook.sheets:
        if sheet.is_hidden:
            tables.notes.append(_note(sheet.name, "The sheet is hidden, so it was not read."))
            continue
        try:
            look = partial(_faults_of_row, workbook, sheet.name, workbook.merged_in(sheet))
            rows = _sheet_rows(sheet.name, workbook.rows(sheet), tables, look)
            first = next(rows, None)
        except NoHeader as refusal:
            if len(workbook.sheets) == 1:
                raise
            tables.notes.append(_note(sheet.name, f"{refusal.problem.message} It was not read."))
            continue
        found += 1
        if first is not None:
            for row in chain([first], rows):
                yield _counted_from_1900(row) if workbook.counts_from_1904 else row
        _look_at_sheet(workbook, sheet.name, tables)
    if not found:
        raise NoHeader(
            "No sheet has a row of column names with a URN in it.",
            "Put the column names in the first row, one of them “URN”.",
        )


def _text_rows(rows: Rows, widths: Widths, tables: Tables) -> Iterator[SheetRow]:
    yield from _sheet_rows("", rows, tables, widths.problems_in)
    tables.notes += widths.notes()


class NoHeader(FileRefused):
    """A sheet in which no row holds names of columns that are known."""


def _sheet_rows(sheet: str, rows: Rows, tables: Tables, look: Look) -> Iterator[SheetRow]:
    headings = _find_headings(sheet, rows)
    tables.headings[sheet] = headings
    tables.notes += headings.notes
    tables.check(sheet, headings)
    for count, (number, cells) in enumerate(rows):
        if count >= limits.ROWS:
            raise FileRefused(
                f"The file has more than {limits.ROWS:,} rows.",
                "Run the extract for a shorter time and hand over one file for each.",
                sheet=sheet,
            )
        if any(cell != "" and cell is not None for cell in cells):
            problems = look(number, cells, headings)
            yield SheetRow(sheet, number, _by_field(headings.headings, cells), problems)


def _counted_from_1900(row: SheetRow) -> SheetRow:
    """Return a row with bare day counts of a workbook that counts from 1904 as all others do."""
    for name, cell in row.cells.items():
        if name in DAYS and isinstance(cell, int | float) and not isinstance(cell, bool):
            row.cells[name] = cell + DAYS_TO_1904
    return row


def _by_field(headings: Sequence[Heading], cells: Sequence[Any]) -> dict[str, Any]:
    count = len(cells)
    return {heading.field: cells[heading.index] for heading in headings if heading.index < count}


def _find_headings(sheet: str, rows: Rows) -> Headings:
    """Return the first row that names columns; titles and merged rows above it are passed over."""
    looked: list[tuple[int, Sequence[Any]]] = []
    for number, cells in rows:
        if len(cells) > limits.COLUMNS and any(cells[limits.COLUMNS :]):
            raise FileRefused(
                f"Row {number} has more than {limits.COLUMNS} columns.",
                "Take out the columns that are not about cases, people or decisions.",
                sheet=sheet,
                row=number,
            )
        headings = read_headings(sheet, number, cells)
        if headings.is_header:
            return headings
        looked.append((number, cells))
        if len(looked) == limits.HEADER_WITHIN_ROWS:
            break
    raise _no_header(sheet, looked)


def _no_header(sheet: str, looked: list[tuple[int, Sequence[Any]]]) -> NoHeader:
    filled = [cells for _, cells in looked if any(str(cell).strip() for cell in cells)]
    if not filled:
        return NoHeader("It is empty.", "Run the extract again and check it has rows.", sheet=sheet)
    fullest = max(filled, key=lambda cells: sum(1 for cell in cells if str(cell).strip()))
    names = [f"“{str(cell).strip()[:40]}”" for cell in fullest if str(cell).strip()][:6]
    return NoHeader(
        f"No row holds the column names: a row with “URN” and at least one other column is "
        f"needed. The fullest row reads {list_words(names)}.",
        "Put the column names in one row above the cases, one of them “URN”.",
        sheet=sheet,
    )


def _look_at_sheet(workbook: Workbook, sheet: str, tables: Tables) -> None:
    """Refuse columns that are worked out by formulas: what was saved of them may be stale.

    Rows that somebody hid are read like any other, and that is said.
    """
    headings = tables.headings[sheet]
    if sheet in workbook.with_hidden_rows:
        hidden = "Some rows are hidden or filtered out. They were read too."
        tables.notes.append(_note(sheet, hidden, SHOW))
    for formula in workbook.formulas[sheet].values():
        heading = headings.at(formula.column)
        if heading and not formula.is_told:
            tables.notes.append(_formula_problem(sheet, formula.row, heading))


def _faults_of_row(
    workbook: Workbook,
    sheet: str,
    merged: MergedCells,
    row: int,
    cells: Sequence[Any],
    headings: Headings,
) -> list[Problem]:
    """Return what is wrong with a row as it stands in a workbook: formulas and merged cells."""
    return [
        *_formulas_in(workbook, sheet, row, cells, headings),
        *_merged_over(merged, sheet, row, headings),
    ]


def _merged_over(merged: MergedCells, sheet: str, row: int, headings: Headings) -> list[Problem]:
    """Return a problem for each column whose cell of a row lies under a merged one.

    Nobody can tell whether its value was meant for each row, so it is neither read nor blank.
    """
    problems = []
    for heading in headings.headings if merged.ranges else ():
        if written := merged.range_over(heading.index, row):
            cell = f"{column_letters(heading.index)}{row}"
            problems.append(
                Problem(
                    sheet=sheet,
                    row=row,
                    column=heading.written,
                    message=f"The cell {cell} is merged with others ({written}): only the first "
                    "of them holds a value.",
                    mend=f"Select {written}, choose Unmerge Cells, and type in each row what "
                    "belongs there.",
                )
            )
    return problems


def _formulas_in(
    workbook: Workbook, sheet: str, row: int, cells: Sequence[Any], headings: Headings
) -> list[Problem]:
    """Return a problem for each cell of a row that holds a formula in a column that is read.

    What was saved of such a cell is not read: it would draw complaints of its own.
    """
    problems = []
    for column, rows in workbook.formula_rows.items():
        heading = headings.at(column) if row in rows else None
        if heading:
            workbook.formulas[sheet][column].is_told = True
            problems.append(_formula_problem(sheet, row, heading))
    return problems


def _formula_problem(sheet: str, row: int, heading: Heading) -> Problem:
    letters = column_letters(heading.index)
    return Problem(
        sheet=sheet,
        row=row,
        column=heading.written,
        message=f"The cell {letters}{row} holds a formula or an error, not a plain value.",
        mend=f"Copy column {letters} and paste it back as values (Paste Special, Values).",
    )


def _note(sheet: str, message: str, mend: str = APART) -> Problem:
    return Problem(sheet=sheet, message=message, mend=mend, stops=False)
