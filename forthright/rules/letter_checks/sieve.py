"""Leaves out, in one step, the patterns that a text cannot hold.

A text is read once for the letters that all patterns need; a pattern that needs letters which
are not there is never tried.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ahocorasick import Automaton

Choice = tuple[str, ...]
# Patterns, a bit for each, by the number of the choice of theirs that some letters belong to.
Allowed = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Sieve:
    """What letters some patterns need: of each of its choices, a pattern needs one.

    `always` has, choice by choice, the patterns that ask for nothing there; `allowed` has, for
    each run of letters that `needed` looks for, the patterns that it lets pass.
    """

    always: tuple[int, ...]
    needed: Automaton | None
    allowed: tuple[Allowed, ...]

    def left(self, plain: str, wanted: int) -> Iterator[int]:
        """Yield the numbers of the patterns, of those wanted, that a text may hold."""
        passing = list(self.always)
        standing = {number for _, number in self.needed.iter(plain)} if self.needed else ()
        for number in standing:
            for place, these in self.allowed[number]:
                passing[place] |= these
        found = wanted
        for each in passing:
            found &= each
        # Written out, the bits are searched far more quickly than they are taken off one by one.
        bits = bin(found)[:1:-1]
        number = bits.find("1")
        while number >= 0:
            yield number
            number = bits.find("1", number + 1)


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
    allowed = tuple(tuple(places.items()) for places in needed.values())
    return Sieve(tuple(always), _automaton(list(needed)), allowed)


def _automaton(needed: Sequence[str]) -> Automaton | None:
    """Return what finds all of some letters in one reading of a text, each by its number."""
    if not needed:
        return None
    automaton = Automaton()
    for number, letters in enumerate(needed):
        automaton.add_word(letters, number)
    automaton.make_automaton()
    return automaton
