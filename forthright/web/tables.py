"""A table as plain values, drawn by components/table.html and beneath every chart."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    words: str
    is_number: bool = False


@dataclass(frozen=True)
class Cell:
    words: object
    address: str = ""


@dataclass(frozen=True)
class Table:
    """A caption, columns and rows; the first cell of each row names the row."""

    caption: str
    columns: list[Column]
    rows: list[list[Cell]] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[list[tuple[Column, Cell]]]:
        """Yield each row as its cells beside their columns."""
        for row in self.rows:
            yield list(zip(self.columns, row, strict=True))


def table(caption: str, columns: list[str | Column], rows: list[list[object]]) -> Table:
    """Return a table; a column or cell may be given as plain words."""
    return Table(
        caption=caption,
        columns=[c if isinstance(c, Column) else Column(c) for c in columns],
        rows=[[cell if isinstance(cell, Cell) else Cell(cell) for cell in row] for row in rows],
    )
