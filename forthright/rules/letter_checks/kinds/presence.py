"""What must be there, and what must come before what: block presence and order."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from forthright.rules.letter_checks.kinds.places import Place, opening, place_of
from forthright.rules.letter_checks.phrases import PatternRefused, Sought, first_match, patterns
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Sentence

if TYPE_CHECKING:
    from forthright.rules.letter_checks.kinds import Finder

MARKS = ("end", "opening", "greeting", "contact")
# Where a letter says how to reach its writer: a number, or the invitation to ask.
CONTACT = re.compile(
    r"\b(?:ring|call|phone|telephone|e-?mail|contact|write to|reach|speak to) (?:me|us)\b|"
    r"\b(?:on|number is) 0[\d \u00a0]{8,13}\d\b"
)


@dataclass(frozen=True, slots=True)
class PresenceFinder:
    """Finds that none of a group of patterns stands where it should; each group is needed."""

    groups: tuple[tuple[Sought, ...], ...]
    place: Place
    mark: str

    def __call__(self, subject: Subject) -> Iterator[Hit]:
        """Yield one hit where a group is missing, at the place where it would be added.

        Where it stands further down than it should, the sentence in which it does is the place.
        """
        places = list(self.place(subject))
        for group in self.groups:
            if not any(_stands(each, subject.plain, places) for each in group):
                yield self._too_late(group, subject) or place_to_add(subject, self.mark)
                return

    def _too_late(self, group: tuple[Sought, ...], subject: Subject) -> Hit | None:
        body = subject.letter.body
        if self.mark != "opening" or not body:
            return None
        found = first_match(group, subject.plain, body[0].start, body[-1].end)
        sentence = subject.letter.sentence_at(found.start()) if found else None
        return Hit(sentence.start, sentence.end) if sentence else None


def _stands(sought: Sought, plain: str, places: Sequence[tuple[int, int]]) -> bool:
    return sought.may_stand_in(plain) and any(
        sought.pattern.search(plain, *span) for span in places
    )


def place_to_add(subject: Subject, mark: str = "end") -> Hit:
    """Return a hit that shows where something missing would be added."""
    body = subject.letter.body
    if mark == "contact":
        found = CONTACT.search(subject.plain, *_span_of(body))
        sentence = subject.letter.sentence_at(found.start()) if found else None
        if sentence is not None:
            return Hit(sentence.start, sentence.end)
    if mark in ("end", "contact") or not body:
        end = subject.letter.body_end
        return Hit(end, end)
    last = body[min(2, len(body) - 1)] if mark == "opening" else body[0]
    return Hit(body[0].start, last.end)


def _span_of(body: Sequence[Sentence]) -> tuple[int, int]:
    return (body[0].start, body[-1].end) if body else (0, 0)


def block_presence(find: Mapping[str, Any]) -> "Finder":
    """Return what finds that something is missing."""
    groups = [patterns(find["any_of"])] if "any_of" in find else []
    groups += [patterns(each) for each in find.get("all_of", [])]
    if not groups:
        raise PatternRefused("the rule asks for nothing: give it any_of or all_of.")
    sentences = find.get("sentences")
    mark = find.get("mark", "end" if sentences is None else "opening")
    if mark not in MARKS:
        raise PatternRefused(f"“mark” is one of {', '.join(MARKS)}, not {mark!r}.")
    place = place_of(find, otherwise="all") if sentences is None else opening(int(sentences))
    return PresenceFinder(tuple(groups), place, mark)


@dataclass(frozen=True, slots=True)
class OrderFinder:
    first: tuple[Sought, ...]
    then: tuple[Sought, ...]

    def __call__(self, subject: Subject) -> Iterator[Hit]:
        """Yield the sentence that comes too early, where what should come first comes later."""
        body = subject.letter.body
        if not body:
            return
        start, end = body[0].start, body[-1].end
        wanted = first_match(self.first, subject.plain, start, end)
        early = first_match(self.then, subject.plain, start, end)
        if wanted and early and early.start() < wanted.start():
            sentence = subject.letter.sentence_at(early.start())
            found = (sentence.start, sentence.end) if sentence else early.span()
            yield Hit(*found)


def order(find: Mapping[str, Any]) -> "Finder":
    """Return what finds that one thing comes before another and should come after."""
    return OrderFinder(patterns(find["first"]), patterns(find["then"]))
