"""Leaves out, in one step, the patterns that a text cannot hold.

The text is cut into its pieces of four letters and its single ones; a pattern that needs a piece
which is not among them is never tried.
"""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from forthright.rules.letter_checks.needles import RARE

PIECE = 4
# From the rarest letter of English to the commonest, and then what is no letter.
BY_RARITY = "zqxjkvbpygfwmucldrhsnioate .,'-"

Choice = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choices:
    """One choice of letters of each pattern, a bit for each pattern.

    `always` has the patterns that ask for nothing here; `by_piece` those that a piece lets pass.
    """

    always: int
    by_piece: Mapping[str, int]
    pieces: frozenset[str]

    def left(self, pieces: Set[str]) -> int:
        """Return the patterns of which a text of such pieces may hold one of the choice."""
        found = self.always
        for piece in self.pieces & pieces:
            found |= self.by_piece[piece]
        return found


@dataclass(frozen=True, slots=True)
class Sieve:
    """The choices of letters of some patterns, the first of each, the second of each, and on."""

    choices: tuple[Choices, ...]

    def left(self, pieces: Set[str], wanted: int) -> Iterator[int]:
        """Yield the numbers of the patterns, of those wanted, that such a text may hold."""
        found = wanted
        for choice in self.choices:
            found &= choice.left(pieces)
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
    most = max(map(len, patterns), default=0)
    return Sieve(tuple(_choices(patterns, place) for place in range(most)))


def _choices(patterns: Sequence[Sequence[Choice]], place: int) -> Choices:
    always, by_piece = 0, dict[str, int]()
    for number, choices in enumerate(patterns):
        pieces = {_piece_of(each) for each in choices[place]} if place < len(choices) else {""}
        if "" in pieces:
            always |= 1 << number
            continue
        for piece in pieces:
            by_piece[piece] = by_piece.get(piece, 0) | 1 << number
    return Choices(always, by_piece, frozenset(by_piece))


def _piece_of(needle: str) -> str:
    """Return the rarest piece of some letters; of a few letters only the rarest letter."""
    size = PIECE if len(needle) >= PIECE else 1
    starts = range(len(needle) - size + 1)
    return min((needle[start : start + size] for start in starts), key=_commonness, default="")


def _commonness(piece: str) -> int:
    return sum(0 if each in RARE else 1 + BY_RARITY.find(each) for each in piece)
