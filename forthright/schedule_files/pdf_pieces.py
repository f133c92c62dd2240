"""The pieces of words that a PDF keeps, each with where it stands, and the lines of a page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from forthright.rules.as_seen import as_seen

# How wide a letter of a usual type is, as a share of its height; the others are about half.
WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!/ ’", 0.28),
    **dict.fromkeys("-()ftr“”", 0.34),
    **dict.fromkeys("mwMW", 0.83),
    **dict.fromkeys("0123456789–", 0.56),
}
# The end of a piece is told the more roughly, the longer it is.
SPACE, ROUGHLY, SHORT = 0.16, 0.05, 12


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
