"""How much text the cells of a workbook refer to.

A workbook keeps each text once, and any number of cells refer to it; a small file can so stand for
gigabytes. Rows are handed on in pieces that hold no more text than fits in memory.
"""

import re
import zipfile
from array import array
from collections.abc import Iterator

from forthright.table_files import limits
from forthright.table_files.problems import FileRefused

TEXT_ENDS = re.compile(rb"</(?:\w+:)?si\s*>|<(?:\w+:)?si\s*/>")
ROW_ENDS = re.compile(rb"</(?:\w+:)?row\s*>|<(?:\w+:)?row\b[^>]*/>")
REFERS = re.compile(
    rb"<(?:\w+:)?c\b([^>]*?\st\s*=\s*[\"']s[\"'][^>]*)>\s*<(?:\w+:)?v\b[^>]*>\s*(\d+)"
)
# As nearly every program writes it.
PLAIN_REFERENCE = re.compile(rb't="s"><v>(\d+)</v>')
PLACE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})(\d{1,7})[\"']")


class SharedText:
    """The lengths of the texts that a workbook's cells refer to, and how much was referred to."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Measure each text; with its marks and letter forms it is never shorter than its words."""
        self._lengths = array("Q")
        for name in archive.namelist():
            if name.lower() == "xl/sharedstrings.xml":
                begins, text = 0, archive.read(name)
                for end in TEXT_ENDS.finditer(text):
                    self._lengths.append(end.end() - begins)
                    begins = end.end()
        self._longest = max(self._lengths, default=0)
        self._total = 0

    def begin_sheet(self) -> None:
        """Count anew: each reading of a sheet stands for itself."""
        self._total = 0

    def pieces(self, rows: bytes, sheet: str) -> Iterator[bytes]:
        """Yield whole rows, as many at a time as refer to no more text than fits in memory.

        :raises FileRefused: if one row, or a whole sheet, refers to more than any extract does
        """
        if self._is_little(rows):
            yield rows
            return
        begins, ends, held = 0, 0, 0
        for row, end in _each_row(rows):
            size = self._size(row, sheet)
            if held and held + size > limits.TEXT_AT_A_TIME:
                yield rows[begins:ends]
                begins, held = ends, 0
            ends, held = end, held + size
        yield rows[begins:]

    def _is_little(self, rows: bytes) -> bool:
        """Return whether rows surely refer to little; the quickest way to tell goes first."""
        references = rows.count(b'"s"') + rows.count(b"'s'")
        if references * self._longest <= limits.TEXT_AT_A_TIME:
            return True
        plain = PLAIN_REFERENCE.findall(rows)
        is_all = len(plain) == references
        return is_all and sum(map(self._length, map(int, plain))) <= limits.TEXT_AT_A_TIME

    def _size(self, row: bytes, sheet: str) -> int:
        """Return how much text a row refers to, and add it to what the workbook does."""
        cells = [(found[1], self._length(int(found[2]))) for found in REFERS.finditer(row)]
        size = sum(length for _, length in cells)
        if size > limits.ROW_BYTES:
            column, number = _place(max(cells, key=lambda cell: cell[1])[0])
            raise FileRefused(
                f"One row holds more than {limits.ROW_BYTES // limits.MEGABYTE} MB.",
                "A cell may hold a whole document. Take that column out of the extract.",
                sheet=sheet, row=number, column=column,
            )  # fmt: skip
        self._total += size
        if self._total > limits.UNPACKED_BYTES:
            raise FileRefused(
                f"The cells of the sheet hold more than "
                f"{limits.UNPACKED_BYTES // limits.MEGABYTE:,} MB of text, far more than those of "
                "an extract do.",
                "It may be made to do harm. Ask the sender for a new extract, or tell IT security.",
                sheet=sheet,
            )
        return size

    def _length(self, number: int) -> int:
        return self._lengths[number] if number < len(self._lengths) else 0


def _each_row(rows: bytes) -> Iterator[tuple[bytes, int]]:
    """Yield each row and where it ends."""
    begins = 0
    for end in ROW_ENDS.finditer(rows):
        yield rows[begins : end.end()], end.end()
        begins = end.end()
    if begins < len(rows):
        yield rows[begins:], len(rows)


def _place(cell: bytes) -> tuple[str, int | None]:
    """Return the column and row that a cell says it stands in."""
    said = PLACE.search(cell)
    return (said[1].decode(), int(said[2])) if said else ("", None)
