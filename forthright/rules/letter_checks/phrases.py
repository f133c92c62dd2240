"""Words and patterns that rules look for, and a quick way to know that they are not there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

SEPARATOR = re.compile(r"\s+")


class PatternRefused(ValueError):
    """What a rule looks for cannot be looked for; the message says why."""


@dataclass(frozen=True, slots=True)
class Sought:
    """One pattern, and some letters without which it cannot match (or none)."""

    needle: str
    pattern: re.Pattern[str]

    def found_in(self, plain: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        """Yield each match within a part of a text in small letters."""
        end = len(plain) if end is None else end
        if not self.needle or plain.find(self.needle, start, end) >= 0:
            yield from self.pattern.finditer(plain, start, end)


def phrase(words: str) -> Sought:
    """Return some words to look for as whole words; a star at an end stands for any ending."""
    written = words.lower().replace("’", "'").strip()
    if not written.strip("*"):
        raise PatternRefused("there are no words in a row of words.")
    parts = [re.escape(each).replace(r"\*", r"[\w'-]*") for each in SEPARATOR.split(written)]
    before = r"(?<![\w-])" if written[0].isalnum() else ""
    after = r"(?![\w-])" if written[-1].isalnum() else ""
    longest = max((part for each in written.split() for part in each.split("*")), key=len)
    return Sought(longest, re.compile(before + r"\s+".join(parts) + after))


def pattern(written: str, *, small: bool = True) -> Sought:
    """Return a pattern to look for, as Python writes them, in small letters unless told.

    :raises PatternRefused: if it is not one
    """
    try:
        compiled = re.compile(written)
    except re.error as fault:
        raise PatternRefused(f"{written!r} is not a pattern: {fault}.") from fault
    if compiled.match(""):
        raise PatternRefused(f"{written!r} finds nothing everywhere.")
    return Sought(_needle(written) if small else "", compiled)


def patterns(rows: Iterable[Any]) -> tuple[Sought, ...]:
    """Return several patterns to look for.

    :raises PatternRefused: if one is not a pattern
    """
    if isinstance(rows, str) or not isinstance(rows, Sequence):
        raise PatternRefused("patterns are a list, in square brackets.")
    return tuple(pattern(each) for each in rows)


def first_match(sought: Iterable[Sought], plain: str, start: int = 0, end: int | None = None) -> re.Match[str] | None:
    """Return the first match in a text of any of some patterns."""
    matches = [
        found
        for found in (next(each.found_in(plain, start, end), None) for each in sought)
        if found is not None
    ]
    return min(matches, key=lambda found: found.start(), default=None)


PLAIN_RUN = re.compile(r"[a-z' ]+")
OUTSIDE = re.compile(r"\\.|\[[^\]]*\]|[a-z' ][?*{]")


def _needle(written: str) -> str:
    """Return the longest letters that every match of a pattern must hold, if that is plain."""
    if "|" in _without_groups(written):
        return ""
    runs = PLAIN_RUN.findall(OUTSIDE.sub("\0", _without_groups(written)))
    longest = max(runs, key=len, default="")
    return longest if len(longest.strip()) > 2 else ""


def _without_groups(written: str) -> str:
    """Return a pattern with a mark where anything in round brackets stood."""
    kept, depth, number = [], 0, 0
    while number < len(written):
        letter = written[number]
        if letter == "\\":
            kept += [written[number : number + 2]] if depth == 0 else []
            number += 2
            continue
        depth += letter == "("
        if depth == 0:
            kept.append(letter)
        elif letter == ")":
            depth -= 1
            kept += ["\0"] if depth == 0 else []
        number += 1
    return "".join(kept)
