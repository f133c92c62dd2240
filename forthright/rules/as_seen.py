"""Words as whoever looks at a page sees them, decided once for all that the police send.

A program may write one letter for “fi”, a letter of double width, or a character that nobody sees
in the middle of a word, and break a word at the end of a line. For a reader these are plain words;
a search for “informant” would pass them by.
"""

import re
from functools import cache
from importlib.resources import files
from unicodedata import normalize

from forthright.rules.unseen_characters import JOINERS, UNSEEN

# Letters of one piece, of double width and of other faces, which read as the plain ones
# (Unicode 15.0: Alphabetic Presentation Forms, Halfwidth and Fullwidth Forms, Mathematical
# Alphanumeric Symbols). Others, such as "½" and "m²", would read otherwise if taken apart.
_FACES = re.compile("[\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff]")
# Hyphens that look like the one of the keyboard; a dash between words is none.
_HYPHENS = re.compile("[\u2010\u2011\u2012\u2043\ufe63]")
_DROPPED = re.compile(f"[{''.join(sorted(UNSEEN | JOINERS))}]")
# One that shows: at the end of a line.
_SOFT_AT_END = re.compile("\u00ad(?=[ \\t]*\n)")
# What is no character of any writing: control characters but for those that part lines and words.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
# Neither characters nor to be kept in a file of XML: halves of one, and what Unicode sets aside.
_NONE = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Short forms of police papers that may be written with a full stop after each letter.
_SHORT = frozenset({"ABE", "ANPR", "BWC", "BWF", "BWV", "CAD", "CCTV", "CHIS", "CPS", "DVD", "LIO",
                    "NPAS", "PII", "PNC", "RIPA", "ROTI", "SDC", "VRI"})  # fmt: skip
_DOTTED = re.compile(r"(?<![\w.])(?:[A-Z] ?\. ?){2,4}[A-Z]\b(\.?)(?!\w)", re.IGNORECASE)
# A word that a line breaks off in lower case, and how the next one begins.
_BROKEN = re.compile(r"(?:^|(?<=[\s(“\"'‘/]))([^\W\d_]+)-$")
_BEGUN = re.compile(r"^[^\W\d_]+")
_BETWEEN_LINES = re.compile(r"([^\W\d_]+)-[ \t]*\n[ \t]*([^\W\d_]+)(\S*)(?:[ \t]*\n|[ \t]*)")
# The first halves that keep their hyphen where the whole is no word that is known.
_KEPT = frozenset({
    "anti", "body", "by", "co", "cross", "cut", "dash", "de", "door", "drive", "e", "eye", "ex",
    "first", "five", "follow", "four", "hand", "high", "house", "long", "low", "mid", "multi",
    "non", "not", "on", "one", "post", "pre", "pro", "re", "self", "semi", "short", "so", "tape",
    "three", "two", "video", "visually", "well", "x",
})  # fmt: skip


def as_seen(text: str) -> str:
    """Return a text in the letters that a reader takes it for, without what nobody sees.

    Its lines stay as they are. What is no character of any writing goes; where it stood between
    two words a blank does.
    """
    if not text.isascii():
        text = _SOFT_AT_END.sub("-", text)
        text = _NONE.sub("", _DROPPED.sub("", text.replace("\u00a0", " ")))
        text = _HYPHENS.sub("-", _FACES.sub(lambda found: normalize("NFKC", found[0]), text))
    return _DOTTED.sub(_without_stops, _CONTROLS.sub(" ", text))


def joined(above: str, below: str) -> str:
    """Return two lines as one, with a word whole that was broken at the end of the first.

    The hyphen goes where a word that is known, or two pieces of none, come of it; “body-worn”
    keeps its own. Both lines are as they are seen.
    """
    if not above or not below:
        return above or below
    broken = _BROKEN.search(above)
    begun = _BEGUN.search(below)
    if broken is None or begun is None or not begun[0].islower():
        return f"{above} {below}"
    is_whole = _is_one_word(broken[1], begun[0])
    return (above[:-1] if is_whole else above[:-1] + "-") + below


def with_whole_words(text: str) -> str:
    """Return a text in which no word is broken at the end of a line; what followed moves up."""

    def mended(found: re.Match[str]) -> str:
        first, second, rest = found.groups()
        if not second.islower():
            return found[0]
        return f"{first}{'' if _is_one_word(first, second) else '-'}{second}{rest}\n"

    return _BETWEEN_LINES.sub(mended, text)


def _without_stops(found: re.Match[str]) -> str:
    letters = "".join(filter(str.isalpha, found[0]))
    if letters.upper() not in _SHORT:
        return found[0]
    rest = found.string[found.end() :]
    # Its last full stop may end a sentence as well.
    return letters + (found[1] if re.match(r"\s+[A-Z]", rest) else "")


def _is_one_word(first: str, second: str) -> bool:
    words = plain_words()
    whole = f"{first}{second}".lower()
    if f"{first}-{second}".lower() in words:
        return False
    if whole in words:
        return True
    if first.lower() in _KEPT:
        return False
    return not (first.lower() in words and second.lower() in words)


@cache
def words_listed(name: str) -> frozenset[str]:
    """Return the words of a list of plain words that needs no dictionary, in small letters."""
    text = files("forthright.rules").joinpath(f"data/{name}").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word.lower() for line in lines for word in line.split())


@cache
def plain_words() -> frozenset[str]:
    """Return the plain words that are known without a dictionary, in small letters."""
    return words_listed("letter_words.txt") | words_listed("police_words.txt")
