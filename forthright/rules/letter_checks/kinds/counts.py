"""How much is too much: long sentences and paragraphs, ease of reading, and repetition."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from forthright.rules.letter_checks.kinds.readability import passive_share, reading_ease
from forthright.rules.letter_checks.people import full_name, may_be_named, words_of_name
from forthright.rules.letter_checks.phrases import PatternRefused, Sought, patterns
from forthright.rules.letter_checks.sentences import words_of
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import LetterText, Part, Sentence

if TYPE_CHECKING:
    from forthright.rules.letter_checks.kinds import Finder

LEAST_SENTENCES = 5
ADDRESS_LIKE = re.compile(r"https?://|www\.|@|\b[\w-]+(?:\.[\w-]+)+/|\b\d[\d ]{8,}\d\b")
DOUBLED = re.compile(r"\b([a-z']+)[ \t\n]+\1\b")
ABSTRACT = re.compile(
    r"\b[a-z-]{3,}(?:[st]ion|ment|ance|ence|ancy|ency|ity|ities|[st]ions|ments|ances)\b"
)
# Words with such an ending that people say every day, or that name a thing.
EVERYDAY = words_of(
    """
    evidence decision decisions information question questions station statement statements
    prosecution mention attention sentence sentences experience moment moments difference community
    city violence conversation position apartment department payment payments document documents
    section condition conditions collision television appointment appointments support distance
    chance silence insurance ambulance licence offence offences defence audience science influence
    conference university security authority ability compensation action situation explanation
    presence absence reception medication treatment element basement comment comments agreement
    identity safety charity charities quality committee publication translation option options
    communication education mansion pension permission instance entrance dance france finance
    balance romance surveillance importance performance residence sequence confidence intelligence
    patience advance assistance guidance emergency agency possibility opportunity investigation
    """
)
MAY_BE_DOUBLED = frozenset({"had", "that", "no"})


def occurrence(find: Mapping[str, Any]) -> "Finder":
    """Return what finds that there is more, or less, of something than there should be.

    :raises PatternRefused: if the measure is not one
    """
    measures = {
        "sentence_words": _long_sentences,
        "paragraph_sentences": _long_paragraphs,
        "reading_ease": _hard_to_read,
        "passive_share": _passives,
        "abstract_words": _abstract_words,
        "patterns": _too_many,
    }
    if find.get("measure") not in measures:
        raise PatternRefused(f"“measure” is one of {', '.join(measures)}.")
    if not isinstance(find.get("most", find.get("least")), int):
        raise PatternRefused("give a whole number: “most” or “least”.")
    return measures[find["measure"]](find)


def _words_of(sentence: Sentence, subject: Subject) -> int:
    """Count the words of a sentence; a telephone number or an address on the web is none."""
    return len(subject.letter.words_within(sentence))


def _long_sentences(find: Mapping[str, Any]) -> "Finder":
    most = int(find["most"])

    def finder(subject: Subject) -> Iterator[Hit]:
        for sentence in subject.letter.sentences:
            if sentence.paragraph.part not in (Part.TEXT, Part.BULLET, Part.AFTER):
                continue
            number = _words_of(sentence, subject)
            if number > most and not ADDRESS_LIKE.search(sentence.text):
                said = {"number": str(number), "most": str(most)}
                yield Hit(sentence.start, sentence.end, said=said)

    return finder


def _long_paragraphs(find: Mapping[str, Any]) -> "Finder":
    most, most_words = int(find["most"]), int(find.get("most_words", 0))

    def finder(subject: Subject) -> Iterator[Hit]:
        counts: dict[int, int] = {}
        for sentence in subject.letter.body:
            counts[sentence.paragraph.start] = counts.get(sentence.paragraph.start, 0) + 1
        for paragraph in subject.letter.parts(Part.TEXT):
            number, words = counts.get(paragraph.start, 0), len(paragraph.text.split())
            if number > most:
                said = {"number": f"{number} sentences", "most": str(most)}
                yield Hit(paragraph.start, paragraph.end, said=said)
            elif most_words and words > most_words:
                said = {"number": f"{words} words", "most": str(most_words)}
                yield Hit(paragraph.start, paragraph.end, said=said)

    return finder


def _hard_to_read(find: Mapping[str, Any]) -> "Finder":
    least, but_not_under = int(find["least"]), int(find.get("most", 0))

    def finder(subject: Subject) -> Iterator[Hit]:
        body, ease = _ease_of(subject.letter)
        if len(body) < LEAST_SENTENCES:
            return
        if but_not_under <= ease < least or (ease < 0 and not but_not_under):
            longest = max(body, key=lambda each: _words_of(each, subject))
            said = {"number": f"{ease:.0f}", "most": str(least)}
            yield Hit(longest.start, longest.end, said=said)

    return finder


@lru_cache(maxsize=1)
def _ease_of(letter: LetterText) -> tuple[list[Sentence], float]:
    """Return the sentences that count and how easy they are to read; two rules ask in turn."""
    body = [each for each in letter.body if not ADDRESS_LIKE.search(each.text)]
    return body, reading_ease([letter.words_within(each) for each in body]) if body else 0.0


def _passives(find: Mapping[str, Any]) -> "Finder":
    most = int(find["most"])

    def finder(subject: Subject) -> Iterator[Hit]:
        body = subject.letter.body
        if len(body) < LEAST_SENTENCES:
            return
        share, first = passive_share([subject.plain[each.start : each.end] for each in body])
        if share * 100 > most:
            said = {"number": f"{share * 100:.0f}", "most": str(most)}
            yield Hit(body[first].start, body[first].end, said=said)

    return finder


def _abstract_words(find: Mapping[str, Any]) -> "Finder":
    most = int(find["most"])

    def finder(subject: Subject) -> Iterator[Hit]:
        for sentence in subject.letter.body:
            said = ABSTRACT.findall(subject.plain, sentence.start, sentence.end)
            number = sum(each not in EVERYDAY for each in said)
            if number > most:
                told = {"number": str(number), "most": str(most)}
                yield Hit(sentence.start, sentence.end, said=told)

    return finder


def _too_many(find: Mapping[str, Any]) -> "Finder":
    most = int(find["most"])
    sought: tuple[Sought, ...] = patterns(find["patterns"])

    def finder(subject: Subject) -> Iterator[Hit]:
        found = [each.span() for one in sought for each in one.found_in(subject.plain)]
        if len(found) > most:
            said = {"number": str(len(found)), "most": str(most)}
            yield Hit(*sorted(found)[most], said=said)

    return finder


def repetition(find: Mapping[str, Any]) -> "Finder":
    """Return what finds a word or a sentence that stands twice.

    :raises PatternRefused: if it is neither
    """
    finders = {"word": _doubled_words, "sentence": _repeated_sentences}
    if find.get("of") not in finders:
        raise PatternRefused("“of” is word or sentence.")
    return finders[find["of"]](find)


def _doubled_words(find: Mapping[str, Any]) -> "Finder":
    def finder(subject: Subject) -> Iterator[Hit]:
        for sentence in subject.letter.sentences:
            for found in DOUBLED.finditer(subject.plain, sentence.start, sentence.end):
                if found.group(1) not in MAY_BE_DOUBLED and not _is_a_name(subject, found):
                    yield Hit(*found.span(), said={"instead": found.group(1)})

    return finder


def _is_a_name(subject: Subject, found: re.Match[str]) -> bool:
    """Say whether a word that stands twice is the whole name of somebody in the case: "Ng Ng"."""
    people = may_be_named(subject.case) if subject.case else ()
    return any(words_of_name(full_name(each)) == (found[1], found[1]) for each in people)


def _repeated_sentences(find: Mapping[str, Any]) -> "Finder":
    least = int(find.get("least_words", 6))

    def finder(subject: Subject) -> Iterator[Hit]:
        seen: set[tuple[str, ...]] = set()
        for sentence in subject.letter.sentences:
            words = tuple(each.lower() for each in subject.letter.words_within(sentence))
            if len(words) < least:
                continue
            if words in seen:
                yield Hit(sentence.start, sentence.end)
            seen.add(words)

    return finder
