"""Words of other scripts than ours: in a letter in English each of them is taken for a name.

“Your sister ਜਸਲੀਨ ਕੌਰ”: no list has them, no capital tells them, and the model has read none.
"""

import re
from collections.abc import Iterator

from forthright.anonymiser.plain_words import WORD
from forthright.anonymiser.spans import Found, Kind, Layer

BECAUSE = "a word of another script, which may be a name"
# Every letter but those of Latin, its signs of sound, and what only looks otherwise: “ﬁ”, “Ａ”.
LETTER = re.compile(
    "[^\\W\\d_\u0000-\u02ff\u1d00-\u1dbf\u1e00-\u1eff\u2071-\u214f\u2c60-\u2c7f\ua720-\ua7ff"
    "\uab30-\uab6f\ufb00-\ufb06\uff21-\uff5a\U0001d400-\U0001d7ff]"
)
# By one letter of Greek nobody is named, but measures are: “5 μg”, “π”.
A_MEASURE = re.compile(r"[\u0370-\u03ff][a-zA-Z]?")


def is_of_another_script(word: str) -> bool:
    """Say whether a word has a letter that is none of ours."""
    return not word.isascii() and LETTER.search(word) is not None


def words_in_other_scripts(text: str) -> Iterator[Found]:
    """Yield each word of another script."""
    for match in WORD.finditer(text) if is_of_another_script(text) else ():
        if is_of_another_script(match[0]) and not A_MEASURE.fullmatch(match[0]):
            yield Found(*match.span(), Kind.PERSON, Layer.TITLE, 0.9, because=BECAUSE)
