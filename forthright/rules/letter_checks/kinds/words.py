"""Words that should not be there, or that have a better word: existence and substitution."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forthright.rules.letter_checks.kinds.places import where_of
from forthright.rules.letter_checks.phrases import PatternRefused, Sought, pattern, patterns, phrase
from forthright.rules.letter_checks.subject import Hit, Subject

if TYPE_CHECKING:
    from forthright.rules.letter_checks.kinds import Finder

CLAUSE = re.compile(r"[,;:–—]|\b(?:and|but|because|so|although|though|while|that|which|who)\b")
# What a denial reaches over: "it did not matter that you waited", but not "…, but you waited".
CONTRAST = re.compile(r"[;:–—]|\bbut\b|, (?:and|though|although|while)\b")
OF_A_ROW = frozenset(
    {
        "words", "patterns", "instead", "because", "unless", "unless_before", "unless_beside",
        "only_with",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """Words that are looked for, what to write instead, and what near them excuses them.

    `unless` and `only_with` are looked for in the sentence of the words, and in as many
    sentences on either side as the rule's `near` says; `unless_beside` only in their own clause,
    and `unless_before` only in what their own sentence says before them.
    """

    sought: tuple[Sought, ...]
    instead: str = ""
    because: str = ""
    unless: tuple[Sought, ...] = ()
    unless_before: tuple[Sought, ...] = ()
    unless_beside: tuple[Sought, ...] = ()
    only_with: tuple[Sought, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class WordFinder:
    """Finds the words of rows; where they stand has been looked for, for all rules at once."""

    parts: tuple[tuple[Row, Sought], ...]
    where: str
    near: int = 0
    is_first_only: bool = False
    is_exact: bool = False
    excuses_offence: bool = False
    denied: tuple[Sought, ...] = ()

    def __call__(self, subject: Subject) -> Iterator[Hit]:
        """Yield a hit for each time that the words of a row stand in the letter."""
        for row, start, end in self._standing(subject):
            if self._is_fault(row, subject, start, end):
                yield Hit(start, end, said={"instead": row.instead, "because": row.because})

    def _standing(self, subject: Subject) -> Iterator[tuple[Row, int, int]]:
        """Yield what may be a fault, row by row; of some rules only the first of each row."""
        firsts: dict[Row, tuple[int, int]] = {}
        for number, start, end in subject.standing.get(self, ()):
            row, _ = self.parts[number]
            if not self.is_first_only:
                yield row, start, end
            elif row not in firsts or start < firsts[row][0]:
                firsts[row] = (start, end)
        yield from ((row, start, end) for row, (start, end) in firsts.items())

    def _is_none(self, subject: Subject, place: int, end: int) -> bool:
        """Say whether words are an offence's name, or are said not to count."""
        if self.excuses_offence and subject.is_in_offence(place, end):
            return True
        return bool(self.denied) and _holds(self.denied, _between(CONTRAST, subject, place, end))

    def _is_fault(self, row: Row, subject: Subject, place: int, end: int) -> bool:
        if self._is_none(subject, place, end):
            return False
        if _is_excused_near(row, subject, place, end):
            return False
        if not row.unless and not row.only_with:
            return True
        near = subject.letter.around(place, before=self.near, after=self.near)
        if _holds(row.unless, near):
            return False
        return not row.only_with or _holds(row.only_with, near)


def _between(cut: re.Pattern[str], subject: Subject, first: int, last: int) -> str:
    """Return the part of a sentence, from one cut to the next, that words stand in."""
    sentence = subject.letter.sentence_at(first)
    start, end = (sentence.start, sentence.end) if sentence else (first, last)
    cuts = [each.end() for each in cut.finditer(subject.plain, start, first)]
    after = cut.search(subject.plain, last, end)
    return subject.plain[cuts[-1] if cuts else start : after.start() if after else end]


def _is_excused_near(row: Row, subject: Subject, place: int, end: int) -> bool:
    """Say whether the clause of some words, or what their sentence says before, excuses them."""
    if row.unless_beside and _holds(row.unless_beside, _between(CLAUSE, subject, place, end)):
        return True
    return bool(row.unless_before) and _holds(row.unless_before, subject.letter.said_before(place))


def _holds(sought: Sequence[Sought], text: str) -> bool:
    return any(_stands(each, text) for each in sought)


def _stands(sought: Sought, text: str) -> bool:
    return sought.may_stand_in(text) and next(sought.found_in(text), None) is not None


def existence(find: Mapping[str, Any]) -> "Finder":
    """Return what finds words that should not be there."""
    own = {key: find[key] for key in OF_A_ROW if key in find}
    shared: dict[str, Any] = {
        key: own[key]
        for key in ("unless", "unless_before", "unless_beside", "only_with")
        if key in own
    }
    rows = [own] if {"words", "patterns"} & set(own) else []
    rows += [{**shared, **row} for row in find.get("rows", [])]
    if not rows:
        raise PatternRefused("the rule looks for nothing: give it words, patterns or rows.")
    return _finder(rows, find)


def substitution(find: Mapping[str, Any]) -> "Finder":
    """Return what finds words that have a better word."""
    shared = {key: find[key] for key in ("unless", "only_with") if key in find}
    swaps = find["swap"].items()
    return _finder([{"words": [old], "instead": new, **shared} for old, new in swaps], find)


def _finder(rows: Sequence[Mapping[str, Any]], find: Mapping[str, Any]) -> WordFinder:
    parts = tuple((made, sought) for row in rows for made in [_row(row)] for sought in made.sought)
    return WordFinder(
        parts=parts,
        where=where_of(find, otherwise="prose"),
        near=int(find.get("near", 0)),
        is_first_only=find.get("first_only", False) is True,
        is_exact=find.get("exact", False) is True,
        excuses_offence=find.get("unless_in_offence", False) is True,
        denied=patterns(find.get("denied", [])),
    )


def _row(row: Mapping[str, Any]) -> Row:
    if strange := sorted(set(row) - OF_A_ROW):
        raise PatternRefused(f"a row has no “{strange[0]}”. It has: {', '.join(sorted(OF_A_ROW))}.")
    for name in ("instead", "because"):
        if not isinstance(row.get(name, ""), str):
            raise PatternRefused(f"“{name}” is written in words, in quotation marks.")
    sought = [phrase(each) for each in row.get("words", [])]
    sought += [pattern(each) for each in row.get("patterns", [])]
    if not sought:
        raise PatternRefused("a row looks for nothing: give it words or patterns.")
    return Row(
        sought=tuple(sought),
        instead=row.get("instead", ""),
        because=row.get("because", ""),
        unless=patterns(row.get("unless", [])),
        unless_before=patterns(row.get("unless_before", [])),
        unless_beside=patterns(row.get("unless_beside", [])),
        only_with=patterns(row.get("only_with", [])),
    )
