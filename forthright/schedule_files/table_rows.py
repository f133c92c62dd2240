"""The rows of a schedule kept as a workbook or a .csv file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from forthright.rules.schedules.schedule import Place
from forthright.rules.words import date_words
from forthright.schedule_files.headings import fields_of
from forthright.schedule_files.naming import calls_for_care, forms_in
from forthright.schedule_files.rows import Row, row_of
from forthright.table_files.limits import HEADER_WITHIN_ROWS
from forthright.table_files.merged import MergedCells
from forthright.table_files.places import column_letters
from forthright.table_files.problems import FileRefused
from forthright.table_files.text_files import (
    DELIMITERS,
    TextShape,
    check_text_file,
    encoding_of,
    shape_of,
    text_rows,
)
from forthright.table_files.unseen_cells import Unseen
from forthright.table_files.workbooks import SheetPart, Workbook, open_workbook


def csv_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of a .csv file.

    :raises FileRefused: if it is none, or not written in one encoding
    """
    check_text_file(path)
    usual = shape_of(path, encoding_of(path))
    others = (replace(usual, delimiter=each) for each in DELIMITERS if each != usual.delimiter)
    # Descriptions are full of commas, so what divides cells is told by the row of headings.
    shape = next((each for each in (usual, *others) if _has_headings(path, each)), usual)
    for number, cells in text_rows(path, shape):
        yield row_of(Place(file=path.name, row=number), cells)


def _has_headings(path: Path, shape: TextShape) -> bool:
    try:
        first = [cells for _, cells in islice(text_rows(path, shape), HEADER_WITHIN_ROWS)]
    except FileRefused:
        return False
    return any(fields_of(cells) for cells in first)


def workbook_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of each sheet that shows.

    :raises FileRefused: if it is no workbook, is locked, holds formulas or unpacks to too much
    """
    with open_workbook(path) as workbook:
        for sheet in workbook.sheets:
            if not sheet.is_hidden:
                yield from _sheet_rows(workbook, sheet, path.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetUnread:
    """A sheet of a workbook, and what of it no row holds.

    `beside` are the things beside its cells that were not read, by what one of them is called:
    the cells at which they begin, blank for one that hangs on none. `unseen` is what is hidden or
    struck through.
    """

    name: str
    is_hidden: bool
    beside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unseen: Unseen = field(default_factory=Unseen)


def sheets_of(path: Path) -> list[SheetUnread]:
    """Return the sheets of a workbook in their order; one that does not show is not read.

    :raises FileRefused: if it is no workbook, or damaged
    """
    with open_workbook(path) as workbook:
        return [_sheet_unread(workbook, sheet) for sheet in workbook.sheets]


def _sheet_unread(workbook: Workbook, sheet: SheetPart) -> SheetUnread:
    if sheet.is_hidden:
        return SheetUnread(name=sheet.name, is_hidden=True)
    notes, drawn, files = workbook.beside_cells(sheet)
    beside = {"note on a cell": notes, "text box": drawn.boxes, "picture": drawn.pictures,
              "chart": drawn.charts, "embedded file": [""] * files}  # fmt: skip
    unseen = workbook.unseen_cells(sheet)
    return SheetUnread(name=sheet.name, is_hidden=False, beside=beside, unseen=unseen)


def _sheet_rows(workbook: Workbook, sheet: SheetPart, file: str) -> Iterator[Row]:
    merged, above = workbook.merged_in(sheet), list[str]()
    printed = [
        (kind, row_of(Place(file=file, sheet=sheet.name), [words]))
        for kind, words in workbook.printed_in(sheet)
        if forms_in(words) or calls_for_care(words)
    ]
    yield from (row for kind, row in printed if kind == "Header")
    unseen = workbook.unseen_cells(sheet)
    for number, cells in workbook.rows(sheet):
        if number in unseen.rows:
            continue
        for column, rows in workbook.formula_rows.items():
            if number in rows:
                raise FileRefused(
                    f"The cell {column_letters(column)}{number} holds a formula or an error, so "
                    "what it shows may be stale.",
                    "Copy that column and paste it back as values (Paste Special, Values).",
                    sheet=sheet.name,
                    row=number,
                )
        place = Place(file=file, sheet=sheet.name, row=number)
        words = [
            unseen.struck.get((number, column), _words_of(cell))
            for column, cell in enumerate(_cells(cells))
        ]
        above = _with_merged(words, above, merged, number)
        yield row_of(place, above)
    yield from (row for kind, row in printed if kind == "Footer")


def _with_merged(
    words: list[str], above: Sequence[str], merged: MergedCells, row: int
) -> list[str]:
    """Return the words of a row where a cell merged downward says in each row what it shows.

    A number is left out: below it stands more of the item that it numbers.
    """
    found = list(words)
    for column, before in enumerate(above):
        is_blank = column >= len(found) or not found[column]
        if is_blank and before and not before.isdecimal() and merged.range_over(column, row):
            found += [""] * (column + 1 - len(found))
            found[column] = before
    return found


def _cells(cells: Sequence[Any]) -> Sequence[Any]:
    return cells[:60]


def _words_of(cell: object) -> str:
    """Return a cell as a person reads it: a whole number without its point, a day in words."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return date_words(cell.date())
    if isinstance(cell, date):
        return date_words(cell)
    return "" if cell is None else str(cell)
