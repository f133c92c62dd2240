"""Whether words are spelt as in Britain, names and places of the record being right."""

import re
from collections.abc import Iterator

from forthright.rules.letter_checks.spelling import common_words, is_word, suggestions
from forthright.rules.letter_checks.subject import Hit, Subject, hit
from forthright.rules.letter_checks.text import Part, Sentence, Span, key_of

NOT_A_WORD = re.compile(r"[\d@/\\.]|^[A-Z]{2,}s?$|^.$")
SPELT = (Part.TEXT, Part.BULLET, Part.HEADING, Part.AFTER)
# What stands in a gap of a template is nobody's spelling; the gap is told by another rule.
GAP = re.compile(r"\[[^\]\n]{1,80}\]|\{\{[^}\n]{0,80}\}\}")
MOST_STRANGE = 0.3
LEAST_WORDS = 4
LEAST_MEANT = 7


def spelling(subject: Subject) -> Iterator[Hit]:
    """Yield each word that is not one, but for names and other languages."""
    common = common_words()
    words_by_sentence: dict[Sentence, list[Span]] = {}
    strange_words = [each for each in _pieces(subject) if _key(each) not in common]
    for word in strange_words:
        sentence = subject.letter.sentence_at(word.start)
        if sentence is not None and sentence.paragraph.part in SPELT:
            words_by_sentence.setdefault(sentence, []).append(word)
    for sentence, maybe_strange in words_by_sentence.items():
        words = subject.letter.words_within(sentence)
        strange = [each for each in maybe_strange if not _is_right(each, subject, sentence)]
        # A sentence of another language is not a sentence full of faults.
        if len(words) >= LEAST_WORDS and len(strange) > MOST_STRANGE * len(words):
            continue
        for word in strange:
            near = suggestions(word.text)
            yield hit(word, suggestion=" or ".join(near), words=word.text)


def _key(word: Span) -> str:
    return word.text.lower().replace("’", "'")


def _pieces(subject: Subject) -> Iterator[Span]:
    """Yield the words of a letter, those with a hyphen in their parts, and no addresses."""
    text = subject.letter.text
    common = common_words()
    gaps = [each.span() for each in subject.matches(GAP, exact=True)]
    for word in subject.letter.words:
        if _key(word) in common or any(start < word.start < end for start, end in gaps):
            continue
        if NOT_A_WORD.search(word.text) or text[word.end : word.end + 1] in ("@", "/"):
            continue
        if text[max(0, word.start - 1) : word.start] in ("@", "/"):
            continue
        start = word.start
        for part in word.text.split("-"):
            yield Span(start, start + len(part), part)
            start += len(part) + 1


def _is_right(word: Span, subject: Subject, sentence: Sentence) -> bool:
    if not word.text or NOT_A_WORD.search(word.text) or key_of(word.text) in subject.known:
        return True
    # A capital within a sentence is a name, which no dictionary has to know.
    begins = (
        subject.letter.text[sentence.start : word.start].strip(" \t\n*_#“\"‘'(-–•1234567890.)")
        == ""
    )
    if word.text[0].isupper() and (not begins or sentence.paragraph.part is Part.HEADING):
        return True
    # The first word of a sentence may be a name as well: it is a fault if a common word is meant.
    is_meant = not word.text[0].isupper() or (
        word.text.isascii()
        and any(
            len(each) >= LEAST_MEANT or each.lower() in common_words()
            for each in suggestions(word.text)
        )
    )
    return is_word(word.text) or not is_meant
