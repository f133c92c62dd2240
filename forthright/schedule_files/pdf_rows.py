"""The rows of a schedule kept as a PDF with text: told apart by its ruled lines, or its numbers.

A PDF knows pieces of words and where they stand, and no table. Columns are cut at the lines that
are drawn from top to bottom; without such lines, where the headings begin.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import takewhile
from math import hypot
from pathlib import Path
from typing import Any

from forthright.letter_files.reading import open_pdf
from forthright.rules.as_seen import joined
from forthright.rules.schedules.schedule import Place
from forthright.schedule_files.headings import field_of, fields_of
from forthright.schedule_files.naming import OF_GOVERNMENT, calls_for_care, forms_in
from forthright.schedule_files.pdf_columns import (
    cells_of,
    headed_columns,
    is_like,
    own_columns,
    upright_at,
)
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
from forthright.schedule_files.pdf_pieces import Page, Piece, words_of
from forthright.schedule_files.pdf_steps import plain_steps
from forthright.schedule_files.rows import Row
from forthright.table_files.problems import FileRefused

MOST_PAGES = 400
EDGE = 0.16
# By how many points the same line may stand at another place on another page.
UNEVEN = 3
# How far from the words of a page its foot stands, as a share of the height of its letters.
FOOT_APART = 1.8
MARGIN = re.compile(
    r"^(?:page\s*\d+(?:\s*of\s*\d+)?|\d+|"
    r"(?:official|restricted|not protectively|confidential).{0,40})$",
    re.IGNORECASE,
)
PAGE_NUMBER = re.compile(r"\bpage\s*\d+(?:\s*of\s*\d+)?|\b\d+\s+of\s+\d+\b", re.IGNORECASE)
NO_TEXT = (
    "Print the schedule to PDF from the program it was written in, or send the Word or Excel file. "
    "A scan has to be put through text recognition first."
)


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
    repeated = _repeated(pages)
    in_margins = {_plain(line) for page in pages for line in _take_margins(page, repeated)}
    yield from _margin_rows({each: repeated[each] for each in repeated if each in in_margins},
                            path.name)  # fmt: skip
    columns: list[float] = []
    numbers = 0
    for page in pages:
        groups = _groups(page)
        if headed := headed_columns(page, groups):
            columns, numbers = headed
        own = own_columns(page, groups, columns, numbers)
        for number, (lines, is_sure) in enumerate(groups, start=1):
            place = Place(file=path.name, page=page.number, row=number)
            drawn = upright_at(page, lines[-1])
            cut = drawn if any(is_like(drawn, each) for each in own) else columns
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


@dataclass(frozen=True, slots=True)
class _Repeated:
    """A line that stands near the edge of most pages: at the same place, or the outermost there."""

    # As it was first read, and how far from the edge it stands.
    text: str
    distance: int
    # Above or below all else on most pages, however far from the edge: the first page of a form
    # has margins of its own.
    is_head: bool = False
    is_foot: bool = False

    def is_at(self, line: Sequence[Piece], page: Page) -> bool:
        """Say whether a line with its words stands where it does."""
        is_outermost = self.is_head if _is_in_upper_half(line, page) else self.is_foot
        return is_outermost or abs(self.distance - _distance(line, page)) <= UNEVEN


def _repeated(pages: Sequence[Page]) -> dict[str, _Repeated]:
    """Return the lines at the edge of several pages, by their words without page numbers."""
    distances: dict[str, Counter[int]] = {}
    written: dict[str, str] = {}
    for page in pages:
        for line in page.lines:
            if _is_near_edge(line, page):
                plain = _plain(line)
                distances.setdefault(plain, Counter())[_distance(line, page)] += 1
                written.setdefault(plain, words_of(line))
    first, *others = pages
    heads = Counter(plain for page in others for plain in _shared_head(first, page))
    feet = Counter(plain for page in others for plain in _shared_foot(first, page))

    def is_often(times: int) -> bool:
        return times > 1 and times >= len(pages) * 0.6

    found: dict[str, _Repeated] = {}
    for plain, counted in distances.items():
        times, distance = max((_times_about(counted, each), each) for each in counted)
        is_head, is_foot = is_often(heads[plain] + 1), is_often(feet[plain] + 1)
        if is_often(times) or is_head or is_foot:
            found[plain] = _Repeated(written[plain], distance, is_head, is_foot)
    return found


def _shared_head(first: Page, page: Page) -> set[str]:
    """Return the lines with which a page and the first begin: these stand above any item."""
    return {_plain(line) for line in _shared(first.lines, page.lines, page)}


def _shared_foot(first: Page, page: Page) -> set[str]:
    """Return the lines with which a page and the first end, apart from what is above them.

    The last line of an item may end two pages as well; it stands close below the others, or within
    drawn lines.
    """
    shared = _shared(first.lines[::-1], page.lines[::-1], page)
    return {
        _plain(line) for line in shared
        if all(_is_apart_below(each, len(shared)) for each in (first, page))
        and not _is_ruled(page, line)
    }  # fmt: skip


def _shared(
    ours: Sequence[list[Piece]], theirs: Sequence[list[Piece]], page: Page
) -> list[list[Piece]]:
    """Return the lines at the edge of a page that are the same, one by one, on another."""
    pairs = takewhile(
        lambda pair: (
            _plain(pair[0]) == _plain(pair[1])
            and _is_near_edge(pair[1], page)
            and not _may_head_columns(pair[1])
        ),
        zip(ours, theirs, strict=False),
    )
    return [line for _, line in pairs]


def _is_apart_below(page: Page, count: int) -> bool:
    """Say whether the last lines of a page, so many, stand apart from those above them."""
    if count >= len(page.lines):
        return False
    foot, above = page.lines[-count][0], page.lines[-count - 1][0]
    return above.y - foot.y > FOOT_APART * max(above.size, foot.size)


def _times_about(counted: Counter[int], distance: int) -> int:
    """Count how often a line stands about as far from the edge; a scan is never quite even."""
    return sum(counted[distance + off] for off in range(-UNEVEN, UNEVEN + 1))


def _is_in_upper_half(line: Sequence[Piece], page: Page) -> bool:
    return line[0].y * 2 > page.height


def _distance(line: Sequence[Piece], page: Page) -> int:
    return round(min(line[0].y, page.height - line[0].y))


def _plain(line: Sequence[Piece]) -> str:
    return PAGE_NUMBER.sub("#", words_of(line))


def _is_near_edge(line: Sequence[Piece], page: Page) -> bool:
    return not EDGE * page.height < line[0].y < (1 - EDGE) * page.height


def _take_margins(page: Page, repeated: dict[str, _Repeated]) -> list[list[Piece]]:
    """Take out of a page, and return, what stands in its margins: outside all its other lines.

    The second line of a place of storage may repeat near the edge of each page, too.
    """
    is_margin = [_is_margin(line, page, repeated) for line in page.lines]
    first = is_margin.index(False) if False in is_margin else len(is_margin)
    last = len(is_margin) - is_margin[::-1].index(False) if False in is_margin else first
    found = page.lines[:first] + page.lines[last:]
    page.lines = page.lines[first:last]
    return found


def _is_margin(line: Sequence[Piece], page: Page, repeated: dict[str, _Repeated]) -> bool:
    if not _is_near_edge(line, page) or _may_head_columns(line):
        return False
    found = repeated.get(_plain(line))
    if found is not None and found.is_at(line, page):
        return True
    return _is_marking(words_of(line))


def _may_head_columns(line: Sequence[Piece]) -> bool:
    # "OFFICIAL - SENSITIVE MG6C" at the head of a page heads no column of what is sensitive.
    if field_of(OF_GOVERNMENT.sub("", words_of(line))):
        return True
    return bool(fields_of([piece.text.strip() for piece in line]))


def _is_marking(words: str) -> bool:
    """Say whether a line at the edge is its marking or number, and names no form."""
    return bool(MARGIN.match(words)) and not (forms_in(words) or calls_for_care(words))


def _margin_rows(repeated: dict[str, _Repeated], file: str) -> Iterator[Row]:
    """Yield what stands at the edge of every page once: it may name the form."""
    for each in repeated.values():
        if not _is_marking(each.text):
            yield Row(Place(file=file), (each.text,), each.text, is_sure=False)


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


def _row(
    place: Place, page: Page, lines: list[list[Piece]], columns: Sequence[float], *, is_sure: bool
) -> Row:
    cells = tuple(cells_of(lines, columns))
    # Of several lines in drawn cells each cell is read to its end before the next.
    own = upright_at(page, lines[-1]) if len(lines) > 1 else []
    text = " ".join(cells_of(lines, own)) if own else reduce(joined, map(words_of, lines))
    # A row goes on over the end of a page, so a drawn one without a number may be more words.
    return Row(
        place, cells, " ".join(text.split()), is_sure and bool(cells[0]),
        is_drawn=_is_ruled(page, lines[-1]),
    )  # fmt: skip
