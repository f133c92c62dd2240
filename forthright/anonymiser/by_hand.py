"""Where words stand that a person hides in a letter: surely, and where somebody has to look.

A name may be a word besides. Hidden in “I will write” or “within an hour”, what stands around it
tells everybody what it was.
"""

from dataclasses import dataclass

from forthright.anonymiser.capital_runs import begins_at
from forthright.anonymiser.short_names import is_word_too
from forthright.rules.finding_words import (
    around_words,
    is_within_word,
    places_of_words,
    whole_words,
)

LONGER = "a longer word that begins with words a person hid"
A_WORD = "the words that a person hid, where they may be a plain word and no name"


@dataclass(frozen=True, slots=True)
class Asked:
    """A place at which somebody has to say whether it is to be hidden too, and why."""

    start: int
    end: int
    because: str


@dataclass(frozen=True, slots=True)
class Stands:
    """Where some words stand as they are meant, and where that is in doubt."""

    surely: tuple[tuple[int, int], ...]
    in_doubt: tuple[Asked, ...]


def where_it_stands(text: str, words: str) -> Stands:
    """Return where words stand in a letter, whole: never in the middle of a longer word.

    With a capital they are a name: in small letters, or at the beginning of a sentence, a name that
    is a plain word too is asked about, and so is a longer word of the same beginning that English
    does not know, as “Okafors” or “Edward”.
    """
    whole = list(whole_words(text, words))
    may_be_word = words[:1].isupper() and is_word_too(words.lower())
    asked = [
        Asked(start, end, A_WORD)
        for start, end in whole
        if may_be_word and (text[start].islower() or begins_at(text, start))
    ]
    if len(asked) == len(whole):
        # With a capital they stand nowhere else, so these are meant.
        asked = [each for each in asked if text[each.start].islower()]
    not_sure = {(each.start, each.end) for each in asked}
    return Stands(
        surely=tuple(each for each in whole if each not in not_sure),
        in_doubt=tuple(asked + _longer(text, words)),
    )


def _longer(text: str, words: str) -> list[Asked]:
    """Return the longer words with a capital that begin with these, but for those of English."""
    found = []
    for start, end in places_of_words(text, words):
        first, last = around_words(text, start, end)
        is_name = first == start and text[start].isupper() and words[:1].isupper()
        if (
            is_name
            and is_within_word(text, start, end)
            and not is_word_too(text[first:last].lower())
        ):
            found.append(Asked(first, last, LONGER))
    return found
