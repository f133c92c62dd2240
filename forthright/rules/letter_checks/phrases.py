"""Words and patterns that rules look for, and a quick way to know that they are not there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from forthright.rules.letter_checks.needles import needles_of
from forthright.rules.letter_checks.quicker import quicker

LETTERS = re.compile(r"[a-z0-9]+")
SEPARATOR = re.compile(r"\s+")
# The rules that ship look for some two thousand; a changed set shares nearly all of them.
MOST_KEPT = 10_000


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


@lru_cache(MOST_KEPT)
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


@lru_cache(MOST_KEPT)
def pattern(written: str) -> Sought:
    """Return a pattern to look for, as Python writes them; to make one ready takes a moment.

    :raises PatternRefused: if it is not one
    """
    try:
        compiled = re.compile(quicker(written))
    except re.error as fault:
        raise PatternRefused(f"{written!r} is not a pattern: {fault}.") from fault
    if compiled.match(""):
        raise PatternRefused(f"{written!r} finds nothing everywhere.")
    return Sought(needles_of(re.compile(written)), compiled)


@cache
def quick(compiled: re.Pattern[str]) -> Sought:
    """Return what finds the same as a pattern in small letters, made once."""
    anew = re.compile(quicker(compiled.pattern), compiled.flags)
    return Sought(needles_of(compiled), anew)


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
