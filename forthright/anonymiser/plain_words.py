"""Words in small letters without accents, so that two spellings of a name can be compared."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from forthright.anonymiser.reading import AS_LETTERS

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")
LETTERS_TOO = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ı": "i",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ð": "d",
    "þ": "th",
}
# A shorter word is compared as it is: a slip would make another word of it.
LEAST_MISSPELT = 5
LEAST_CUT = 6
# Not “We’ll” for Westhill.
CUT = re.compile(
    r"(?P<first>[^\W\d_]{1,5})['’](?!(?:ll|re|ve)\b)(?P<last>[^\W\d_]{2,})(?:['’]s?)?",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)  # the same words are compared with each name of a case
def as_plain(word: str) -> str:
    """Return a word in small letters, without accents and apostrophes, to be compared."""
    small = POSSESSIVE.sub("", word).casefold()
    if small.isascii():
        return small.replace("'", "")
    changed = "".join(LETTERS_TOO.get(each, each) for each in small)
    # A vowel sign of India is no accent: without it the name is another.
    signed = unicodedata.normalize("NFC", changed).translate(AS_LETTERS)
    split = unicodedata.normalize("NFKD", signed)
    return "".join(each for each in split if each.isalnum())


def has_capital(word: str) -> bool:
    """Say whether a word begins with a capital, or with a letter of which there is but one size."""
    return word[:1].isalpha() and word[0] == word[0].upper()


def is_cut(word: str, plain: str) -> bool:
    """Say whether a word is a name with its middle left out: “K'minster”, “B’ham”, “L'pool”."""
    cut = CUT.fullmatch(word)
    if cut is None:
        return False
    first, last = as_plain(cut["first"]), as_plain(cut["last"])
    return (
        len(first + last) < len(plain) >= LEAST_CUT
        and plain.startswith(first)
        and plain.endswith(last)
    )


def standing(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Yield where names stand as words of their own, the first and the longest before others.

    The same as a pattern of them all would find, which would take longer to make than to use.
    """
    found: list[tuple[int, int]] = []
    for name in names:
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not (_is_within(text, start - 1) or _is_within(text, end)):
                found.append((start, end))
            start = text.find(name, start + 1)
    told = 0
    for start, end in sorted(found, key=lambda place: (place[0], -place[1])):
        if start >= told:
            told = end
            yield start, end


def _is_within(text: str, place: int) -> bool:
    """Say whether a word goes on at a place."""
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] == "_")
