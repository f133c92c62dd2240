"""Looks whether a finished file still holds anything that says who a letter is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from forthright.anonymiser import patterns, record, slipped
from forthright.anonymiser.known import Known
from forthright.anonymiser.letters import BLANKS, read_plainly
from forthright.anonymiser.spans import Found, Kind

# Days of an anonymised letter were moved and ages made bands; days of the case are known besides.
MAY_STAND = {Kind.DATE, Kind.AGE}
AROUND = 30


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was left in a file, and where."""

    where: str
    line: int
    words: str
    around: str
    found: Found

    def as_table(self) -> dict[str, Any]:
        """Return it as it is written to JSON."""
        return {"where": self.where, "line": self.line, "words": self.words,
                "type": self.found.kind.value, "layer": self.found.layer.value,
                "because": self.found.because}  # fmt: skip


def left_in(parts: Iterable[tuple[str, str]], known: Known) -> list[Left]:
    """Return everything known and everything of a known shape in the parts of a file."""
    return [left for where, words in parts for left in _left_in_part(where, words, known)]


def _left_in_part(where: str, words: str, known: Known) -> Iterator[Left]:
    text = read_plainly(words).translate(BLANKS)
    seen = [*record.known_in(text, known), *slipped.slips_in(text, known)]
    seen += [
        each
        for each in patterns.patterns_in(text)
        if each.kind not in MAY_STAND or each.because == patterns.AN_AGE_BY_BIRTHDAY
    ]
    told = -1
    for found in sorted(seen, key=lambda each: (each.start, -each.end)):
        if found.end <= told:
            continue
        told = found.end
        yield Left(
            where=where,
            line=text.count("\n", 0, found.start) + 1,
            words=text[found.start : found.end],
            around=" ".join(text[max(0, found.start - AROUND) : found.end + AROUND].split()),
            found=found,
        )
