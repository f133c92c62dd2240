"""Where the columns of a PDF schedule begin: at drawn lines, or else where the headings do."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from forthright.rules.as_seen import joined
from forthright.schedule_files.headings import field_of, fields_of, is_reference
from forthright.schedule_files.pdf_pen import LONG
from forthright.schedule_files.pdf_pieces import Page, Piece, words_of

# How far apart two cells of a row of headings stand, as a share of the height of its letters.
CELLS_APART = 0.6
# How near to each other a heading and the words below it begin, in points.
NEAR = 3.0
WHOLE = re.compile(r"\d{1,5}[.):]?")


def headed_columns(
    page: Page, groups: Sequence[tuple[list[list[Piece]], bool]]
) -> tuple[list[float], int] | None:
    """Return where columns begin, and which of them numbers the items, by the header of a page."""
    numbered = _numbered(page)
    for lines, is_sure in groups:
        ruled = upright_at(page, lines[-1]) if is_sure or len(lines) > 1 else []
        if ruled and (fields := fields_of(cells_of(lines, ruled))):
            return ruled, fields.get("number", 0)
        for line in lines:
            starts = _starts(line, numbered)
            if fields_of(cells_of([line], starts)):
                cut = upright_at(page, line) or starts
                return cut, fields_of(cells_of([line], cut)).get("number", 0)
    return None


def own_columns(
    page: Page, groups: Sequence[tuple[list[list[Piece]], bool]], columns: list[float], numbers: int
) -> list[list[float]]:
    """Return the columns of tables that go on with as many of them, drawn at other places.

    A table that goes on without a header may be drawn anew: cut where the first was, a number and
    the words beside it would be one.
    """
    found: list[list[float]] = []
    for lines, _ in groups:
        drawn = upright_at(page, lines[-1])
        if len(drawn) != len(columns) or any(is_like(drawn, each) for each in [columns, *found]):
            continue
        if WHOLE.fullmatch(cells_of(lines, drawn)[numbers]):
            found.append(drawn)
    return found


def is_like(drawn: Sequence[float], others: Sequence[float]) -> bool:
    """Say whether columns begin where others do, as nearly as they are drawn."""
    if len(drawn) != len(others):
        return False
    return all(abs(x - y) <= LONG for x, y in zip(drawn, others, strict=True))


def upright_at(page: Page, line: Sequence[Piece]) -> list[float]:
    """Return where the columns begin that are drawn around a line; none where it is in no table."""
    found: list[float] = []
    for x in sorted(x for x, bottom, top in page.upright if bottom - 1 <= line[0].y <= top + 1):
        if not found or x - found[-1] > LONG:
            found.append(x)
    return found[:-1] if len(found) >= 3 else []


def _numbered(page: Page) -> list[list[Piece]]:
    """Return the lines of a page that begin with a number which has words beside it."""
    return [line for line in page.lines if len(line) > 1 and WHOLE.fullmatch(_words(line[0]))]


def _starts(line: Sequence[Piece], numbered: Sequence[Sequence[Piece]]) -> list[float]:
    """Return where the cells of a line of headings begin.

    That is at each piece that is not joined to the last; at one that heads a column close to the
    heading before it, as where numbers are as narrow as theirs; and left of a heading that stands
    in the middle of its column, where the words below it begin.

    :param numbered: the lines of the page that begin an item
    """
    beside = Counter(round(each[1].x) for each in numbered).most_common(1)
    starts: list[float] = []
    first = 0
    for place, piece in enumerate(line):
        before = line[first:place]
        if before and not _is_apart(before, piece) and not _heads_another(
            before, line[place:], beside[0][0] if beside else None
        ):  # fmt: skip
            continue
        end = _end(before[-1]) if before else piece.x
        starts.append(_where_words_begin(numbered, end, piece.x) - 2)
        first = place
    return starts


def _is_apart(before: Sequence[Piece], piece: Piece) -> bool:
    return piece.x - before[-1].end > CELLS_APART * piece.size


def _heads_another(before: Sequence[Piece], after: Sequence[Piece], beside: float | None) -> bool:
    """Say whether the heading of another column begins close behind one.

    :param beside: where the words beside the numbers of the page begin
    """
    heading = words_of(before)
    named = "number" if is_reference(heading) else field_of(heading)
    other = field_of(_words(after[0]))
    if named == "number":
        other = other or field_of(words_of(after))
        is_above_words = beside is not None and abs(after[0].x - beside) <= NEAR
    else:
        is_above_words = False
    if "" in {named, other} or named == other:
        return False
    return is_above_words or after[0].x - _end(before[-1]) > CELLS_APART * after[0].size


def _where_words_begin(numbered: Sequence[Sequence[Piece]], end: float, heading: float) -> float:
    """Return where the words of a column begin whose heading may stand in its middle.

    Some PDFs keep each word by itself, and words of two lines may begin at the same place by
    chance; where a column begins, a gap shows before some of them.

    :param end: where the heading before it ends
    :param heading: where its own begins
    """
    gaps: dict[int, list[float]] = {}
    for line in numbered:
        for before, piece in pairwise(line):
            if end < piece.x < heading - NEAR:
                gap = (piece.x - _end(before)) / piece.size
                gaps.setdefault(round(piece.x), []).append(gap)
    if gaps:
        place = max(gaps, key=lambda each: (len(gaps[each]), max(gaps[each])))
        times, apart = len(gaps[place]), sum(gap > CELLS_APART for gap in gaps[place])
        if times * 2 > len(numbered) and apart * 3 >= times:
            return float(place)
    return heading


def _end(piece: Piece) -> float:
    """Return where the words of a piece end, without the space behind them."""
    return replace(piece, text=piece.text.rstrip()).end


def _words(piece: Piece) -> str:
    return piece.text.strip()


def cells_of(lines: Sequence[Sequence[Piece]], columns: Sequence[float]) -> list[str]:
    """Return the words of lines, cut where columns begin."""
    cells = [""] * max(len(columns), 1)
    for line in lines:
        parts: dict[int, list[Piece]] = {}
        for piece in line:
            place = max(sum(1 for start in columns if start <= piece.x + 1) - 1, 0)
            parts.setdefault(place, []).append(piece)
        for place, pieces in parts.items():
            cells[place] = joined(cells[place], words_of(pieces))
    return cells
