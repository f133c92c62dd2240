"""The columns of a schedule: which field each holds, and which of them nobody understands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import zip_longest

from forthright.rules.schedules.denial import denies
from forthright.rules.schedules.schedule import Place, Unread
from forthright.schedule_files.headings import field_of
from forthright.schedule_files.naming import calls_for_care
from forthright.schedule_files.rows import Row

# A second column of these holds items of its own, as where two tables stand side by side.
OF_ITEMS = frozenset({"number", "description"})
MEND = (
    "Look in the file what stands there. Head the column as the form does, such as “Location”, and "
    "hand the file over again if it is part of the schedule."
)


@dataclass
class Columns:
    """The columns below one row of headings, and which of those left over hold something."""

    place: Place
    cells: Sequence[str]
    fields: Mapping[str, int]
    _filled: set[int] = field(default_factory=set)
    # Those whose heading or cells speak of what is sensitive.
    _careful: set[int] = field(default_factory=set)

    def cell(self, row: Row, name: str) -> str:
        """Return what a row holds in the column of a field.

        All that a row says of sensitivity counts, in however many columns it says it; and a title
        stands before the description.
        """
        if name == "description":
            return titled(self.title(row), self.without_title(row))
        if name == "sensitive_reason":
            return " ".join(words for place in self._sensitive if (words := _at(row, place)))
        return _at(row, self.fields.get(name))

    def title(self, row: Row) -> str:
        """Return what names the item of a row in a column of its own."""
        return _at(row, self.fields.get("title"))

    def without_title(self, row: Row) -> str:
        """Return what stands in the column of descriptions alone."""
        return _at(row, self.fields.get("description"))

    def go_on(self, row: Row) -> None:
        """Take the next line of the headings, which may be the one that names a column."""
        longer = zip_longest(self.cells, row.cells, fillvalue="")
        self.cells = [" ".join(filter(None, pair)) for pair in longer]
        taken = {*self.fields.values()}
        for place, heading in enumerate(self.cells):
            if place not in taken and (name := field_of(heading)):
                self.fields = {name: place, **self.fields}

    def look_beside(self, row: Row) -> None:
        """Keep in mind which columns of no field hold something in a row."""
        beside = {place for place, words in enumerate(row.cells) if words} - self._read
        self._filled |= beside
        self._careful |= {
            place for place in beside
            if calls_for_care(row.cells[place])
            or (calls_for_care(self._heading(place)) and not denies(row.cells[place]))
        }  # fmt: skip

    def unread(self, *, repeats: bool) -> Iterator[Unread]:
        """Yield each column that holds something and was not read.

        :param repeats: whether its heading may be repeated; one of a sensitive schedule may not
        """
        for place in sorted(self._filled):
            heading = self._heading(place)
            if heading and not repeats:
                what = f"Column {place + 1}"
                why = "What stands in it was not read: its heading is none that is known, or is "
                why += "like that of another column."
            elif not heading:
                what, why = f"Column {place + 1}", "It has no heading, so it was not read."
            elif other := self._other(heading):
                what = f"The column “{heading}”"
                why = f"“{other}” was read as its like; one column of a kind is read."
            else:
                what = f"The column “{heading}”"
                why = "Its heading is none that is known, so what stands in it was not read."
            hides = place in self._careful or field_of(heading) in OF_ITEMS
            yield Unread(place=self.place, what=what, why=why, mend=MEND, may_hide_items=hides)

    @cached_property
    def _sensitive(self) -> list[int]:
        places = enumerate(self.cells)
        return [place for place, words in places if field_of(words) == "sensitive_reason"]

    @cached_property
    def _read(self) -> set[int]:
        return {*self.fields.values(), *self._sensitive}

    def _heading(self, place: int) -> str:
        return self.cells[place] if place < len(self.cells) else ""

    def _other(self, heading: str) -> str:
        place = self.fields.get(field_of(heading))
        return self.cells[place] if place is not None else ""


def titled(title: str, description: str) -> str:
    """Return a description with its title before it, unless it begins with that."""
    begins = description.casefold().startswith(title.casefold())
    return description if begins else ": ".join(filter(None, (title.rstrip(" :"), description)))


def _at(row: Row, place: int | None) -> str:
    return row.cells[place] if place is not None and place < len(row.cells) else ""
