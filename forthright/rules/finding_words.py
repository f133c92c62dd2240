"""Where words stand in a text, whatever their capitals, counted in the text as it is written.

A keyboard writes “O'Neill” where a letter has “O’Neill”, and one blank where it has two.
"""

import re
import unicodedata
from collections.abc import Iterator

from forthright.rules.quotations import SAME
from forthright.rules.word_marks import is_of_word

APOSTROPHE = "'’"
# What an apostrophe cuts off the word before it, and what is no word without what stands before
# “’t”: “we’re” holds no “re”, and “don’t” no “don”. The ’s of a possessive is none of them.
ENDINGS = frozenset({"d", "ll", "m", "re", "s", "t", "ve"})
CUT_OFF = re.compile(r"['’]t(?!\w)", re.IGNORECASE)


def places_of_words(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words begin and end in a text as they are meant; places never overlap.

    One letter may stand for several when capitals are set aside, as “ﬃ” or “ß” does. So what is
    found is led back to the letters of the text, and a place that would begin or end within one
    of them takes it whole.
    """
    folded, leads_to = _folded(text)
    sought, _ = _folded(words)
    at = folded.find(sought) if sought else -1
    while at >= 0:
        end = at + len(sought)
        yield leads_to[at], leads_to[end - 1] + 1
        at = folded.find(sought, end)


def whole_words(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words stand by themselves, and not in the middle of a longer one.

    A possessive leaves them whole: “Ed” stands in “Ed’s”, and in neither “hoped” nor “Ned”.
    """
    for start, end in places_of_words(text, words):
        if not (is_within_word(text, start, end) or _is_of_contraction(text, start, end)):
            yield start, end


def is_within_word(text: str, start: int, end: int) -> bool:
    """Say whether a letter or digit goes on right before or right after some words."""
    return goes_on_over(text, start) or goes_on_over(text, end)


def around_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where the whole words begin and end that hold some, or some of them."""
    while goes_on_over(text, start):
        start -= 1
    while goes_on_over(text, end):
        end += 1
    return start, end


def goes_on_over(text: str, at: int) -> bool:
    """Say whether one word goes on over a place in a text."""
    return 0 < at < len(text) and is_of_word(text[at - 1]) and is_of_word(text[at])


def _is_of_contraction(text: str, start: int, end: int) -> bool:
    is_ending = text[start:end].lower() in ENDINGS and (
        start > 1 and text[start - 1] in APOSTROPHE and text[start - 2].isalpha()
    )
    return is_ending or CUT_OFF.match(text, end) is not None


def same_words(one: str, other: str) -> bool:
    """Say whether two stretches are the same words, whatever their capitals and signs."""
    return _folded(one)[0] == _folded(other)[0]


def same_words_no_name(left: str, other: str) -> bool:
    """Say whether two stretches are the same words, and the other has a capital only where one is.

    “mark” is a verb, and “Mark” somebody's name: what is right to leave of the first says nothing
    of the second. “MARSDEN” says no more than “Marsden”.
    """
    pairs = list(zip(left.split(), other.split(), strict=False))
    return same_words(left, other) and all(_has_capital(a) or not _has_capital(b) for a, b in pairs)


def _has_capital(word: str) -> bool:
    return any(letter.isupper() or letter.istitle() for letter in word)


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text without capitals and ligatures, and the letter that each of its own is of.

    Its quotation marks, apostrophes and dashes are those of a keyboard, and its blanks are single.
    """
    said: list[str] = []
    leads_to = []
    for place, letter in enumerate(text):
        for each in unicodedata.normalize("NFKC", letter.translate(SAME)).casefold():
            shown = " " if each.isspace() else each
            if shown != " " or said[-1:] != [" "]:
                said.append(shown)
                leads_to.append(place)
    return "".join(said), leads_to
