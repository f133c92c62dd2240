"""Words that hold what a reader does not see: letters of another script, marks with no shape."""

import unicodedata
from collections.abc import Iterator

from forthright.rules.letter_checks.people import full_name, words_of_name
from forthright.rules.letter_checks.subject import Hit, Subject, hit
from forthright.rules.letter_checks.text import LOOK_ALIKES, OTHER_SHAPES, Span, folded, key_of
from forthright.rules.unseen_characters import OVERRIDES

LEAST_OF_OURS = 2
THEIRS = frozenset(map(chr, LOOK_ALIKES))
OVERRIDE_NAMES = frozenset(map(unicodedata.name, OVERRIDES))


def look_alikes(subject: Subject) -> Iterator[Hit]:
    """Yield each word of ours that holds a letter of another script, whole words of which are none.

    No search finds such a word, so it stops a letter where it is a name of another case.
    """
    yield from _broken(subject)
    yield from _turned_round(subject)
    if subject.letter.text.isascii() or THEIRS.isdisjoint(subject.letter.text):
        return
    for word in subject.letter.words:
        if (strange := _strange(word.text)) and _is_ours(word.text):
            message = (
                f"“{word.text}” holds {_named(strange)}, which only looks like "
                f"“{folded(strange)}”. Searches and readers aloud do not take it for that."
            )
            level = "stop" if _is_of_week(subject, word) else ""
            yield hit(word, message, folded(word.text), level=level)


def _broken(subject: Subject) -> Iterator[Hit]:
    """Yield each word of ours within which stands a character that nobody sees."""
    for word in subject.letter.words if subject.hidden else ():
        marks = [name for place, name in subject.hidden if word.start < place < word.end]
        if marks and _is_ours(word.text):
            message = (
                f"“{word.text}” holds a character that nobody sees ({marks[0]}). Searches do not "
                "find such a word, and readers aloud may break it."
            )
            yield hit(word, message, word.text)


def _turned_round(subject: Subject) -> Iterator[Hit]:
    """Yield the word behind a mark that turns writing round: it is read backwards, if at all."""
    for place, name in subject.hidden:
        if name not in OVERRIDE_NAMES:
            continue
        word = next((each for each in subject.letter.words if each.end > place), None)
        if word is not None:
            message = (
                f"Before “{word.text}” stands a mark that turns the writing round ({name}): it is "
                "read otherwise than it is kept, and no check reads it as people do."
            )
            yield hit(word, message, "Type the line again.", level="stop")


def _strange(word: str) -> str:
    """Return the first letter of a word that is of another script and looks like one of ours."""
    return next((each for each in word if not each.isascii() and folded(each) != each), "")


def _is_ours(word: str) -> bool:
    ours = sum((each.isascii() and each.isalpha()) or each in OTHER_SHAPES for each in word)
    return ours >= LEAST_OF_OURS


def _named(letter: str) -> str:
    """Say which letter it is: "a Cyrillic letter (CYRILLIC SMALL LETTER O)"."""
    name = unicodedata.name(letter)
    return f"a {name.split()[0].capitalize()} letter ({name})"


def _is_of_week(subject: Subject, word: Span) -> bool:
    week = subject.case.week if subject.case else ()
    names = [full_name(each) for other in week for each in other.people]
    key = key_of(word.text)
    return key not in subject.known and any(key in words_of_name(each) for each in names)
