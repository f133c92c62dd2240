"""Leaves out, in one step, the patterns that a text cannot hold.

The text is cut into its pieces of four letters and its single ones; letters whose rarest piece is
not among them are never looked for, and a pattern that needs them is never tried.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from forthright.rules.letter_checks.needles import RARE

PIECE = 4
# From the rarest letter of English to the commonest, and then what is no letter.
BY_RARITY = "zqxjkvbpygfwmucldrhsnioate .,'-"

Choice = tuple[str, ...]
# Patterns, a bit for each, by the number of the choice of theirs that some letters belong to.
Allowed = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What letters some patterns need: of each of its choices, a pattern needs one.

    `always` has, choice by choice, the patterns that ask for nothing there; `by_piece` has, under
    their rarest piece, all letters that are needed and the patterns that they let pass. Letters
    that many patterns need are looked for once.
    """

    always: tuple[int, ...]
    by_piece: Mapping[str, tuple[tuple[str, Allowed], ...]]
    pieces: frozenset[str]

    def left(self, plain: str, wanted: int) -> Iterator[int]:
        """Yield the numbers of the patterns, of those wanted, that a text may hold."""
        allowed = list(self.always)
        for piece in self.pieces & pieces_of(plain):
            for letters, patterns in self.by_piece[piece]:
                if letters in plain:
                    for place, bits in patterns:
                        allowed[place] |= bits
        found = wanted
        for each in allowed:
            found &= each
        while found:
            lowest = found & -found
            yield lowest.bit_length() - 1
            found ^= lowest


def pieces_of(plain: str) -> frozenset[str]:
    """Return every four letters that follow each other in a text, and every letter."""
    fours = map("".join, zip(plain, plain[1:], plain[2:], plain[3:], strict=False))
    return frozenset(fours) | frozenset(plain)


def sieve_of(patterns: Sequence[Sequence[Choice]]) -> Sieve:
    """Return the sieve of some patterns, each given by the choices of letters that it needs."""
    always = [0] * max(map(len, patterns), default=0)
    needed: dict[str, dict[int, int]] = {}
    for number, choices in enumerate(patterns):
        for place in range(len(always)):
            letters = choices[place] if place < len(choices) else ()
            if not all(letters) or not letters:
                always[place] |= 1 << number
                continue
            for each in letters:
                patterns_of = needed.setdefault(each, {})
                patterns_of[place] = patterns_of.get(place, 0) | 1 << number
    by_piece: dict[str, list[tuple[str, Allowed]]] = {}
    for each, allowed in needed.items():
        by_piece.setdefault(_piece_of(each), []).append((each, tuple(allowed.items())))
    held = {piece: tuple(letters) for piece, letters in by_piece.items()}
    return Sieve(tuple(always), held, frozenset(held))


def _piece_of(needle: str) -> str:
    """Return the rarest piece of some letters; of a few letters only the rarest letter."""
    size = PIECE if len(needle) >= PIECE else 1
    starts = range(len(needle) - size + 1)
    return min((needle[start : start + size] for start in starts), key=_commonness)


def _commonness(piece: str) -> int:
    return sum(0 if each in RARE else 1 + BY_RARITY.find(each) for each in piece)
