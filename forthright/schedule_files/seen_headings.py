"""Which headings were seen in a file of which no row heads the columns of a schedule."""

import re
from collections.abc import Iterable, Iterator, Sequence

from forthright.rules.schedules.schedule import Place
from forthright.rules.words import count_words, list_words
from forthright.schedule_files.headings import OF_HEADINGS, field_of, is_reference
from forthright.schedule_files.rows import Row
from forthright.table_files.problems import FileRefused

MOST_ROWS = 60
KNOWN = (
    "Look that one row heads the columns, and that the items stand below it. Known are “Item No.” "
    "or “Ref” for the number, “Description” or “Material”, “Location” or “Held by”, "
    "“CPS decision”, “Comments”, on a sensitive schedule “Reason for sensitivity”, and in an "
    "officer’s report “Why it may undermine or assist” and “Copy”."
)
# What else stands in headings and names nothing.
MORE = frozenset({"author", "by", "created", "name", "originator", "ref", "ser", "serial", "title"})


class SeenHeadings:
    """The row of a file that is most like a row of headings, kept while its rows go by."""

    def __init__(self) -> None:
        """Begin with none."""
        self._known = 0
        self._cells: Sequence[str] = ()
        self._place = Place(file="")

    def watch(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Yield rows as they come, and keep the one among the first that heads most columns."""
        for number, row in enumerate(rows):
            if number < MOST_ROWS and row.filled > 1:
                known = sum(map(_heads, row.cells))
                if known > self._known:
                    self._known, self._cells, self._place = known, row.cells, row.place
            yield row

    def refusal(self) -> FileRefused:
        """Return why no schedule was found, and which headings are known."""
        said = "No schedule was found: no row names the columns of one."
        if self._known:
            said += f" {self._nearest()}"
        return FileRefused(said, KNOWN, sheet=self._place.sheet, row=self._place.row)

    def _nearest(self) -> str:
        """Say which row is nearest; only words that every form uses are repeated."""
        headings = [cell for cell in self._cells if cell]
        plain = [f"“{each}”" for each in headings if _is_plain(each)]
        if others := len(headings) - len(plain):
            plain.append(count_words(others, "other"))
        found = {field_of(each) for each in headings}
        is_numbered = "number" in found or any(map(is_reference, headings))
        is_described = bool({"description", "undermines", "sensitive_reason"} & found)
        lacks = " or ".join(
            words for words, is_there in
            (("numbers the items", is_numbered), ("describes them", is_described)) if not is_there
        )  # fmt: skip
        where = f"Row {self._place.row:,}" if self._place.row else "One row"
        lacking = f": none of these {lacks}" if lacks else ""
        return f"{where} is nearest, with {list_words(plain)}{lacking}."


def _heads(cell: str) -> bool:
    return bool(field_of(cell)) or is_reference(cell)


def _is_plain(heading: str) -> bool:
    words = re.findall(r"[\w'’]+", heading.lower())
    return all(word in OF_HEADINGS | MORE for word in words)
