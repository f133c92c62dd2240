"""What belongs to a word beside its letters: vowel signs, tones, accents that stand by themselves.

In Python a word ends before each of them, so that “ਕੌਰ” would be two words with a vowel between,
and “Bọ́lá” two names.
"""

import unicodedata
from collections.abc import Iterable

# No mark of a script that is written today stands behind these.
LAST = 0x1F000
# Classes of combining characters that people leave out as often as not: the points of Hebrew, the
# vowels of Arabic, accents above and below. Without a vowel sign of India a word is another.
POINTS, ABOVE_AND_BELOW = range(10, 36), 200


def is_of_word(letter: str) -> bool:
    """Say whether a character is a letter, a digit or a mark, so that a word goes on over it."""
    return letter.isalnum() or unicodedata.category(letter) in {"Mn", "Mc"}


def is_accent(mark: str) -> bool:
    """Say whether a mark may be left out and the word is still the same."""
    sort = unicodedata.combining(mark)
    return sort in POINTS or sort >= ABOVE_AND_BELOW


def _shape_of(marks: Iterable[str]) -> str:
    """Return characters as they stand between the brackets of a pattern."""
    runs: list[list[int]] = []
    for code in map(ord, marks):
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in runs)


_MARKS = [each for each in map(chr, range(0x300, LAST))
          if unicodedata.category(each) in {"Mn", "Mc"}]  # fmt: skip
MARKS = _shape_of(_MARKS)
EVERY_MARK = frozenset(_MARKS)
ACCENTS = _shape_of(each for each in _MARKS if is_accent(each))
# Those without which a word is another, in their order.
SIGNS = tuple(each for each in _MARKS if not is_accent(each))
# A letter with its marks, of which words are made.
LETTER = rf"(?:[^\W\d_][{MARKS}]*+)"
