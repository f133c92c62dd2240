"""What was left in measuring letters and what was masked for nothing, with how sure that is."""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from benchmarks.anonymiser.letters import Measured
from forthright.anonymiser.letters import places_of

WORD = re.compile(r"\w+")
DRAWS = 2_000


@dataclass(slots=True)
class Counted:
    """What one letter showed: what was left by its kind, and its words."""

    frame: str
    kinds: dict[str, int] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)
    words: int = 0
    needless: int = 0

    @property
    def is_clean(self) -> bool:
        """Say whether nothing that identifies was left."""
        return not any(self.left.values())


def counted(letter: Measured, *, with_record: bool) -> Counted:
    """Anonymise a letter and count. A place is left where any word of it can be read still."""
    places = places_of(letter.text, letter.known if with_record else None)
    covered, may = bytearray(len(letter.text)), bytearray(len(letter.text))
    for each in places.masked:
        covered[each.start : each.end] = b"\1" * (each.end - each.start)
    found = Counted(letter.frame)
    for mark in letter.marks:
        may[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        if mark.kind and mark.must:
            words = WORD.finditer(letter.text, mark.start, mark.end)
            is_left = any(not covered[word.start()] for word in words)
            found.kinds[mark.kind] = found.kinds.get(mark.kind, 0) + 1
            found.left[mark.kind] = found.left.get(mark.kind, 0) + is_left
    for word in WORD.finditer(letter.text):
        found.words += 1
        found.needless += bool(covered[word.start()] and not may[word.start()])
    return found


def spread_over_frames(letters: Sequence[Counted], *, seed: int = 1) -> tuple[float, float]:
    """Return where the share of clean letters lies with 95% certainty, frames drawn again.

    Letters of one frame fail together, so that 1,200 letters of 40 frames are no 1,200 trials:
    whole frames are drawn again with replacement.
    """
    by_frame: dict[str, list[bool]] = {}
    for each in letters:
        by_frame.setdefault(each.frame, []).append(each.is_clean)
    sums = [(sum(each), len(each)) for each in by_frame.values()]
    chance = random.Random(seed)
    shares = []
    for _ in range(DRAWS):
        drawn = chance.choices(sums, k=len(sums))
        shares.append(sum(clean for clean, _ in drawn) / sum(of for _, of in drawn))
    shares.sort()
    return shares[round(0.025 * DRAWS)], shares[round(0.975 * DRAWS) - 1]
