"""Which column of a file holds what, however its heading is spelled."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from rapidfuzz import fuzz, process

from forthright.extracts.imports.headings import HEADINGS
from forthright.table_files.problems import Problem

SAME = 91  # as alike as "Decison date" and "Decision date"
ALIKE = 75
APART = re.compile(r"[^a-z0-9]+")
SHORT = {
    "no": "number",
    "num": "number",
    "nr": "number",
    "nbr": "number",
    "ref": "reference",
    "dt": "date",
    "def": "defendant",
    "deft": "defendant",
    "vic": "victim",
    "tel": "phone",
    "telephone": "phone",
    "addr": "address",
    "org": "organisation",
    "fname": "first name",
    "sname": "surname",
    "dob": "date of birth",
    "da": "domestic abuse",
    "vlu": "victim liaison unit",
    "forename": "first name",
    "forenames": "first name",
    "firstname": "first name",
    "firstnames": "first name",
    "lastname": "surname",
    "email": "e mail",
}
DROPPED = {"the", "of", "a"}


@dataclass(frozen=True, slots=True)
class Heading:
    """One column that was recognised: its place, its field, and how the file writes it."""

    index: int
    field: str
    written: str


@dataclass
class Headings:
    """The recognised columns of one sheet."""

    headings: list[Heading]
    notes: list[Problem] = field(default_factory=list)
    row: int = 0
    cells: int = 0
    # How many columns there are up to the last that has a heading, and how many have one.
    width: int = 0
    count: int = 0

    @property
    def fields(self) -> set[str]:
        """Return the fields that have a column."""
        return {heading.field for heading in self.headings}

    @property
    def is_header(self) -> bool:
        """Say whether the row names columns: a URN and one other."""
        return "urn" in self.fields and len(self.fields) > 1

    def written(self, name: str) -> str:
        """Return how the file writes the heading of a field."""
        return next((each.written for each in self.headings if each.field == name), "")

    def at(self, index: int) -> Heading | None:
        """Return the recognised column at a place, if there is one."""
        return next((each for each in self.headings if each.index == index), None)


def plain(text: str) -> str:
    """Return a heading without case, stops and short forms: "Victim Ref No." to its long form."""
    words = APART.sub(" ", text.lower().replace("&", " and ").replace("#", " number ")).split()
    long = " ".join(SHORT.get(word, word) for word in words).split()
    return " ".join(word for word in long if word not in DROPPED)


@cache
def known() -> dict[str, str]:
    """Return every known way to write a heading, in plain form, with its field."""
    table: dict[str, str] = {}
    for name, spellings in HEADINGS.items():
        for spelling in spellings:
            table.setdefault(plain(spelling), name)
    return table


def read_headings(sheet: str, row: int, cells: Sequence[Any]) -> Headings:
    """Return what the cells of one row name, with notes on what was guessed or left out."""
    filled = [index for index, cell in enumerate(cells, start=1) if str(cell or "").strip()]
    width = filled[-1] if filled else 0
    found = Headings([], row=row, cells=len(cells), width=width, count=len(filled))
    unknown: list[tuple[int, str]] = []
    named: list[Heading] = []
    for index, cell in enumerate(cells):
        written = " ".join(cell.split()) if isinstance(cell, str) else ""
        if not written or len(written) > 100:
            continue
        name = known().get(plain(written))
        if name is None:
            unknown.append((index, written))
        else:
            named.append(Heading(index, name, written))
    # Of two headings for one thing the fuller one counts: "Date sent" before "Sent".
    for heading in sorted(named, key=lambda each: -len(plain(each.written).split())):
        earlier = found.written(heading.field)
        if earlier:
            found.notes.append(_second(sheet, row, heading.written, earlier))
        else:
            found.headings.append(heading)
    taken = {heading.field: heading.written for heading in found.headings}
    for index, written in unknown:
        _guess(found, taken, sheet=sheet, index=index, written=written)
    return found


def _guess(found: Headings, taken: dict[str, str], *, sheet: str, index: int, written: str) -> None:
    best = process.extractOne(plain(written), known().keys(), scorer=fuzz.ratio)
    name = known()[best[0]] if best else ""
    first = HEADINGS[name][0] if name else ""
    if best and best[1] >= SAME and name not in taken:
        taken[name] = written
        found.headings.append(Heading(index, name, written))
        message = f"The column “{written}” was read as “{first}”."
        mend = "If it is something else, give it another heading."
    elif best and best[1] >= ALIKE and name not in taken:
        message = f"The column “{written}” is not known, so it was not read."
        mend = f"Did you mean “{first}”? If so, change the heading to that."
    else:
        message = f"The column “{written}” is not one that is read."
        mend = "Nothing needs doing unless it should be."
    found.notes.append(
        Problem(sheet=sheet, row=found.row, column=written, message=message, mend=mend, stops=False)
    )


def _second(sheet: str, row: int, written: str, earlier: str) -> Problem:
    """Say that two columns hold one thing; with the same heading nobody can say which counts."""
    is_same = plain(written) == plain(earlier)
    left_out = "" if is_same else f" “{written}” was not read."
    return Problem(
        sheet=sheet,
        row=row,
        column=written,
        message=f"Two columns hold the same thing: “{earlier}” and “{written}”.{left_out}",
        mend="Take one of them out, so that it is plain which counts.",
        stops=is_same,
    )
