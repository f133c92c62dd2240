"""Which cells of a sheet are merged downward, so that only the first of them holds the value."""

import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from forthright.table_files import limits
from forthright.table_files.places import column_number
from forthright.table_files.problems import FileRefused

MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\b[^>]{0,200}?\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
# So much of one piece is read again with the next, so that no range is cut in two.
OVERLAP = 400
MOST = 200_000


@dataclass(slots=True)
class MergedCells:
    """The ranges of a sheet that are merged over more than one row, by each of their columns."""

    ranges: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)

    def range_over(self, column: int, row: int) -> str:
        """Return the merged range, such as A2:A4, in which a cell lies below its first row."""
        found = self.ranges.get(column, [])
        place = bisect_right(found, row, key=lambda each: each[0]) - 1
        if place < 0:
            return ""
        first, last, written = found[place]
        return written if first < row <= last else ""


def merged_in(archive: zipfile.ZipFile, path: str, sheet: str) -> MergedCells:
    """Return what is merged in a sheet; a workbook says so after its rows.

    :raises FileRefused: if more is merged than anybody would do by hand
    """
    found: set[tuple[int, int, int, str]] = set()
    rest = b""
    with archive.open(path) as stream:
        while chunk := stream.read(limits.BLOCK_BYTES):
            rest += chunk
            # One by one: a few megabytes can name ranges of hundreds of millions of cells.
            for each in _ranges_in(rest) if b"mergeCell" in rest else ():
                found.add(each)
                if len(found) > MOST:
                    raise FileRefused(
                        f"More than {MOST:,} cells are merged.", "Unmerge the cells.", sheet=sheet
                    )
            rest = rest[-OVERLAP:]
    merged = MergedCells()
    for column, first, last, written in sorted(found):
        merged.ranges.setdefault(column, []).append((first, last, written))
    return merged


def _ranges_in(text: bytes) -> Iterator[tuple[int, int, int, str]]:
    """Yield each column of a range of more than one row: its first and last row, and words."""
    for found in MERGED.finditer(text):
        left, right = found[1].decode(), found[3].decode()
        first, last = int(found[2]), int(found[4])
        if first < last:
            written = f"{left}{first}:{right}{last}"
            for column in range(column_number(left), min(column_number(right), limits.COLUMNS) + 1):
                yield column, first, last, written
