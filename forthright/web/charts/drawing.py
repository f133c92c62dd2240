"""A small pen for accessible SVG: no script, no style, the same on a page and in a PDF."""

import textwrap
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log10
from xml.etree import ElementTree as ET

from django.utils.safestring import SafeString, mark_safe

from forthright.web.tables import Table

WIDTH = 480
SIZE = 15  # of words; at 320 pixels wide they are still read, and the table beneath holds all
FONT = "Arial, Liberation Sans, sans-serif"
INK, QUIET, PALE = "#0b0c0c", "#484949", "#cecece"
BRAND, GOOD, BAD, OTHER = "#17475c", "#0b6b46", "#b3261e", "#5a3d8a"


@dataclass(frozen=True)
class Chart:
    """A drawing with the words and the table that say the same.

    `note` says what the values are counted from and under which rules.
    """

    svg: SafeString
    caption: str
    sentence: str
    table: Table
    note: str = ""


class Pen:
    """Draws on a board of fixed width; every word is escaped by the tree it is put in."""

    def __init__(self, *, name: str, title: str, described: str, height: float) -> None:
        """Begin a drawing that a screen reader calls by its title and description."""
        self.root = ET.Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {WIDTH} {number(height)}",
                "width": str(WIDTH),
                "height": number(height),
                "role": "img",
                "aria-labelledby": f"{name}-title {name}-desc",
                "focusable": "false",
                "font-family": FONT,
                "font-size": str(SIZE),
            },
        )
        ET.SubElement(self.root, "title", {"id": f"{name}-title"}).text = title
        ET.SubElement(self.root, "desc", {"id": f"{name}-desc"}).text = described

    def line(
        self, start: tuple[float, float], end: tuple[float, float], *, colour: str = INK,
        width: float = 1, dashes: str = "",
    ) -> None:  # fmt: skip
        """Draw a straight line."""
        marks = {"x1": start[0], "y1": start[1], "x2": end[0], "y2": end[1]}
        drawn = {name: number(value) for name, value in marks.items()}
        drawn |= {"stroke": colour, "stroke-width": number(width)}
        ET.SubElement(
            self.root, "line", {**drawn, **({"stroke-dasharray": dashes} if dashes else {})}
        )

    def path(self, points: list[tuple[float, float]], *, colour: str = INK) -> None:
        """Draw a line through points."""
        through = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        shape = {"points": through, "fill": "none", "stroke": colour, "stroke-width": "1.5"}
        ET.SubElement(self.root, "polyline", shape)

    def box(self, corner: tuple[float, float], size: tuple[float, float], *, colour: str) -> None:
        """Fill a box."""
        (x, y), (width, height) = corner, size
        shape = {"x": x, "y": y, "width": max(width, 0), "height": height}
        ET.SubElement(
            self.root, "rect", {**{k: number(v) for k, v in shape.items()}, "fill": colour}
        )

    def words(
        self, text: str, at: tuple[float, float], *, colour: str = INK, anchor: str = "start",
        bold: bool = False,
    ) -> None:  # fmt: skip
        """Write words on the board."""
        marks = {"x": number(at[0]), "y": number(at[1]), "fill": colour, "text-anchor": anchor}
        if bold:
            marks["font-weight"] = "bold"
        ET.SubElement(self.root, "text", marks).text = text

    def mark(self, meaning: str, at: tuple[float, float], *, title: str = "") -> None:
        """Draw one value; what it means is told by its shape first and its colour second.

        `title` is shown when the pointer rests on it.
        """
        x, y = at
        if meaning in CORNERS:
            corners, colour = CORNERS[meaning]
            through = " ".join(f"{number(x + dx)},{number(y + dy)}" for dx, dy in corners)
            shape = {"points": through, "fill": colour, "stroke": "#ffffff", "stroke-width": "1"}
            drawn = ET.SubElement(self.root, "polygon", shape)
        else:
            dot = {"cx": number(x), "cy": number(y), "r": "3.5", "fill": INK}
            drawn = ET.SubElement(self.root, "circle", dot)
        if title:
            ET.SubElement(drawn, "title").text = title

    def svg(self) -> SafeString:
        """Return the drawing."""
        return mark_safe(ET.tostring(self.root, encoding="unicode"))  # noqa: S308 - the tree has escaped every word


DIAMOND = [(0, -8), (8, 0), (0, 8), (-8, 0)]
SQUARE = [(-6, -6), (6, -6), (6, 6), (-6, 6)]
TRIANGLE = [(0, -8), (8, 6), (-8, 6)]
# The meanings of forthright.rules.charts: shape, colour.
CORNERS: dict[str, tuple[list[tuple[int, int]], str]] = {
    "IMPROVEMENT": (DIAMOND, GOOD),
    "CONCERN": (SQUARE, BAD),
    "NEUTRAL": (TRIANGLE, OTHER),
}


def number(value: float) -> str:
    """Return a place on the board, short and without a tail of noughts."""
    return f"{value:.1f}".removesuffix(".0")


@dataclass(frozen=True)
class Scale:
    """Turns values into places along one side of the board."""

    low: float
    high: float
    start: float
    end: float

    def place(self, value: float) -> float:
        """Return where a value stands; one beyond the scale stands at its edge."""
        inside = min(max(value, self.low), self.high)
        return self.start + (inside - self.low) / (self.high - self.low) * (self.end - self.start)

    def holds(self, value: float) -> bool:
        """Return whether a value lies on the scale."""
        return self.low <= value <= self.high


def round_steps(low: float, high: float, *, about: int = 4) -> list[float]:
    """Return round values from below the lowest to above the highest."""
    if high <= low:
        high = low + 1
    rough = (high - low) / about
    size = 10 ** floor(log10(rough))
    step = next(size * times for times in (1, 2, 5, 10) if size * times >= rough * 0.999)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return [round(step * count, 10) for count in range(first, last + 1)]


def wrapped(text: str, *, width: int = 58) -> list[str]:
    """Return a label in lines that fit across the board."""
    return textwrap.wrap(text, width) or [""]


def apart(places: list[float], *, gap: float = SIZE + 2) -> list[float]:
    """Return places moved down just enough that words at them do not overlap."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = list(places)
    for before, after in pairwise(order):
        moved[after] = max(moved[after], moved[before] + gap)
    return moved
