"""What is checked: one letter, its case where that is known, and the day of the check."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar, cast

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks import people
from forthright.rules.letter_checks.phrases import quick
from forthright.rules.letter_checks.text import LetterText, Span, plain_copy

# What a record adds to the name of an offence: "…, contrary to section 9 of the Act of 2003".
AFTER_THE_NAME = re.compile(r"[,;(:]|\bcontrary to\b|\bunder (?:section|s\.)|\bon \d")
LEAST_OF_A_NAME = 2
Read = TypeVar("Read")
TemplateSpan = tuple[int, int, str]
Standing = tuple[int, int, int]


@dataclass(frozen=True)
class Subject:
    """A letter under check.

    `template_spans` are its standard words: their place and the code of their block. Spans of
    the origin "person" or "writer" may stand among them, and are not standard words. `recent` are
    the words of letters written lately by the same people. `standing` says where what a finder
    of words looks for stands: the number of the row's part, and the place. `hidden` are the places
    before which a character stood that nobody sees, with its name; the letter is without them.
    """

    letter: LetterText
    case: CaseFile | None
    as_of: date
    template_spans: Sequence[TemplateSpan] = ()
    recent: Sequence[str] = ()
    standing: Mapping[object, Sequence[Standing]] = field(default_factory=dict)
    hidden: Sequence[tuple[int, str]] = ()

    @cached_property
    def plain(self) -> str:
        """Return the letter in small letters and straight quotation marks."""
        return self.letter.plain

    @cached_property
    def _matches(self) -> dict[tuple[re.Pattern[str], bool], tuple[re.Match[str], ...]]:
        return {}

    def matches(
        self, pattern: re.Pattern[str], *, exact: bool = False
    ) -> tuple[re.Match[str], ...]:
        """Return every match of a pattern in the letter, looked for once.

        In small letters, or exactly as given.
        """
        key = (pattern, exact)
        if key not in self._matches:
            if exact:
                self._matches[key] = tuple(pattern.finditer(self.letter.text))
            else:
                sought = quick(pattern)
                may = sought.may_stand_in(self.plain)
                self._matches[key] = tuple(sought.found_in(self.plain)) if may else ()
        return self._matches[key]

    @cached_property
    def _once(self) -> dict[object, object]:
        return {}

    def once(self, read: Callable[["Subject"], Read]) -> Read:
        """Return what a function reads in this letter, which several rules ask for, read once."""
        if read not in self._once:
            self._once[read] = read(self)
        return cast(Read, self._once[read])

    @cached_property
    def _offences(self) -> tuple[tuple[int, int], ...]:
        """Return where the letter names an offence as its case records it."""
        names = offence_names_of(self.case) if self.case else frozenset()
        wanted = [r"\s+".join(map(re.escape, each.split())) for each in names]
        found = (each for words in wanted for each in re.finditer(rf"\b{words}\b", self.plain))
        return tuple(each.span() for each in found)

    def is_in_offence(self, start: int, end: int) -> bool:
        """Say whether words are a part of an offence's name, which is the law's and not ours."""
        return any(first <= start and end <= last for first, last in self._offences)

    @cached_property
    def known(self) -> frozenset[str]:
        """Return the words of every name and place that the letter may hold."""
        return people.known_words(self.case) if self.case else frozenset()

    @cached_property
    def known_people(self) -> tuple[frozenset[str], ...]:
        """Return the words of each name of a person that the letter may hold."""
        return people.known_people(self.case) if self.case else ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a rule fires. A message or suggestion here goes before the rule's own.

    `said` fills the gaps of the rule's message: {words}, {instead}, {because}, {number}, {most}.
    `lock` names the lock on reaching the person that says the same, where one does.
    """

    start: int
    end: int
    message: str = ""
    suggestion: str = ""
    level: str = ""
    said: Mapping[str, str] = field(default_factory=dict)
    lock: str = ""


def hit(
    span: Span, message: str = "", suggestion: str = "", *, level: str = "", **said: str
) -> Hit:
    """Return a hit on some words of the letter."""
    return Hit(span.start, span.end, message, suggestion, level, said)


def offence_names_of(case: CaseFile) -> frozenset[str]:
    """Return the names of the offences of a case in small letters, without section and Act.

    A name of one word is left out: no more than the word is said by it.
    """
    said = [case.offence, *(charge for each in case.accused for charge in each.charges)]
    if case.decision:
        said += [case.decision.from_charge, case.decision.to_charge]
    names = (AFTER_THE_NAME.split(plain_copy(each), maxsplit=1)[0].strip(" .") for each in said)
    return frozenset(each for each in names if len(each.split()) >= LEAST_OF_A_NAME)
