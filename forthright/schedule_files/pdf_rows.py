"""The rows of a schedule kept as a PDF with text: told apart by its ruled lines, or its numbers.

A PDF knows pieces of words and where they stand, and no table. Columns are cut at the lines that
are drawn from top to bottom; without such lines, where the headings begin.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import Any

from forthright.letter_files.reading import open_pdf
from forthright.rules.as_seen import as_seen, joined
from forthright.rules.schedules.schedule import Place
from forthright.schedule_files.headings import field_of, fields_of
from forthright.schedule_files.naming import calls_for_care, forms_in
from forthright.schedule_files.pdf_pen import (
    LONG,
    SAME_LINE,
    SHOWS,
    Lines,
    Move,
    crossings,
    crossings_in,
    moved,
)
from forthright.schedule_files.pdf_steps import plain_steps
from forthright.schedule_files.rows import Row
from forthright.table_files.problems import FileRefused

MOST_PAGES = 400
EDGE = 0.16
# How wide a letter of a usual type is, as a share of its height; the others are about half.
WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!/ ’", 0.28),
    **dict.fromkeys("-()ftr“”", 0.34),
    **dict.fromkeys("mwMW", 0.83),
    **dict.fromkeys("0123456789–", 0.56),
}
# The end of a piece is told the more roughly, the longer it is.
SPACE, ROUGHLY, SHORT = 0.16, 0.05, 12
MARGIN = re.compile(
    r"^(?:page\s*\d+(?:\s*of\s*\d+)?|\d+|"
    r"(?:official|restricted|not protectively|confidential).{0,40})$",
    re.IGNORECASE,
)
PAGE_NUMBER = re.compile(r"\bpage\s*\d+(?:\s*of\s*\d+)?|\b\d+\s+of\s+\d+\b", re.IGNORECASE)
WHOLE = re.compile(r"\d{1,5}[.):]?")
NO_TEXT = (
    "Print the schedule to PDF from the program it was written in, or send the Word or Excel file. "
    "A scan has to be put through text recognition first."
)


@dataclass(slots=True)
class Piece:
    x: float
    y: float
    size: float
    text: str

    @property
    def end(self) -> float:
        """Return about where the piece ends; a PDF does not say it of each."""
        widths = sum(WIDTHS.get(each, 0.69 if each.isupper() else 0.53) for each in self.text)
        return self.x + self.size * widths


@dataclass(slots=True)
class Page:
    """One page: its lines from top to bottom, and the straight lines drawn on it."""

    number: int
    height: float
    lines: list[list[Piece]] = field(default_factory=list)
    upright: list[tuple[float, float, float]] = field(default_factory=list)
    level: list[tuple[float, float, float]] = field(default_factory=list)


def pdf_rows(path: Path) -> Iterator[Row]:
    """Yield the rows of each page.

    :raises FileRefused: if the PDF is locked, damaged, too long or holds no text
    """
    content = path.read_bytes()
    with open_pdf(content, most_pages=MOST_PAGES) as reader:
        pages = [_page(each, number) for number, each in enumerate(reader.pages, start=1)]
    empty = [page.number for page in pages if not page.lines]
    if len(empty) == len(pages):
        raise FileRefused("The PDF is a picture: it holds no words that can be read.", NO_TEXT)
    if empty:
        raise FileRefused(
            f"Page {empty[0]} holds no words that can be read, so items on it would be lost.",
            NO_TEXT,
        )
    in_margins = _repeated(pages)
    yield from _margin_rows(in_margins, path.name)
    columns: list[float] = []
    numbers = 0
    for page in pages:
        page.lines = [line for line in page.lines if not _is_margin(line, page, in_margins)]
        groups = _groups(page)
        if headed := _columns(page, groups):
            columns, numbers = headed
        own = _own_columns(page, groups, columns, numbers)
        for number, (lines, is_sure) in enumerate(groups, start=1):
            place = Place(file=path.name, page=page.number, row=number)
            drawn = _upright_at(page, lines[-1])
            cut = drawn if any(_is_like(drawn, each) for each in own) else columns
            yield _row(place, page, lines, cut, is_sure=is_sure)


def _page(page: Any, number: int) -> Page:
    """Return what stands on a page.

    Words of two cells on one line come as one piece, unless the pen is known to have crossed a
    drawn line between them. So it is followed first; where a form is drawn within the page, whose
    lines the page's own steps do not draw, the page is read for that.
    """
    steps = _taken_apart(page)
    if any(operator == b"Do" for _, operator in steps):
        first = _Reading(page, number)
        found = first.crossings()
        if not found:
            return first.page
    else:
        found = crossings_in(steps)
    if found:
        _part_at(page, steps, found)
    return _Reading(page, number).page


class _Reading:
    """One reading of a page: its pieces of words, the lines drawn on it, and the pen's moves."""

    def __init__(self, page: Any, number: int) -> None:
        self._lines = Lines()
        self._pieces: list[Piece] = []
        self._seen = 0
        # The number of each step that moves the pen over words, and where to.
        self._moves: list[Move] = []
        page.extract_text(visitor_text=self._take_text, visitor_operand_before=self._take_step)
        self.page = Page(
            number, float(page.mediabox.height), _lines(self._pieces), self._lines.upright,
            self._lines.level,
        )  # fmt: skip

    def crossings(self) -> set[int]:
        """Return the steps at which the pen goes into another column on the same line."""
        return crossings(self._moves, self.page.upright)

    def _take_text(self, text: str, cm: Any, tm: Any, _: Any, size: float) -> None:
        words = text.replace("\xa0", " ").replace("\n", " ")
        if words.strip():
            height = abs(size * hypot(tm[0], tm[1]) * hypot(cm[0], cm[1]))
            self._pieces.append(Piece(*moved(tm[4], tm[5], cm), height, words))

    def _take_step(self, operator: bytes, operands: Any, cm: Any, tm: Any) -> None:
        self._seen += 1
        if operator in SHOWS:
            self._moves.append((self._seen - 1, *moved(tm[4], tm[5], cm)))
        else:
            self._lines.take(operator, operands, cm)


def _taken_apart(page: Any) -> list[Any]:
    """Return the steps by which a page is drawn, and have the page kept as these."""
    from pypdf.generic import ContentStream, NameObject

    if "/Contents" not in page:
        return []
    content = ContentStream(page["/Contents"].get_object(), page.pdf, "bytes")
    page[NameObject("/Contents")] = content
    if (steps := plain_steps(content.get_data())) is not None:
        content.operations = steps
    return content.operations


def _part_at(page: Any, steps: list[Any], crossings: set[int]) -> None:
    """Have a new piece begin at some steps.

    The reader hands over what it has whenever the page is scaled, so it is, by one.
    """
    from pypdf.generic import FloatObject

    by_one = [FloatObject(each) for each in (1, 0, 0, 1, 0, 0)]
    parted: list[Any] = []
    for number, step in enumerate(steps):
        if number in crossings:
            parted.append((by_one, b"cm"))
        parted.append(step)
    page["/Contents"].operations = parted


def _lines(pieces: list[Piece]) -> list[list[Piece]]:
    """Return pieces line by line from the top, each line from the left."""
    lines: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda each: -each.y):
        if lines and abs(lines[-1][0].y - piece.y) <= SAME_LINE:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda each: each.x) for line in lines]


def words_of(line: Sequence[Piece]) -> str:
    """Return a line as it is seen; a hyphen that shows only at the end of a line ends one."""
    words = line[0].text
    for before, piece in pairwise(line):
        words += f" {piece.text}" if _is_apart(before, piece) else piece.text
    text = " ".join(words.split())
    return as_seen(f"{text[:-1]}-" if text.endswith("\u00ad") else text)


def _is_apart(before: Piece, piece: Piece) -> bool:
    """Say whether a space shows between two pieces of a line."""
    is_told = len(before.text) <= SHORT or before.text.endswith(":")
    roughly = 0 if is_told else ROUGHLY * (before.end - before.x)
    return piece.x - before.end > SPACE * piece.size + roughly


def _repeated(pages: Sequence[Page]) -> dict[str, str]:
    """Return the lines at the edge of several pages: without page numbers, and as first read."""
    seen: Counter[str] = Counter()
    written: dict[str, str] = {}
    for page in pages:
        near_edge = {
            _plain(line): words_of(line) for line in page.lines if _is_near_edge(line, page)
        }
        seen.update(near_edge.keys())
        written = {**near_edge, **written}
    return {
        plain: written[plain]
        for plain, times in seen.items()
        if times > 1 and times >= len(pages) * 0.6
    }


def _plain(line: Sequence[Piece]) -> str:
    return PAGE_NUMBER.sub("#", words_of(line))


def _is_near_edge(line: Sequence[Piece], page: Page) -> bool:
    return not EDGE * page.height < line[0].y < (1 - EDGE) * page.height


def _is_margin(line: Sequence[Piece], page: Page, repeated: dict[str, str]) -> bool:
    if not _is_near_edge(line, page) or field_of(words_of(line)):
        return False
    if fields_of([piece.text.strip() for piece in line]):
        return False
    return _plain(line) in repeated or _is_marking(words_of(line))


def _is_marking(words: str) -> bool:
    """Say whether a line at the edge is its marking or number, and names no form."""
    return bool(MARGIN.match(words)) and not (forms_in(words) or calls_for_care(words))


def _margin_rows(repeated: dict[str, str], file: str) -> Iterator[Row]:
    """Yield what stands at the edge of every page once: it may name the form."""
    for text in repeated.values():
        if not _is_marking(text):
            yield Row(Place(file=file), (text,), text, is_sure=False)


def _groups(page: Page) -> list[tuple[list[list[Piece]], bool]]:
    """Return the lines of a page row by row, and whether drawn lines tell the rows apart."""
    groups: list[tuple[list[list[Piece]], bool]] = []
    for line in page.lines:
        above = groups[-1][0][-1] if groups else None
        is_ruled = bool(above) and _is_ruled(page, line)
        if above is not None and is_ruled and not _is_cut(page, above, line):
            groups[-1][0].append(line)
        else:
            groups.append(([line], is_ruled))
    return groups


def _is_ruled(page: Page, line: Sequence[Piece]) -> bool:
    """Say whether a line stands within a table that is drawn: uprights pass on both its sides."""
    y = line[0].y
    beside = [x for x, bottom, top in page.upright if bottom - 1 <= y <= top + 1]
    return len({round(x / 3) for x in beside}) >= 3


def _is_cut(page: Page, above: Sequence[Piece], line: Sequence[Piece]) -> bool:
    """Say whether a level line is drawn across the first column between two lines."""
    first = min((x for x, bottom, top in page.upright if bottom - 1 <= line[0].y <= top + 1))
    return any(
        line[0].y < y <= above[0].y + SAME_LINE and left <= first + LONG and right > first + LONG
        for y, left, right in page.level
    )


def _columns(
    page: Page, groups: Sequence[tuple[list[list[Piece]], bool]]
) -> tuple[list[float], int] | None:
    """Return where columns begin, and which of them numbers the items, by the header of a page."""
    for lines, is_sure in groups:
        ruled = _upright_at(page, lines[-1]) if is_sure or len(lines) > 1 else []
        if ruled and (fields := fields_of(_cells(lines, ruled))):
            return ruled, fields.get("number", 0)
        for line in lines:
            starts = _starts(line)
            if fields_of(_cells([line], starts)):
                cut = _upright_at(page, line) or starts
                return cut, fields_of(_cells([line], cut)).get("number", 0)
    return None


def _own_columns(
    page: Page, groups: Sequence[tuple[list[list[Piece]], bool]], columns: list[float], numbers: int
) -> list[list[float]]:
    """Return the columns of tables that go on with as many of them, drawn at other places.

    A table that goes on without a header may be drawn anew: cut where the first was, a number and
    the words beside it would be one.
    """
    found: list[list[float]] = []
    for lines, _ in groups:
        drawn = _upright_at(page, lines[-1])
        if len(drawn) != len(columns) or any(_is_like(drawn, each) for each in [columns, *found]):
            continue
        if WHOLE.fullmatch(_cells(lines, drawn)[numbers]):
            found.append(drawn)
    return found


def _is_like(drawn: Sequence[float], others: Sequence[float]) -> bool:
    """Say whether columns begin where others do, as nearly as they are drawn."""
    if len(drawn) != len(others):
        return False
    return all(abs(x - y) <= LONG for x, y in zip(drawn, others, strict=True))


def _upright_at(page: Page, line: Sequence[Piece]) -> list[float]:
    found: list[float] = []
    for x in sorted(x for x, bottom, top in page.upright if bottom - 1 <= line[0].y <= top + 1):
        if not found or x - found[-1] > LONG:
            found.append(x)
    return found[:-1] if len(found) >= 3 else []


def _starts(line: Sequence[Piece]) -> list[float]:
    """Return where the cells of a line begin: at each piece that is not joined to the last."""
    starts: list[float] = []
    end = 0.0
    for piece in line:
        if not starts or piece.x - end > 0.6 * piece.size:
            starts.append(piece.x - 2)
        end = piece.end
    return starts


def _cells(lines: Sequence[Sequence[Piece]], columns: Sequence[float]) -> list[str]:
    cells = [""] * max(len(columns), 1)
    for line in lines:
        parts: dict[int, list[Piece]] = {}
        for piece in line:
            place = max(sum(1 for start in columns if start <= piece.x + 1) - 1, 0)
            parts.setdefault(place, []).append(piece)
        for place, pieces in parts.items():
            cells[place] = joined(cells[place], words_of(pieces))
    return cells


def _row(
    place: Place, page: Page, lines: list[list[Piece]], columns: Sequence[float], *, is_sure: bool
) -> Row:
    cells = tuple(_cells(lines, columns))
    # Of several lines in drawn cells each cell is read to its end before the next.
    own = _upright_at(page, lines[-1]) if len(lines) > 1 else []
    text = " ".join(_cells(lines, own)) if own else reduce(joined, map(words_of, lines))
    # A row goes on over the end of a page, so a drawn one without a number may be more words.
    return Row(place, cells, " ".join(text.split()), is_sure and bool(cells[0]))
