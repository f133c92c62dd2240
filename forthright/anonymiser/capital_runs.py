"""Cuts the capitals of a letter into names: “The Moon under Water”, “Right Move Removals”.

Within a sentence English writes a capital only where something is named, so every capital there is
taken for a name, unless it is on a closed list: roles, courts, laws, services, days. Where a
sentence or a line begins every word has a capital; there one word alone is a name if English does
not know it in small letters.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from forthright.anonymiser.capital_words import (
    CALENDAR,
    POSSESSIVE,
    as_small,
    is_edge,
    is_ordinary,
    listed,
    stays,
)
from forthright.anonymiser.titles import GO_ON, NAME, listed_names
from forthright.rules.letter_checks.spelling import common_words

SPACE = r"[ \u00a0]"
JOIN = (
    r"(?:and|&|\+|of|the|upon|under|on|in|next|le|la|les|y|yr|de|du|des|cum|sub|super|o['’]|"
    r"['’]?n['’]?|en|with|for|to|by|at)"
)
TOKEN = rf"(?:[A-Z]&\w+|(?:St|Ste|Mt)\.(?={SPACE})|{NAME}(?:['’](?={SPACE}[A-Z]))?)"
RUN = re.compile(rf"(?<![\w’'-]){TOKEN}(?:{SPACE}(?:{JOIN}{SPACE}){{0,2}}{TOKEN}){{0,8}}")
WORD = re.compile(TOKEN)
# Joins that stand between two names oftener than within one: “Cash for Gold”, but “Hull to Goole”.
LOOSE = re.compile(r"\b(?:with|for|to|by|at)\b")
# What leads from an offence to where it was and to whom it was done.
WHERE = re.compile(r"\b(?:of|in|on|with|for|to|by|at)\b")
TWO = re.compile(r"\b(?:and|of|in|on|with|for|to|by|at)\b|&|\+")
BEGINS = re.compile(
    r"(?:^|\n)[ \t]*(?:(?:[-–—•*·]|\(?\w{1,2}[.)])[ \t]+)?[“\"‘'(\[]?$|"
    r"(?:[\t:|•]|[.?!][\"”’)\]]?)[ \u00a0]*[“\"‘'(\[]?$|[“\"‘]$"
)
# What follows “at Dr Gray’s”, and does not follow “Gray’s wife”.
NO_NOUNS = (
    "and|or|but|nor|with|on|in|at|by|for|to|from|about|into|over|against|when|where|who|while|too|"
    "again|twice|yesterday|today|last|this|during|under|through|he|she|it|they|you|we|that|which|"
    "as|is|was|has|had|will|would|can|said|says|told|were|before|after|until|since|because|if|so|"
    "then|near|office|could|should|may|might|must|did|does|do|rang|lost|gave|kept|sent|sold|held|"
    "took|went|came|left|found|made|have|be|are|[a-z]{2,}ed"
)
NO_NOUN = re.compile(rf"['’]s(?=[^\w ]|[ \u00a0]?$|[ \u00a0](?:{NO_NOUNS})\b|[ \u00a0]\W)")
NUMBER_AFTER = re.compile(rf"[ \u00a0]\d{{1,3}}[a-z]?(?=[^\w ]|$|[ \u00a0](?:{NO_NOUNS})\b)")
SAINTLY = frozenset({"dr", "doctor", "father", "fr", "mr", "mrs", "ms", "miss", "nurse", "sir"})
OWNING = frozenset({"my", "our", "your", "her", "his", "their"})
IsPerson = Callable[[int, int], bool]


@dataclass(frozen=True, slots=True)
class Word:
    """A word with a capital: its place, and whether what it is says nothing.

    `ends_name` says that nothing follows which its “’s” would own, `goes_on` that what says nothing
    goes on with the next word: “Threats to Kill”.
    """

    start: int
    end: int
    said: str
    is_kept: bool
    ends_name: bool = False
    goes_on: bool = False

    @property
    def small(self) -> str:
        """Return the word in small letters, without what makes it possessive."""
        return as_small(self.said)

    @property
    def stays(self) -> bool:
        """Say whether the word names nothing by itself."""
        return self.is_kept or stays(self.said)

    @property
    def is_trimmed(self) -> bool:
        """Say whether the word is no part of a name that stands beside it."""
        return self.is_kept or is_edge(self.said)


@dataclass(frozen=True, slots=True)
class Run:
    """Words with capitals that make one name, and whether they begin a sentence or a line."""

    words: tuple[Word, ...]
    begins: bool


def is_owning_nothing(text: str, end: int) -> bool:
    """Say whether a name ends in a “’s” after which nothing is said that it owns."""
    return NO_NOUN.match(text, max(0, end - 2)) is not None or text[end - 1 : end] in {"'", "’"}


def begins_at(text: str, start: int) -> bool:
    """Say whether a sentence, a line or a label begins at a place."""
    return start == 0 or BEGINS.search(text, max(0, text.rfind("\n", 0, start)), start) is not None


def is_heading(text: str, place: int) -> bool:
    """Say whether a line is written in capitals alone, or with one on each word that tells."""
    first = text.rfind("\n", 0, place) + 1
    last = text.find("\n", place)
    line = text[first : last if last >= 0 else None].strip()
    if line.isupper():
        return True
    words = re.findall(r"[^\W\d_][\w’'-]*", line)
    is_open = line[-1:] not in {".", ",", ";"} and len(words) > 1
    return (
        is_open
        and all(each[0].isupper() or re.fullmatch(JOIN, each) or each == "a" for each in words)
        and all(is_ordinary(each) for each in words)
        and words[-1].lower() not in listed("streets") | listed("establishments")
        and any(each.lower() in GO_ON - {"the", "of", "in", "on", "and"} or stays(each)
                for each in words)
    )  # fmt: skip


def runs_of(text: str, kept: bytearray, is_person: IsPerson) -> Iterator[Run]:
    """Yield the names that capitals make, without the roles and days at their ends."""
    for match in RUN.finditer(text):
        begins = begins_at(text, match.start())
        words = [
            Word(
                at.start(),
                at.end(),
                at[0],
                all(kept[at.start() : at.end()]),
                POSSESSIVE.search(at[0]) is not None and is_owning_nothing(text, at.end()),
                any(kept[at.end() : at.end() + 1]),
            )
            for at in WORD.finditer(text, match.start(), match.end())
            if as_small(at[0]) != "i"
        ]
        for number, part in enumerate(_parts(text, words, is_person, begins=begins)):
            run = _trimmed(part, begins=begins and number == 0, is_person=is_person)
            if run:
                yield run


def _parts(
    text: str, words: list[Word], is_person: IsPerson, *, begins: bool
) -> Iterator[list[Word]]:
    part = words[:1]
    for before, word in pairwise(words):
        between = text[before.end : word.start]
        if TWO.search(between) and (
            _is_next_charge(text, between, word)
            or _are_two(between, part, word, is_person, begins=begins and part[0] is words[0])
        ):
            yield part
            part = []
        part.append(word)
    yield part


def _is_next_charge(text: str, between: str, word: Word) -> bool:
    """Say whether an offence follows with where it was: “in Leeds and Affray in Hull”."""
    leads = word.goes_on or WHERE.match(text, word.end + 1)
    return between[1:-1] == "and" and word.is_kept and bool(leads)


def _are_two(
    between: str, part: list[Word], word: Word, is_person: IsPerson, *, begins: bool
) -> bool:
    """Say whether “and”, “of” or the like stands between two names and not within one."""
    before = part[-1]
    # “Burglary in Leeds”, “Threats to Kill”; not “Riot and Roses”.
    if all(each.is_kept for each in part) and WHERE.search(between):
        return not before.goes_on
    has_the = part[0].said == "The"
    if has_the and not part[0].is_kept:
        return False
    # “St Luke in the Fields”.
    is_saint = len(part) > 1 and part[-2].small in {"st", "st.", "saint"}
    if is_saint and " the" in between:
        return False
    # “Guy’s and St Thomas’”.
    is_person_before = is_person(before.start, before.end) and not before.ends_name
    told = [each for each in part if not is_edge(each.said) and each.said != "The"]
    opens = begins and len(part) == 1 and before.small in listed("openers") | GO_ON
    return (
        is_person_before
        or is_person(word.start, word.end)
        or (is_edge(before.said) and not has_the)
        or is_edge(word.said)
        or ("of" not in between and len(told) > 1 and all(each.stays for each in told))
        or before.small in CALENDAR
        or opens
        or (LOOSE.search(between) is not None
            and not (is_ordinary(before.said) and is_ordinary(word.said)))
    )  # fmt: skip


def _trimmed(part: list[Word], *, begins: bool, is_person: IsPerson) -> Run | None:
    """Return a run without what begins a sentence and without roles at its ends."""
    words = list(part)
    if begins:
        words, begins = _without_openers(words, is_person)
    while words and _goes(words):
        del words[0 : 1 + (words[0].said == "The")]
        begins = False
    while words and words[-1].is_trimmed and not _is_of(words[-2:]):
        words.pop()
    # “City Hospital” is made of words that name nothing by themselves.
    is_closed = len(words) > 1 and (words[-1].small in listed("closers") or _is_of(words[-2:]))
    is_built = not begins and is_closed
    is_named = any(not each.stays and each.said != "The" for each in words)
    if is_named or (is_built and not is_edge(words[0].said)):
        return Run(tuple(words), begins)
    return None


def _without_openers(words: list[Word], is_person: IsPerson) -> tuple[list[Word], bool]:
    """Return words without those that begin a sentence, and whether the first still does."""
    openers = listed("openers") | listed("before names") | GO_ON
    begins = True
    is_opener = bool(words) and words[0].small in openers and words[0].said != "The"
    if is_opener and words[0].small in listed("before names") and len(words) > 1:
        # “Sadly Marsden”, “Robbing Ms Osei”; “Breaking Bread” may be a firm.
        follows = words[1]
        is_opener = (
            is_person(follows.start, follows.end)
            or is_edge(follows.said)
            or follows.small in listed_names()
            or not is_ordinary(follows.said)
        )
    if is_opener and not _counts(words, is_person):
        words, begins = words[1:], False
    if len(words) < 2:
        return words, begins
    if words[0].said == "The":
        # The second word of a sentence has a capital for itself.
        return words, begins and words[1].start - words[0].end > 1
    are_people = all(is_person(each.start, each.end) for each in words[1:])
    if begins and are_people and words[0].small in common_words():
        return words[1:], begins
    return words, begins


def _counts(words: list[Word], is_person: IsPerson) -> bool:
    """Say whether a name begins with a word that begins sentences too: “One Stop”, “Your Move”."""
    if len(words) < 2 or words[1].start - words[0].end > 1:
        return False
    after = words[1]
    if after.stays or is_person(after.start, after.end):
        return False
    small = words[0].small
    return small in listed("counting") or (small in OWNING and is_ordinary(after.said))


def _is_of(words: list[Word]) -> bool:
    """Say whether a country ends a name: “Heart of England”."""
    return (
        len(words) == 2
        and words[1].start - words[0].end == len(" of ")
        and words[1].is_kept
        and not is_edge(words[1].said)
        and not words[0].is_trimmed
    )


def _goes(words: list[Word]) -> bool:
    """Say whether a name does not begin with the first of its words; “The” goes with the next."""
    rest = words[words[0].said == "The" :]
    if not rest or not rest[0].is_trimmed:
        return False
    # “The Crown and Cushion”, “Dr Gray’s”.
    is_joined = len(rest) > 1 and rest[1].start - rest[0].end > 1 and not rest[0].goes_on
    is_sign = len(rest) > 1 and rest[1].small in {"arms", "head", "tavern", "inn"}
    return not (
        is_joined or is_sign or (rest[0].small in SAINTLY and len(rest) == 2 and rest[1].ends_name)
    )
