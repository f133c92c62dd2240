"""A schedule while its rows are read: its headings, items and certificate so far."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from forthright.rules.schedules.denial import denies
from forthright.rules.schedules.schedule import Form, Line, Place, ScheduleItem, Unread
from forthright.schedule_files.columns import Columns, titled
from forthright.schedule_files.naming import (
    SENTENCE,
    begun_by,
    form_of,
    mentions,
    titles_in,
)
from forthright.schedule_files.rows import Row
from forthright.schedule_files.signing import LABEL, is_signed, signs
from forthright.schedule_files.unread import rows_apart

# What stands on each page of a form, or where its list goes on.
OF_PAGES = re.compile(
    r"(?:\(?(?:cont(?:inue|inuation|inued|in)?d?\.?)(?: sheet| page)?\)?|"
    r"(?:official|restricted|not protectively|protect)\b.{0,60}|"
    r"page \d+(?: of \d+)?)(?:\s*\d+(?: of \d+)?)?"
)
# Letters of a line that may be the foot of a form; a certificate has longer ones.
LONGEST_FOOT = 80
# Words of a cell that describes something, and is no label of a certificate.
WORDS_OF_ITEM = 4
# "The following is sensitive: debrief of …" says at once what is listed.
TELLS = re.compile(r"\bsensitive\b.{0,60}:\s*\w+(?:\W+\w+){2}", re.IGNORECASE)
# How a report names an item of a form that numbers its own: "C1", "MG6D item 1", "D/7".
ENTRY = re.compile(
    r"(?:mg ?0?6 ?)?\(?([cd])\)?[\s.,:/–-]*(?:(?:item|entry|no\.?)s?\s*)*(\d{1,5})[.):]?"
    r"|(?:(?:item|entry|no\.?)s?\s*)*(\d{1,5})\s*(?:of|on|in)\s+(?:the\s+)?(?:mg ?0?6 ?)?"
    r"\(?([cd])\)?",
    re.IGNORECASE,
)
LONGEST_NUMBER = 20
NUMBER = re.compile(r"\(?(?:(?:item|no\.?)\s*)?(\d{1,5})(?:\.0)?[.):]?", re.IGNORECASE)


@dataclass
class Draft:
    """A schedule while its rows are read."""

    place: Place
    # The name of its file.
    file: str
    beside: Columns
    headings: Mapping[str, str]
    key: dict[str, str]
    head: list[Line]
    items: list[ScheduleItem] = field(default_factory=list)
    certificate: list[Line] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    # The lines beside the items since the last of them: only what signs the list ends an item.
    below: list[Line] = field(default_factory=list)
    # Whether one of them is of a certificate, and which are numbered or bulleted as items may be.
    is_signed: bool = False
    listed: list[Line] = field(default_factory=list)
    # What Word shows before a line by itself.
    marks: dict[Place, str] = field(default_factory=dict)
    # The lines between two items that may be one of them, and the first item below any.
    lost: list[Line] = field(default_factory=list)
    lost_above: str = ""
    # The rows below the signature that look as items do.
    stray: list[Row] = field(default_factory=list)
    # The number of the last line that was read as more words, and may be an item.
    swallowed: int = 0
    # The title of the last item, and what describes it beside that, as far as they were read.
    last_title: str = ""
    last_told: str = ""
    # Whether the lines of a table are drawn around the last item, so that its words stand within.
    last_is_drawn: bool = False
    is_at_heading: bool = True
    # Whether a row says that there is nothing to list.
    is_denied: bool = False
    # The title of a form, and what says of it that there is none: no title of this list.
    settled: set[Place] = field(default_factory=set)
    # Where the rows stand that look like items below a line that begins something else.
    apart: set[Place] = field(default_factory=set)

    @property
    def columns(self) -> Mapping[str, int]:
        """Return the place of the column of each field."""
        return self.beside.fields

    def cell(self, row: Row, name: str) -> str:
        """Return what a row holds in the column of a field."""
        return self.beside.cell(row, name)

    def begin_title(self, row: Row) -> None:
        """Keep the title of an item apart from its description: the next lines go on with both."""
        self.last_title, self.last_told = self.beside.title(row), self.beside.without_title(row)

    def is_outside(self, row: Row) -> bool:
        """Say whether a row stands outside the drawn lines that the last item stands within."""
        return self.last_is_drawn and not row.is_drawn

    def titled_so_far(self, row: Row) -> str:
        """Return the description of the last item, its title before it, with one more line."""
        self.last_title = f"{self.last_title} {self.beside.title(row)}".strip()
        self.last_told = f"{self.last_told} {self.beside.without_title(row)}".strip()
        return titled(self.last_title, self.last_told)

    @property
    def is_report(self) -> bool:
        """Say whether it is the officer's report, which names items of the other forms."""
        return "undermines" in self.columns or drafted_form(self, self.file)[0] is Form.MG6E

    def told(self, row: Row) -> str:
        """Return what a row says of its item: a report need not describe it again."""
        described = self.cell(row, "description")
        return described or (self.cell(row, "undermines") if self.is_report else "")

    def is_entry(self, row: Row) -> bool:
        """Say whether a row is an entry of a report, however it names its item."""
        names_one = any(each.isdigit() for each in self.cell(row, "number"))
        return names_one and self.is_report and bool(self.cell(row, "undermines"))

    def named_by(self, written: str) -> tuple[int | None, str]:
        """Return the number of an item, and its form where an entry of a report names one."""
        number = number_in(written)
        if number is not None or not written:
            return number, ""
        found = ENTRY.fullmatch(written.strip())
        if found is None:
            return None, ""
        number, form = int(found[2] or found[3]), f"MG6{(found[1] or found[4]).upper()}"
        if self.is_report:
            return number, form
        # A list may number its items with its own name before: "MG6C/4".
        is_own = "mg" in written.lower() and form == drafted_form(self, self.file)[0]
        return (number, "") if is_own else (None, "")

    def leave(self, rows: Sequence[Row]) -> None:
        """Keep with the certificate what nothing heads, and name the rows that may be items."""
        is_here = bool(rows) and rows[0].place.sheet == self.place.sheet
        # Below a title of another form whatever is not signed and no denial may be listed on it.
        is_titled = is_here and self._begins_another(rows[0])
        left = [
            row for number, row in enumerate(rows)
            if is_numbered(row)
            or (is_here and not self.is_signed and self._is_like_row(row))
            or (is_titled and not self._is_of_foot(row) and (number or TELLS.search(row.text)))
        ]  # fmt: skip
        self.apart |= {row.place for row in left}
        if is_titled and any(map(self.denies, rows[1:])):
            self.settled |= {row.place for row in rows}
        self.unread += rows_apart(left, is_here=is_here)
        # Words of what may stand on a form that fewer may read are kept with no certificate.
        self.certificate += lines_of(row for row in rows if not left or signs(row.text))

    def _begins_another(self, row: Row) -> bool:
        return bool(begun_by(row.line) - {drafted_form(self, self.file)[0]})

    def _is_of_foot(self, row: Row) -> bool:
        """Say whether a row is no item below a title: signed, denied, or on every page."""
        line = Line(place=row.place, text=row.text)
        is_signed_off = signs(row.text) or any(is_signed(cell) for cell in row.cells if cell)
        return is_signed_off or self.denies(row) or self.repeats(line) or bool(titles_in(row.line))

    def looks_listed(self, row: Row) -> bool:
        """Say whether a row below the signature has cells as an item has, and none that signs."""
        if not row.is_sure or row.filled < 2 or not self.is_signed:
            return False
        has_words = any(
            len(cell.split()) >= WORDS_OF_ITEM and not SENTENCE.search(cell) for cell in row.cells
        )
        return has_words and not self._is_of_foot(row)

    def is_like_item(self, row: Row) -> bool:
        """Say whether a row without a number has cells of its own as an item has.

        That is words and something beside them, or before them what tells items apart; and neither
        signs the list.
        """
        described, numbered = self.told(row), self.cell(row, "number")
        is_labelled = bool(numbered and LABEL.fullmatch(numbered))
        if not described or is_signed(described) or not (is_labelled or row.is_sure):
            return False
        is_number = len(numbered) <= LONGEST_NUMBER and any(each.isdigit() for each in numbered)
        if numbered and not (is_labelled or is_number):
            return False
        is_told_apart = is_labelled and bool(self.items) and not self.below
        beside = {*self.columns} - {"number", "description", "undermines"}
        return is_told_apart or any(
            words and not is_signed(words) for words in (self.cell(row, name) for name in beside)
        )

    def denies(self, row: Row) -> bool:
        """Say whether a row says nothing but that there is nothing to list."""
        is_numbered = number_in(self.cell(row, "number")) is not None
        told = [words for place, words in enumerate(row.cells) if words
                and not (is_numbered and place == self.columns["number"])]  # fmt: skip
        return bool(told) and all(map(denies, told))

    def lose(self, item: ScheduleItem) -> None:
        """Keep in mind which lines above an item may be one of their own, and are in none."""
        lost = [line for line in self.below if line in self.listed
                or not (is_signed(line.text) or self.repeats(line))]  # fmt: skip
        if lost and not self.lost:
            self.lost_above = item.named
        self.lost += lost
        self.below, self.listed, self.is_signed = [], [], False

    def repeats(self, line: Line) -> bool:
        """Say whether a line is one that each page of a form bears."""
        words = _plain(line.text)
        named = mentions(line.text)
        return (
            words in {_plain(each.text) for each in self.head}
            or bool(OF_PAGES.fullmatch(words))
            or (len(words) < 120 and bool(named) and {each.form for each in named}
                == {drafted_form(self, self.file)[0]} and all(each.is_title for each in named))
        )  # fmt: skip

    def _is_like_row(self, row: Row) -> bool:
        is_row = row.is_sure and row.filled > 1
        return is_row and not signs(row.text) and bool(self.told(row))


def drafted_form(draft: Draft, file: str) -> tuple[Form, str]:
    """Return the form of a schedule, and why that is a guess.

    :param file: the name of its file, where that may speak for it
    """
    return form_of(
        [line.text for line in draft.head],
        sheet=draft.place.sheet,
        columns=draft.columns.keys(),
        tail=[line.text for line in draft.certificate
              if len(line.text) < LONGEST_FOOT and line.place not in draft.settled],
        file=file,
    )  # fmt: skip


def lines_of(rows: Iterable[Row]) -> list[Line]:
    """Return rows as lines beside a table."""
    return [Line(place=row.place, text=row.text) for row in rows]


def is_numbered(row: Row) -> bool:
    """Say whether a row of no schedule begins as an item does: with a number, and words beside."""
    first = next(filter(None, row.cells), "")
    return row.filled > 1 and number_in(first) is not None


def number_in(written: str) -> int | None:
    """Return the number that is written as one, if it is."""
    found = NUMBER.fullmatch(written.strip())
    return int(found[1]) if found else None


def _plain(words: str) -> str:
    return " ".join(words.lower().split())
