"""Looks at how many cells the rows of a text file have: cut short, slipped, or cells left off."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from forthright.extracts.imports.columns import Headings
from forthright.rules.words import count_words
from forthright.table_files.problems import FileRefused, Problem
from forthright.table_files.text_files import LineRead


@dataclass
class Widths:
    """Compares the rows of one text file with its headings, and counts those that are short."""

    line: LineRead
    short: int = 0
    first_short: int = 0

    def problems_in(self, number: int, cells: Sequence[Any], headings: Headings) -> list[Problem]:
        """Return what is wrong with a row that has more cells than there are headings.

        :raises FileRefused: if the last row stops before its end
        """
        if len(cells) < headings.width:
            if not self.line.has_end:
                raise _cut_short(number, cells, headings)
            self.short += 1
            self.first_short = self.first_short or number
            return []
        filled = sum(1 for cell in cells if cell.strip())
        beyond = next((cell for cell in cells[headings.cells :] if cell.strip()), "")
        if filled <= headings.count and not beyond:
            return []
        beyond = f", “{beyond.strip()[:40]}” among them" if beyond else ""
        return [
            Problem(
                row=number,
                message=f"The row has more cells than the {headings.count} headings{beyond}, so "
                "its values may have slipped into the wrong columns.",
                mend="A cell that holds a comma needs quotation marks around it. Mend the row, or "
                "give the further column a heading.",
            )
        ]

    def notes(self) -> list[Problem]:
        """Say how many rows are short: some programs leave empty cells off the end of a row."""
        if not self.short:
            return []
        rows = "1 row has" if self.short == 1 else f"{self.short:,} rows have"
        return [
            Problem(
                row=self.first_short,
                message=f"{rows} fewer cells than there are headings; this is the first. What is "
                "missing at the end was read as empty.",
                mend="Nothing needs doing if the program that wrote the file leaves empty cells "
                "off. Otherwise look at the row: it may be cut short.",
                stops=False,
            )
        ]


def _cut_short(number: int, cells: Sequence[Any], headings: Headings) -> FileRefused:
    return FileRefused(
        f"The last row has {count_words(len(cells), 'cell')} where {headings.width} belong, and "
        "its line has no end: the file looks cut short.",
        "Run the extract again, or copy the file again, and hand over the whole of it. If this is "
        "all of it, press Enter after the last row and save.",
        row=number,
    )
