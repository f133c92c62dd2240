"""Known names of two letters with a capital: “Ng” is a name anywhere, “An” where no word could be.

Within a sentence the capital tells. Where a sentence begins each word has one: there the words that
follow tell. No article stands before “told”, and nobody’s “My” before “said nothing”; after “He”
they tell nothing, and a person is asked.
"""

import re
from enum import Enum
from functools import lru_cache

from forthright.anonymiser.capital_runs import begins_at
from forthright.anonymiser.known import KnownPerson
from forthright.anonymiser.name_stands import NO_NAMES, begins_title
from forthright.anonymiser.plain_words import POSSESSIVE, WORD, as_plain

TWO = 2
# The words of two letters with which a sentence of a letter may begin.
ENGLISH = frozenset(
    {"am", "an", "as", "at", "be", "by", "co", "do", "ex", "go", "he", "hi", "id", "if", "in", "is",
     "it", "me", "my", "no", "of", "oh", "ok", "on", "or", "re", "so", "to", "up", "us", "we"}
)  # fmt: skip
# What stands before a family name and in names of places: “de la Cruz”, “Le Havre”.
PARTICLES = frozenset(
    {"al", "ap", "da", "de", "di", "do", "du", "el", "il", "la", "le", "te", "ud", "ul", "ur"}
)
# What somebody did, or does; of each word it is left out what may follow it as a word.
DID = (
    "asked|ate|became|began|bought|brought|came|chose|did|drove|fell|felt|fled|forgot|found|gave|"
    "got|grew|had|heard|held|hid|kept|knew|left|lied|lived|lost|made|meant|met|paid|ran|rang|said|"
    "sat|saw|sent|shook|showed|slept|sold|spent|spoke|stood|stole|struck|swore|taught|threw|told|"
    "took|tried|understood|was|went|woke|wore|wrote"
)
DOES = (
    "believes|brings|comes|does|feels|gets|gives|goes|has|is|keeps|knows|lives|makes|remembers|"
    "says|suffers|takes|tells|thinks|wants|writes"
)
# Written as other words are: “to saw”, “my left hand”, “my paid work”.
BASE = ("left", "saw", "felt", "fell", "found", "held", "lost", "spent", "lied")
ALSO_ADJECTIVES = ("made", "sent", "paid", "meant", "kept")
# Not told from what they are of somebody: “do hit back”, “my hurt”.
AND_PRESENT = ("died", "hit", "hurt")
MAY = "can|could|may|might|must|should|will|would"
# “Also told”, “never said”.
ADVERB = (
    r"(?:(?:also|always|again|first|initially|just|later|never|now|often|only|still|then)\s+"
    r"(?:was\s+)?)?"
)
OBJECT = (
    r"\s+(?:a|about|after|an|at|because|before|by|for|from|he|her|him|his|how|in|into|it|me|"
    r"my|no|nothing|on|our|out|she|that|the|their|them|they|this|to|up|us|what|when|where|with|"
    r"you|your)\b"
)
# “Agreed that”, not “an agreed form” nor “need”.
ENDED = (
    rf"(?!need|proceed|feed|exceed|succeed|speed|embed|shed\b|wed\b|called)[a-z]{{2,}}ed{OBJECT}"
)
WHO = r",?\s+(?:who|whose|whom)\b"
SOMEBODY = (
    r"and\s+(?:you|your|he|she|his|her|they|their|we|our|i|the|an?|(?-i:[A-Z])\w+)\b|"
    rf"{WHO}|\((?:your|his|her|aged)\b|,\s+(?:aged\s+)?\d"
)
JOINED = r"(?:and|as|at|in|on|or)\b(?!-)"
NOWHERE = r"(?!)"
# “So was the victim”, “so did he”.
INVERTED = (
    r"\s+(?:(?-i:[A-Z])|(?:an?|he|her|his|i|it|my|our|she|that|the|their|there|these|they|this|"
    r"those|we|you|your|every\w+|all|both|some|many|no|none|nobody)\b)"
)
OWNED = (
    r"(?:account|brother|car|case|daughter|death|evidence|family|father|house|injuries|lawyer|"
    r"mother|name|phone|sister|solicitor|son|statement|wife|words)\b"
)
# A capital after a dash, in brackets or where a long line was broken may begin something or not.
HALF_BEGINS = re.compile(r"[(–—;-]\s?\Z")
BROKEN_LINE = re.compile(r"[^\n]{40,}(?<![.?!:;\s])[ \t]*\n[ \t]*\Z")
FITS = 200
CAPITAL = re.compile(r"[ \u00a0][A-Z]")
# What a person is told who is asked.
MAY_BE = "a word that may be"


class Told(Enum):
    """What a known name of two letters is in its place."""

    NAME = "name"
    ASKED = "asked"
    WORD = "word"


def _any(*words: str) -> str:
    return rf"{ADVERB}(?:{'|'.join(words)})\b"


def _but(words: str, *left_out: str) -> str:
    return "|".join(each for each in words.split("|") if each not in left_out)


def _with_object(*verbs: str) -> str:
    return rf"(?:{'|'.join(verbs)})\s+(?:a|an|him|her|it|me|nothing|that|the|us|you|your)\b"


# Of each word: after what it is a name, and after what somebody is asked. The rest are words.
AFTER: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # An article stands before a vowel or a silent “h”.
    "an": (
        (_any(DID, DOES, MAY, *AND_PRESENT), rf"(?!alleged){ENDED}", SOMEBODY, JOINED),
        (r"(?-i:[b-df-gj-np-tv-z][a-z]+\b)",),
    ),
    "my": (
        (
            _any(_but(DID, *BASE, *ALSO_ADJECTIVES), DOES, "could", "would", "should", "must"),
            r"(?:never|also)\b",
            ENDED,
            SOMEBODY,
            _with_object(*BASE, *ALSO_ADJECTIVES),
        ),
        (_any(MAY, *BASE, *ALSO_ADJECTIVES, *AND_PRESENT), r"and\b"),
    ),
    "do": (
        (
            _any(_but(DID, *BASE), DOES, "died", "could", "would", "should"),
            ENDED,
            SOMEBODY,
            _with_object("left", "saw", "felt", "fell", "found", "held", "lost", "hit"),
        ),
        (_any(MAY, *BASE, *AND_PRESENT), r"and\b(?!\s+don)"),
    ),
    "to": (
        (_any(_but(DID, *BASE), DOES, "died", "could", "would", "should"), ENDED, SOMEBODY),
        (_any(MAY, *BASE, *AND_PRESENT), r"and\b(?!\s+fro)"),
    ),
    "so": (
        (
            rf"{_any(_but(DID, 'did'), _but(DOES, 'does'), MAY)}(?!{INVERTED})",
            r"(?:did|does)\s+not\b",
            r"(?:told|gave|asked|took|kept|rang|met)\b",
            WHO,
        ),
        (_any(DID, DOES, MAY, *AND_PRESENT), ENDED, SOMEBODY),
    ),
    "he": (
        (OWNED,),
        (_any(DID, DOES, MAY, *AND_PRESENT, "[a-z]{2,}ed"), SOMEBODY),
    ),
    "we": ((_any(_but(DOES, "lives"), "was"),), (r"(?:told|said|gave|asked|rang)\b", SOMEBODY)),
    "it": ((), (r"(?:told|said|asked|rang|wrote|gave)\b",)),
    "no": (
        (_any(_but(DID, *BASE, "paid", "sent", "was", "did", "had"), _but(DOES, "is")), ENDED),
        (_any(DID, "is", MAY, *AND_PRESENT), SOMEBODY),
    ),
    **dict.fromkeys(
        ("me", "us", "go"), ((_any(DID, DOES), ENDED), (_any(MAY, *AND_PRESENT), SOMEBODY))
    ),
}
OTHERS: tuple[tuple[str, ...], tuple[str, ...]] = (
    (),
    (_any(DID, DOES, MAY, *AND_PRESENT), ENDED, SOMEBODY),
)
# “He’s” and “it’s” are short for what he and it are.
SHORTENED = frozenset({"he", "it"})
IN_DOUBT = frozenset({"so", "do"})
# “To: the court”, “Re: your case”.
LABELS = frozenset({"by", "id", "re", "to"})


@lru_cache(maxsize=100)
def _after(plain: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    name, asked = (re.compile(rf"\s*(?:{'|'.join(each)})" if each else NOWHERE, re.IGNORECASE)
                   for each in AFTER.get(plain, OTHERS))  # fmt: skip
    return name, asked


@lru_cache(maxsize=5_000)
def names_of_two(person: KnownPerson) -> frozenset[str]:
    """Return the names of two letters that somebody is called by alone, and no “de” of a name."""
    found = set()
    for written in (person.given, person.family, *person.also):
        words = [as_plain(each) for each in WORD.findall(written.replace("-", " "))]
        found |= {
            each
            for each in words
            if len(each) == TWO and (len(words) == 1 or each not in PARTICLES)
        }
    return frozenset(found) - NO_NAMES


def told_as(text: str, word: re.Match[str]) -> Told:
    """Say what a known name of two letters is in its place, by its capital and its neighbours."""
    bare = POSSESSIVE.sub("", word[0])
    plain = as_plain(bare)
    is_loud = bare.isupper() and _line_of(text, word.start()).isupper()
    is_label = plain in LABELS and text[word.end() : word.end() + 1] == ":"
    if is_label or not (bare.istitle() or is_loud):
        return Told.WORD
    if plain not in ENGLISH:
        goes_on = plain in PARTICLES and CAPITAL.match(text, word.end())
        return Told.ASKED if goes_on else Told.NAME
    return _told_by_place(text, word, plain, is_loud=is_loud)


def _told_by_place(text: str, word: re.Match[str], plain: str, *, is_loud: bool) -> Told:
    """Say what a word of English is: within a sentence a name, where one begins by what follows."""
    before = text[max(0, word.start() - FITS) : word.start()]
    begins = begins_at(text, word.start())
    if BROKEN_LINE.search(before) or (HALF_BEGINS.search(before) and not begins):
        told = _at_beginning(text, word, plain)
        return Told.ASKED if told is Told.WORD else told
    if begins or is_loud:
        return _at_beginning(text, word, plain)
    return Told.ASKED if begins_title(text, word.end()) else Told.NAME


def _line_of(text: str, place: int) -> str:
    end = text.find("\n", place)
    return text[text.rfind("\n", 0, place) + 1 : end if end >= 0 else None]


def _at_beginning(text: str, word: re.Match[str], plain: str) -> Told:
    if word[0] != POSSESSIVE.sub("", word[0]) and plain not in SHORTENED:
        return Told.ASKED if plain in IN_DOUBT else Told.NAME
    is_name, is_asked = _after(plain)
    if is_name.match(text, word.end()):
        return Told.NAME
    return Told.ASKED if is_asked.match(text, word.end()) else Told.WORD
