"""Whether words are spelt as in Britain, names and places of the record being right."""

import re
from collections.abc import Iterator

from forthright.rules.letter_checks.spelling import common_words, is_word, suggestions
from forthright.rules.letter_checks.subject import Hit, Subject, hit
from forthright.rules.letter_checks.text import Part, Sentence, Span, key_of

NOT_A_WORD = re.compile(r"[\d@/\\.]|^[A-Z]{2,}s?$|^.$")
NOT_WORDS = re.compile(r"\S*(?:@|://|www\.)\S*")
SPELT = (Part.TEXT, Part.BULLET, Part.HEADING, Part.AFTER)
MOST_STRANGE = 0.3
LEAST_WORDS = 4


def spelling(subject: Subject) -> Iterator[Hit]:
    """Yield each word that is not one, but for names and other languages."""
    common = common_words()
    for sentence in subject.letter.sentences:
        if sentence.paragraph.part not in SPELT:
            continue
        words = _words_of(sentence)
        strange = [each for each in words if each.text.lower().replace("’", "'") not in common]
        strange = [each for each in strange if not _is_right(each, subject, sentence)]
        # A sentence of another language is not a sentence full of faults.
        if len(words) >= LEAST_WORDS and len(strange) > MOST_STRANGE * len(words):
            continue
        for word in strange:
            near = suggestions(word.text)
            yield hit(word, suggestion=" or ".join(near), words=word.text)


def _words_of(sentence: Sentence) -> list[Span]:
    text = NOT_WORDS.sub(lambda found: " " * len(found.group()), sentence.text)
    return [
        Span(sentence.start + found.start(), sentence.start + found.end(), found.group())
        for found in WORD.finditer(text)
    ]


WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


def _is_right(word: Span, subject: Subject, sentence: Sentence) -> bool:
    if NOT_A_WORD.search(word.text) or key_of(word.text) in subject.known:
        return True
    # A capital within a sentence is a name, which no dictionary has to know.
    begins = subject.letter.text[sentence.start : word.start].strip(" \t\n*_#“\"‘'(-–•1234567890.)") == ""
    if word.text[0].isupper() and (not begins or sentence.paragraph.part is Part.HEADING):
        return True
    # The first word of a sentence may be a name as well: it is a fault if a common word is meant.
    is_meant = not word.text[0].isupper() or word.text.isascii() and any(
        each.lower() in common_words() for each in suggestions(word.text)
    )
    return is_word(word.text) or not is_meant
