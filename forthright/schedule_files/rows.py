"""What every reader of a schedule yields: rows of cells, each with its place in the file."""

from dataclasses import dataclass

from forthright.rules.as_seen import as_seen
from forthright.rules.schedules.schedule import Place


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, or a line beside one; `text` keeps its words in reading order.

    `is_sure` says that the file itself tells rows apart, so that a row without a number is an
    item that lacks one, and not more words of the item above. `mark` is what Word shows before the
    words and the file does not hold: a number, or a dot for a bullet. `is_drawn` says of a PDF that
    the lines of a table are drawn around the row.
    """

    place: Place
    cells: tuple[str, ...]
    text: str
    is_sure: bool = True
    mark: str = ""
    is_drawn: bool = False

    @property
    def line(self) -> str:
        """Return the words with a mark between cells, so that a title in one of them is one."""
        return " | ".join(filter(None, self.cells)) or self.text

    @property
    def filled(self) -> int:
        """Count the cells that hold words."""
        return sum(1 for cell in self.cells if cell)


def row_of(place: Place, cells: list[str], *, is_sure: bool = True, mark: str = "") -> Row:
    """Return a row whose words stand cell after cell, each as a reader sees it."""
    tidy = tuple(" ".join(as_seen(str(cell)).split()) for cell in cells)
    return Row(place, tidy, " ".join(cell for cell in tidy if cell), is_sure, mark)
