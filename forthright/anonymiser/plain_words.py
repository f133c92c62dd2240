"""Words in small letters without accents, so that two spellings of a name can be compared."""

import re
import unicodedata
from functools import lru_cache

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


@lru_cache(maxsize=20_000)  # the same words are compared with each name of a case
def as_plain(word: str) -> str:
    """Return a word in small letters, without accents and apostrophes, to be compared."""
    small = POSSESSIVE.sub("", word).casefold()
    if small.isascii():
        return small.replace("'", "")
    changed = "".join(LETTERS_TOO.get(each, each) for each in small)
    split = unicodedata.normalize("NFKD", changed)
    return "".join(each for each in split if each.isalnum())
