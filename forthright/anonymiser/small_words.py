"""Words in small letters that a known name or place is spelt like: “a baker”, “sings in a choir”.

Somebody who writes in haste writes names in small letters, so that a known name is hidden in them
too. But where it is a word of the sentence by what stands around it, to put somebody of the case
there would be false: it is left, and a person is asked to look at it.
"""

import re
from functools import lru_cache

from forthright.rules.letter_checks.name_words import is_also_word
from forthright.rules.letter_checks.spelling import common_words, dictionary, is_small_word

# What stands before a noun. Not “that”, “her” and “no”, after which a name may follow as well:
# “he said that baker hit me”; nor “A”, which begins a name: “A baker”.
BEFORE_NOUN = re.compile(
    r"(?<![\w’'-])(?:an?|[Tt]he|[Tt]hese|[Tt]hose|[Ee]very|[Aa]nother|[Ss]everal|[Tt]wo|[Tt]hree|"
    r"[Yy]our|[Hh]is|[Oo]ur|[Tt]heir|[Mm]y)\s+"
    r"(?:(?:only|local|village|nearby|nearest|trained|qualified|retired|former|professional|"
    r"self-employed|apprentice|master|good|great|two|three)\s+)?$"
)
# Those who have a name in common: “the baker boys”.
OF_A_NAME = re.compile(
    r"\s+(?:famil(?:y|ies)|brothers?|sisters?|twins|boys?|girls?|lads?|lass(?:es)?|household|"
    r"children|kids|lot|clan|crew|gang|parents|couple|house|home|residence|case|trial|matter)\b"
)
# What leads to somebody, and what somebody does.
LEADS_TO_NAME = re.compile(
    r"(?<![\w’'-])(?:told|asked|rang|met|saw|seen|called|named|against|with|by|from|of|to|thanks?|"
    r"visited|phoned|and i|know|knew|dear|hi|hello|about|mrs?|ms|miss|dr|pc|dc)\.?\s+$",
    re.IGNORECASE,
)
DOES = re.compile(
    r"\s+(?:told|said|says|rang|asked|wrote|was|is|has|had|gave|saw|came|hit|did|went|got|took|"
    r"kicked|punched|pushed|kept|started|made|lives?|lived|tried|threatened)\b"
)
LEADS_TO_PLACE = re.compile(
    r"(?:,|(?<![\w’'-])(?:in|at|from|near|to|around|outside|towards|of|into|left|leaving|reached|"
    r"central|west|east|north|south|old|new|left for))\s+$",
    re.IGNORECASE,
)
# What the verb that is written like a place goes on with: “from reading your letter”.
GOES_ON = re.compile(
    r"\s+(?:the|an?|your|his|her|their|our|my|this|that|these|those|it|them|about|through|out|up|"
    r"into|all|any|some|what|how|more|(?<=deal )with)\b"
)
# “the bath crown court”, “along reading road”.
IN_A_PLACE = re.compile(
    r"\s+(?:crown|magistrates|county|court|police|station|city|town|council|road|street|lane|"
    r"hospital|university|college|prison|festival|centre|area)\b"
)
# Where a sentence begins, small letters say that the whole of it is in them.
BEGINS = re.compile(r"(?:\A|[.!?:;•|–—*]|\n[ \t]*\n|[.!?:;,]\n)[\s\"'“‘(]*\Z")
# A whole letter in small letters: most of its sentences begin with one.
STARTS = re.compile(r"[.!?]\s+(?:(?P<small>[^\W\d_A-Z])|[A-Z])")
FITS, SHORT_LINE = 40, 3


@lru_cache(maxsize=16)
def _is_all_small(text: str) -> bool:
    """Say whether a text is written in small letters, so that they tell no word from a name."""
    starts = [match["small"] is not None for match in STARTS.finditer(text)]
    return sum(starts) * 2 > len(starts)


def _fills_line(text: str, start: int, end: int) -> bool:
    """Say whether a word stands on a line of few words, as in an address or above a signature."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    line = text[first : last if last >= 0 else None]
    return last >= 0 and first > 0 and len(line.split()) <= SHORT_LINE and line.islower()


@lru_cache(maxsize=20_000)
def _is_english(plain: str) -> bool:
    """Say whether English has a word; where the machine has no dictionary, only what lists hold."""
    if plain in common_words() or is_also_word(plain):
        return True
    return dictionary() is not None and is_small_word(plain)


def is_word_here(text: str, start: int, end: int, plain: str, *, is_exact: bool) -> bool:
    """Say whether a word in small letters is one of its sentence, and nobody's name.

    `is_exact` says that it is spelt as the name is. One with a slip in it (“sings”) is a name only
    where something around it leads to one.
    """
    if not text[start:end].islower() or OF_A_NAME.match(text, end) or not _is_english(plain):
        return False
    if _is_all_small(text) or _fills_line(text, start, end):
        return False
    first = max(0, start - FITS)
    if BEFORE_NOUN.search(text, first, start):
        return True
    if is_exact or BEGINS.search(text[first:start]):
        return False
    return not (LEADS_TO_NAME.search(text, first, start) or DOES.match(text, end))


def is_no_place_here(text: str, start: int, end: int) -> bool:
    """Say whether a word in small letters is no place, as it is known: “reading a book”."""
    said, first = text[start:end], max(0, start - FITS)
    if not (said.isalpha() and said.islower() and _is_english(said)):
        return False
    if _is_all_small(text) or _fills_line(text, start, end):
        return False
    if BEGINS.search(text[first:start]) or IN_A_PLACE.match(text, end):
        return False
    leads = LEADS_TO_PLACE.search(text, first, start) is not None
    return not leads or GOES_ON.match(text, end) is not None
