"""Where on the sheet an address stands so that the window of the envelope shows it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from forthright.rules.contact_lock import Way

ADDRESS_POINTS, ADDRESS_LINE_POINTS = 9.5, 10.8
POINTS_IN_MM = 72 / 25.4
LINE = ADDRESS_LINE_POINTS / POINTS_IN_MM
# How wide letters are, in parts of the size of the type; never less than they are in Arial.
WIDE, CAPITAL, PLAIN, NARROW = 0.95, 0.73, 0.56, 0.34
WIDTHS = {"W": WIDE, "M": 0.84, "m": 0.84, "w": 0.73, **dict.fromkeys("iljtfrI .,'’-()/", NARROW)}


@dataclass(frozen=True, slots=True)
class Window:
    """The area of the sheet for the address, in millimetres from its left and top edge.

    `is_low` says that short addresses stand at its lower edge, where the window shows them
    wherever the sheet has slid to.
    """

    left: float
    right: float
    top: float
    bottom: float
    is_low: bool

    @property
    def most_lines(self) -> int:
        """Return how many lines of an address it shows."""
        return int((self.bottom - self.top + 0.1) / LINE)

    def first_line(self, lines: int) -> float:
        """Return how far from the top of the sheet an address of some lines begins."""
        return max(self.top, self.bottom - lines * LINE) if self.is_low else self.top

    def fitted(self, lines: Sequence[str]) -> tuple[str, ...]:
        """Return an address with the lines cut that are too long for the window."""
        return tuple(part for line in lines for part in _cut(line, self.right - self.left))


def window_for(way: Way, on: date) -> Window:
    """Return the window of the envelope that a letter goes in on a day.

    What does not go by post is laid out as what is printed here.
    """
    wanted = Way.NOTIFY_LETTER if way is Way.NOTIFY_LETTER else Way.PRINT
    editions = [each for each in _windows() if each["way"] == wanted]
    held = [each for each in editions if each["in_force_from"] <= on]
    return _window(max(held or editions, key=lambda each: each["in_force_from"]))


def shown_at(on: date) -> tuple[Window, Window]:
    """Return what the window shows of a sheet that lies at the bottom, and of one slid to the top.

    At its left and right it is what is shown wherever the sheet lies.
    """
    table = max(
        (each for each in _windows() if each["way"] == Way.PRINT and each["in_force_from"] <= on),
        key=lambda each: each["in_force_from"],
    )
    low, high, left, right = _edges(table)
    tall = table["shown"]["height"]
    return Window(left, right, low, low + tall, is_low=True), Window(
        left, right, high, high + tall, is_low=True
    )


def _window(table: Mapping[str, Any]) -> Window:
    if "area" in table:
        return Window(**table["area"], is_low=False)
    low, _, _, right = _edges(table)
    clear = table["clear"]
    bottom = low + table["shown"]["height"] - clear
    return Window(table["left"], right - clear, low + clear, bottom, is_low=True)


def _edges(table: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Return the upper edge of the window on a sheet at the bottom and at the top, left, right."""
    envelope, folded, shown = table["envelope"], table["folded"], table["shown"]
    high = envelope["height"] - shown["from_bottom"] - shown["height"]
    low = high - (envelope["height"] - folded["height"])
    slides = envelope["width"] - folded["width"]
    right = shown["from_left"] + shown["width"] - slides
    return low, high, shown["from_left"], right


def _cut(line: str, room: float) -> Iterator[str]:
    """Yield a line in pieces that fit some millimetres, cut between words where it can be."""
    piece = ""
    for word in line.split():
        longer = f"{piece} {word}".strip()
        if piece and _width(longer) > room:
            yield piece
            longer = word
        piece = longer
    if piece:
        yield piece


def _width(line: str) -> float:
    """Return how wide a line is at most, in millimetres."""
    ems = sum(WIDTHS.get(each, CAPITAL if each.isupper() else PLAIN) for each in line)
    return ems * ADDRESS_POINTS / POINTS_IN_MM


@cache
def _windows() -> tuple[Mapping[str, Any], ...]:
    text = files("forthright.rules").joinpath("data/envelope_windows.toml").read_text()
    return tuple(tomllib.loads(text)["window"])
