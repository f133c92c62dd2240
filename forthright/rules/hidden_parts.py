"""What a copy hides, and whether another piece of the same recording would show it.

A piece is what somebody holds of a recording: all of it as it came, a clip, or a copy in which
something is hidden. Whoever holds several pieces sees whatever one of them shows. So what one
piece hides must be hidden by every other, in the seconds that the other shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from math import inf

# Seconds that two cuts of one moment may differ by: they are kept in thousandths, and a copy
# takes or leaves a picture a thousandth before and after it.
HAIR = 0.0025
NARROW = 1e-6  # of the picture; less is rounding


class Covering(StrEnum):
    """How something is hidden: black hides more than patches do, and silence is of the sound."""

    BLANK = "BLANK"
    BLUR = "BLUR"
    MUTE = "MUTE"

    @property
    def hidden_as_well_by(self) -> tuple["Covering", ...]:
        """Return what hides at least as much of the same."""
        return (Covering.BLUR, Covering.BLANK) if self is Covering.BLUR else (self,)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is hidden: how, from when to when in seconds, and where in the picture.

    The sides are shares of the picture as it is shown, from 0 to 1; of sound they say nothing.
    """

    how: Covering
    start: float
    end: float
    left: float = 0.0
    top: float = 0.0
    width: float = 1.0
    height: float = 1.0


@dataclass(frozen=True, slots=True)
class Piece:
    """What somebody holds of a recording.

    :param of: which recordings it is of, by keys that two pieces of one recording share
    :param start: the seconds that it shows, from here to `end`; all of it, unless it is a clip
    :param holder: who has it, in words, where that is not who gets the others
    """

    of: frozenset[str]
    hides: tuple[Part, ...] = ()
    start: float = -inf
    end: float = inf
    name: str = field(default="", compare=False)
    holder: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class LaidBare:
    """That one piece shows what another hides: which, and from when to when."""

    hiding: Piece
    showing: Piece
    part: Part
    start: float
    end: float


def laid_bare(hiding: Piece, showing: Piece) -> LaidBare | None:
    """Return the first thing that a piece hides and another piece of the same shows, or nothing."""
    if not hiding.of & showing.of:
        return None
    for part in hiding.hides:
        start, end = max(part.start, showing.start), min(part.end, showing.end)
        if end - start > HAIR and not _is_covered(part, start, end, showing.hides):
            return LaidBare(hiding, showing, part, start, end)
    return None


def first_laid_bare(held: Sequence[Piece], new: Sequence[Piece]) -> LaidBare | None:
    """Return what somebody would see that a piece hides, once they get others, or nothing.

    What they hold is not asked about by itself: it is so already.

    :param held: what they have
    :param new: what they would get, all at once
    """
    pairs = [(one, other) for one in new for other in (*held, *new) if one is not other]
    for one, other in pairs:
        if found := laid_bare(one, other) or laid_bare(other, one):
            return found
    return None


def _is_covered(part: Part, start: float, end: float, by: Iterable[Part]) -> bool:
    """Say whether parts together hide all of another, between two times."""
    over = [each for each in by if each.how in part.how.hidden_as_well_by]
    if part.how is Covering.MUTE:
        over = [Part(each.how, each.start, each.end) for each in over]
        part = Part(part.how, part.start, part.end)
    times = _cuts(start, end, [(each.start, each.end) for each in over], HAIR)
    across = _cuts(
        part.left, part.left + part.width, [(e.left, e.left + e.width) for e in over], NARROW
    )
    down = _cuts(
        part.top, part.top + part.height, [(e.top, e.top + e.height) for e in over], NARROW
    )
    return all(
        any(_holds(each, moment, x, y) for each in over)
        for moment in times
        for x in across
        for y in down
    )


def _cuts(
    start: float, end: float, others: Iterable[tuple[float, float]], least: float
) -> list[float]:  # fmt: skip
    """Return the middle of each stretch into which the edges of others part one."""
    inside = {each for pair in others for each in pair if start < each < end}
    edges = sorted({start, end} | inside)
    return [(a + b) / 2 for a, b in pairwise(edges) if b - a > least]


def _holds(part: Part, moment: float, x: float, y: float) -> bool:
    return (
        part.start <= moment <= part.end
        and part.left <= x <= part.left + part.width
        and part.top <= y <= part.top + part.height
    )
