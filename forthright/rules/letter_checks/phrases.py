"""Words and patterns that rules look for, and a quick way to know that they are not there."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from forthright.rules.letter_checks.needles import needles_of

LETTERS = re.compile(r"[a-z0-9]+")
WHOLE_WORD = re.compile(r"\\b([a-z]{2,})(?=[ (\\\[])")
SEPARATOR = re.compile(r"\s+")


class PatternRefused(ValueError):
    """What a rule looks for cannot be looked for; the message says why."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One pattern, and choices of letters: a text that it matches holds one of each choice."""

    needles: tuple[tuple[str, ...], ...]
    pattern: re.Pattern[str]

    def may_stand_in(self, plain: str) -> bool:
        """Say quickly, but not surely, whether the pattern may match in a text."""
        return _holds_one_of_each(plain, self.needles)

    def found_within(
        self, text: str, places: Sequence[tuple[int, int]], *, plain: str
    ) -> Iterator[re.Match[str]]:
        """Yield each match within some parts of a text, which are in its order.

        Only the parts in which the plain letters stand are searched; `plain` is the text in small
        letters, as long as the text.
        """
        if self.needles and not self.may_stand_in(plain):
            return
        for start, end in self._likely(plain, places) if self.needles else places:
            yield from self.pattern.finditer(text, start, end)

    def _likely(self, plain: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield the places that hold one of each choice of letters."""
        first, *others = self.needles
        likely: set[int] = set()
        for needle in first:
            place = plain.find(needle)
            while place >= 0:
                number = bisect_right(places, (place, len(plain) + 1)) - 1
                is_within = number >= 0 and place < places[number][1]
                likely |= {number} if is_within else set()
                place = plain.find(needle, places[number][1] if is_within else place + 1)
        for number in sorted(likely):
            start, end = places[number]
            piece = plain[start:end]
            if _holds_one_of_each(piece, others):
                yield start, end

    def found_in(
        self, plain: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Yield each match within a part of a text in small letters."""
        end = len(plain) if end is None else end
        return self.pattern.finditer(plain, start, end)


def _holds_one_of_each(text: str, choices: Iterable[tuple[str, ...]]) -> bool:
    """Say whether a text holds one of each choice; asked so often that plain loops pay."""
    for choice in choices:
        for each in choice:
            if each in text:
                break
        else:
            return False
    return True


def phrase(words: str) -> Sought:
    """Return some words to look for as whole words; a star at an end stands for any ending."""
    written = words.lower().replace("’", "'").strip()
    if not written.strip("*"):
        raise PatternRefused("there are no words in a row of words.")
    parts = [re.escape(each).replace(r"\*", r"[\w'-]*") for each in SEPARATOR.split(written)]
    first = LETTERS.match(written)
    if first:
        # Plain letters at the start are found quickest; what may stand before them is asked after.
        parts[0] = f"{first.group()}(?<![\\w-]{first.group()}){parts[0][first.end() :]}"
    after = r"(?![\w-])" if written[-1].isalnum() else ""
    longest = max((part for each in written.split() for part in each.split("*")), key=len)
    return Sought(((longest,),), re.compile(r"\s+".join(parts) + after))


def pattern(written: str) -> Sought:
    """Return a pattern to look for, as Python writes them.

    :raises PatternRefused: if it is not one
    """
    try:
        compiled = re.compile(_quicker(written))
    except re.error as fault:
        raise PatternRefused(f"{written!r} is not a pattern: {fault}.") from fault
    if compiled.match(""):
        raise PatternRefused(f"{written!r} finds nothing everywhere.")
    return Sought(needles_of(re.compile(written)), compiled)


def _quicker(written: str) -> str:
    """Return a pattern that finds the same, its first plain letters before the word's beginning.

    A program that looks for "you" and then asks whether a word begins there is ten times as quick
    as one that asks at every place whether a word begins.
    """
    first = WHOLE_WORD.match(written)
    if first is None:
        return written
    return f"{first.group(1)}(?<=\\b{first.group(1)}){written[first.end() :]}"


def patterns(rows: Iterable[Any]) -> tuple[Sought, ...]:
    """Return several patterns to look for.

    :raises PatternRefused: if one is not a pattern
    """
    if isinstance(rows, str) or not isinstance(rows, Sequence):
        raise PatternRefused("patterns are a list, in square brackets.")
    return tuple(pattern(each) for each in rows)


def first_match(
    sought: Iterable[Sought], plain: str, start: int = 0, end: int | None = None
) -> re.Match[str] | None:
    """Return the first match in a text of any of some patterns."""
    end = len(plain) if end is None else end
    matches = [
        found
        for found in (each.pattern.search(plain, start, end) for each in sought)
        if found is not None
    ]
    return min(matches, key=lambda found: found.start(), default=None)
