"""Where the pen of a PDF goes: the lines that it draws, and where words pass into another column.

It is followed by the steps that move it alone, which take no reading of words (ISO 32000-1, 8.2).
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

# Pieces this near in height stand on one line; a number may stand a little below its words.
SAME_LINE = 4.0
# A drawn line is this thin at most, and as long as this to cut a table.
THIN, LONG = 2.0, 8.0
SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
AS_IT_IS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
# A straight line: where it lies, and from where to where.
Drawn = tuple[float, float, float]
# A step that shows words: its number, and where the pen stands.
Move = tuple[int, float, float]


class Lines:
    """The straight lines that are drawn on a page, as steps draw them."""

    def __init__(self) -> None:
        """Begin with none."""
        self.upright: list[Drawn] = []
        self.level: list[Drawn] = []
        self._pen: list[float] = []

    def take(self, operator: bytes, operands: Any, cm: Sequence[float]) -> None:
        """Take a step that may draw a line or a box."""
        if operator == b"re":
            self._take_box([float(each) for each in operands], cm)
        elif operator == b"m":
            self._pen = [float(each) for each in operands]
        elif operator == b"l" and self._pen:
            to = [float(each) for each in operands]
            width, height = to[0] - self._pen[0], to[1] - self._pen[1]
            self._take_box([*self._pen, width, height], cm)
            self._pen = to

    def _take_box(self, box: Sequence[float], cm: Sequence[float]) -> None:
        x, y, width, height = box
        left, bottom = moved(x, y, cm)
        right, top = moved(x + width, y + height, cm)
        (left, right), (bottom, top) = sorted((left, right)), sorted((bottom, top))
        if right - left <= THIN and top - bottom >= LONG:
            self.upright.append((left, bottom, top))
        elif top - bottom <= THIN and right - left >= LONG:
            self.level.append((bottom, left, right))


class Pen:
    """The pen as the reader of words moves it: it stays where it was put, whatever it shows."""

    def __init__(self) -> None:
        """Begin at the corner of a page."""
        self.cm: list[float] = list(AS_IT_IS)
        self._tm: list[float] = list(AS_IT_IS)
        self._leading = 0.0
        self._kept: list[tuple[list[float], float]] = []

    @property
    def at(self) -> tuple[float, float]:
        """Return where it stands on the page."""
        return moved(self._tm[4], self._tm[5], self.cm)

    def take(self, operator: bytes, operands: Any) -> None:
        """Take a step that may move it; where an operand is missing the reader goes on as here."""
        if operator == b"q":
            self._kept.append((self.cm, self._leading))
        elif operator == b"Q":
            self.cm, self._leading = self._kept.pop() if self._kept else (
                list(AS_IT_IS), self._leading)  # fmt: skip
        elif operator == b"cm":
            self.cm = _times(_six(operands), self.cm)
        elif operator == b"BT":
            self._tm = list(AS_IT_IS)
        elif operator == b"Tm":
            self._tm = _six(operands)
        else:
            self._go_on(operator, operands)

    def _go_on(self, operator: bytes, operands: Any) -> None:
        """Take a step that moves it from where the line began."""
        if operator == b"TL":
            self._leading = _number(operands, 0)
        elif operator == b"Td" or (operator == b"TD" and len(operands) >= 2):
            x, y = _number(operands, 0), _number(operands, 1)
            self._leading = -y if operator == b"TD" else self._leading
            self._move(x, y)
        elif operator in {b"T*", b"'"} or (operator == b'"' and len(operands) >= 3):
            self._move(0.0, -self._leading)

    def _move(self, x: float, y: float) -> None:
        self._tm[4] += x * self._tm[0] + y * self._tm[2]
        self._tm[5] += x * self._tm[1] + y * self._tm[3]


def crossings_in(steps: Iterable[tuple[Any, bytes]]) -> set[int]:
    """Return the steps of a page at which words pass into another column on the same line."""
    pen, lines, moves = Pen(), Lines(), list[Move]()
    for number, (operands, operator) in enumerate(steps):
        # Where a line of words begins anew at a step, it is asked where the pen stood before it.
        if operator in SHOWS:
            moves.append((number, *pen.at))
        else:
            lines.take(operator, operands, pen.cm)
        pen.take(operator, operands)
    return crossings(moves, lines.upright)


def crossings(moves: Sequence[Move], upright: Sequence[Drawn]) -> set[int]:
    """Return the steps at which the pen goes into another column of the same row.

    On a page without drawn lines that is every step along a line. In the middle of its cell a
    number stands higher or lower than the lines of the words beside it, and the reader may take
    them for one line all the same: what is drawn between them beside both tells them apart.
    """
    found = set()
    for (_, x, y), (step, to, at) in pairwise(moves):
        if to <= x:
            continue
        is_along = abs(at - y) <= SAME_LINE
        beside = [each for each in upright if each[1] <= at <= each[2]]
        between = [each for each in beside if x < each[0] <= to + 1]
        is_crossed = any(bottom <= y <= top for _, bottom, top in between)
        if is_crossed or (is_along and (not beside or between)):
            found.add(step)
    return found


def moved(x: float, y: float, cm: Sequence[float]) -> tuple[float, float]:
    """Return where a point lies on the page, as the page is turned and scaled at a step."""
    return x * cm[0] + y * cm[2] + cm[4], x * cm[1] + y * cm[3] + cm[5]


def _six(operands: Any) -> list[float]:
    try:
        said = [float(each) for each in operands[:6]]
    except (TypeError, ValueError):
        return list(AS_IT_IS)
    return said if len(said) == len(AS_IT_IS) else list(AS_IT_IS)


def _number(operands: Any, place: int) -> float:
    said = operands[place] if place < len(operands) else 0.0
    return float(said) if isinstance(said, int | float) else 0.0


def _times(one: Sequence[float], other: Sequence[float]) -> list[float]:
    return [
        one[0] * other[0] + one[1] * other[2], one[0] * other[1] + one[1] * other[3],
        one[2] * other[0] + one[3] * other[2], one[2] * other[1] + one[3] * other[3],
        one[4] * other[0] + one[5] * other[2] + other[4],
        one[4] * other[1] + one[5] * other[3] + other[5],
    ]  # fmt: skip
