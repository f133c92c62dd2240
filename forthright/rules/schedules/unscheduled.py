"""Finds recordings that are named somewhere in what came together, and listed nowhere."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, Protocol

from forthright.rules.letter_checks.phrases import PatternRefused, Sought, patterns
from forthright.rules.recordings_named import KINDS_NAMED, mentions_in
from forthright.rules.schedules.bundle import Bundle, Hit, plain
from forthright.rules.schedules.form_words import own_words
from forthright.rules.schedules.schedule import Schedule

SENTENCE = re.compile(r"[^.!?\n]+")
# A quoted sentence shows so many letters at least, and so many before what is named further on.
LONGEST_QUOTED, BEFORE_NAMED = 60, 25
# Where a description says what a thing is: further on, it may only mention another.
SAYS_WHAT = 60
OTHER_THING = re.compile(
    r"\b(?:pnb|edb|pocket|notebook|notes|statement|log|crime report|custody)\b"
)


class Finder(Protocol):
    def __call__(self, bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
        """Yield what is wrong."""


def unscheduled(rows: Sequence[Mapping[str, Any]]) -> Finder:
    """Return what finds recordings that are named somewhere and listed nowhere."""
    kinds = [_Kind(row) for row in rows]

    def finder(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
        if schedule is not bundle.schedules[0]:
            return
        starts = [text[:SAYS_WHAT] for text in bundle.listed_plain]
        # Where a kind is listed nowhere each asks all words of all items; they are read once.
        read = _Read()
        for kind in kinds:
            if not any(kind.is_listed(text, read) for text in starts):
                yield from kind.first_mention(bundle, read)

    return finder


class _Read:
    """What was read of the words of one bundle, for as long as it is checked."""

    def __init__(self) -> None:
        self.mentions_in = cache(mentions_in)
        self.sentences_of = cache(_sentences_of)


def _sentences_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return each sentence as it is compared, and as it is written."""
    read = plain(text)
    return tuple(
        (
            own_words(each.group(), read[each.end() : each.end() + 1]),
            text[each.start() : each.end()],
        )
        for each in SENTENCE.finditer(read)
    )


class _Kind:
    """One kind of recording: how it is named, how it is listed, and what excuses a mention.

    A kind of `recordings_named` is known by its words there; others by the patterns of their row.
    """

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.what = str(row["what"])
        self.kinds = frozenset(row.get("kinds", ()))
        if strange := sorted(self.kinds - KINDS_NAMED):
            raise PatternRefused(f"there is no kind of recording “{strange[0]}”.")
        if not self.kinds and "mentions" not in row:
            raise PatternRefused("a row needs kinds of recording, or mentions.")
        self.mentions: tuple[Sought, ...] = patterns(row.get("mentions", ()))
        self.listed: tuple[Sought, ...] = patterns(row.get("listed", row.get("mentions", ())))
        self.unless: tuple[Sought, ...] = patterns(row.get("unless", ()))

    def is_listed(self, text: str, read: _Read) -> bool:
        """Say whether the beginning of a description names a recording of this kind."""
        found = [match.start() for each in self.listed if (match := each.pattern.search(text))]
        found += [each.start for each in read.mentions_in(text) if each.kind in self.kinds]
        return bool(found) and not OTHER_THING.search(text, 0, min(found))

    def first_mention(self, bundle: Bundle, read: _Read) -> Iterator[Hit]:
        """Yield the first place where a recording of this kind is named."""
        for schedule in bundle.schedules:
            for item in schedule.items:
                for written in (item.description, item.undermines):
                    if words := self._mentioned(written, read):
                        said = {"what": self.what, "where": item.named}
                        yield Hit(schedule=schedule, item=item, words=words, said=said)
                        return
            for line in schedule.certificate:
                if words := self._mentioned(line.text, read):
                    said = {"what": self.what, "where": "the certificate"}
                    yield Hit(schedule=schedule, place=line.place, words=words, said=said)
                    return
        yield from self._in_papers(bundle, read)

    def _in_papers(self, bundle: Bundle, read: _Read) -> Iterator[Hit]:
        for paper in bundle.papers:
            if words := self._mentioned(paper.text, read):
                said = {"what": self.what, "where": paper.name}
                yield Hit(schedule=bundle.schedules[0], words=words, said=said, is_of_paper=True)
                return

    def _mentioned(self, text: str, read: _Read) -> str:
        for words, written in read.sentences_of(text):
            if not (named := self._named_in(words, read)):
                continue
            if not any(each.pattern.search(words) for each in self.unless):
                return " ".join(_beside(named, written).split())
        return ""

    def _named_in(self, words: str, read: _Read) -> str:
        """Return the words of a sentence that name a recording of this kind; or nothing."""
        for each in self.mentions:
            if each.may_stand_in(words) and (found := each.pattern.search(words)):
                return found.group()
        if not self.kinds:
            return ""
        return next((each.words for each in read.mentions_in(words) if each.kind in self.kinds), "")


def _beside(named: str, written: str) -> str:
    """Return a sentence; of a long one the end from shortly before the words that name something.

    It is cut after so many letters where it is quoted, and is to show what was found.
    """
    at = plain(written).find(named)
    if at < BEFORE_NAMED or at + len(named) < LONGEST_QUOTED:
        return written
    return written[min(at, written.find(" ", at - BEFORE_NAMED) + 1) :]
