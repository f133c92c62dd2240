"""Looks for the words of all rules at once, paragraph by paragraph.

Some thousand patterns are looked for, of which a paragraph holds few. It is read once for the
letters that they need; only the patterns whose letters it holds are tried. What stands in a
paragraph is kept for a while: whoever types changes one at a time, and letters of a template
share many.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from forthright.rules.letter_checks.kinds.places import PARTS
from forthright.rules.letter_checks.kinds.words import WordFinder
from forthright.rules.letter_checks.phrases import Sought
from forthright.rules.letter_checks.sieve import Sieve, sieve_of
from forthright.rules.letter_checks.subject import Standing
from forthright.rules.letter_checks.text import LetterText, Part

# How many letters before a paragraph a pattern may look at.
LOOK_BACK = 100
MOST_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Searched:
    """One pattern of the search: its finder and its number there."""

    finder: WordFinder
    number: int
    sought: Sought


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a letter from `start` on, and before it what a pattern may look back at."""

    text: str
    plain: str
    start: int


@dataclass(frozen=True, eq=False, slots=True)
class WordSearch:
    """The patterns of all finders of words, and which of them are sought where, a bit for each."""

    patterns: tuple[Searched, ...]
    sieve: Sieve
    everywhere: int
    by_part: Mapping[Part, int]

    def standing_in(self, letter: LetterText) -> Mapping[object, Sequence[Standing]]:
        """Return, for each finder, where its patterns stand: one pattern after the other."""
        found = list(self._found(letter.text, letter.plain, 0, len(letter.text), self.everywhere))
        for paragraph in letter.paragraphs:
            wanted = self.by_part.get(paragraph.part, 0)
            found += self._found(letter.text, letter.plain, paragraph.start, paragraph.end, wanted)
        standing: dict[object, list[Standing]] = {}
        for number, start, end in sorted(found):
            pattern = self.patterns[number]
            standing.setdefault(pattern.finder, []).append((pattern.number, start, end))
        return standing

    def _found(
        self, text: str, plain: str, start: int, end: int, wanted: int
    ) -> Iterator[Standing]:
        """Yield which patterns stand in a part of a letter, and where in the letter."""
        first = max(0, start - LOOK_BACK)
        passage = Passage(text[first:end], plain[first:end], start - first)
        for number, begins, ends in _found_in(self, passage, wanted):
            yield number, first + begins, first + ends


@lru_cache(maxsize=MOST_KEPT)
def _found_in(search: WordSearch, passage: Passage, wanted: int) -> tuple[Standing, ...]:
    """Return which of the patterns wanted stand in a passage, and where."""
    found: list[Standing] = []
    for number in search.sieve.left(passage.plain[passage.start :], wanted):
        pattern = search.patterns[number]
        text = passage.text if pattern.finder.is_exact else passage.plain
        matches = pattern.sought.pattern.finditer(text, passage.start)
        found += [(number, *each.span()) for each in matches]
    return tuple(found)


def search_of(finders: Sequence[WordFinder]) -> WordSearch:
    """Return the search for the words of some finders."""
    patterns = tuple(
        Searched(finder, number, sought)
        for finder in finders
        for number, (_, sought) in enumerate(finder.parts)
    )
    parts = {part for finder in finders for part in PARTS[finder.where]}
    return WordSearch(
        patterns=patterns,
        sieve=sieve_of([each.sought.needles for each in patterns]),
        everywhere=_bits(not PARTS[each.finder.where] for each in patterns),
        by_part={
            part: _bits(part in PARTS[each.finder.where] for each in patterns) for part in parts
        },
    )


def _bits(answers: Iterable[bool]) -> int:
    return sum(1 << number for number, answer in enumerate(answers) if answer)
