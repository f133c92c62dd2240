"""What some words tell that others hold too: a name, an address, or several words in a row.

Nobody marks names in a schedule. One is told by its capital letter and by what it is not: a word
of every day, an office, a make, a short form, or an officer behind a rank.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import takewhile

from forthright.rules.as_seen import words_listed
from forthright.rules.disclosure_management import SMALL
from forthright.rules.letter_checks.given_names import given_names
from forthright.rules.letter_checks.spelling import common_words, dictionary
from forthright.rules.names_shared import (
    FIRST_WORDS,
    NO_NAMES,
    SHORTEST,
    WORD,
    as_name,
    capitals_in,
)
from forthright.rules.schedules.bundle import plain
from forthright.rules.schedules.descriptions import KNOWN, LABELS, acronyms_of
from forthright.rules.words import MONTHS

# As many telling words in a row of another description are no chance; half of them tell, and are
# none of those that every schedule is made of.
RUN, TELLING = 4, 2
# Of a text with a larger share of capitals, capitals tell nothing; in fewer words they still do.
MOST_CAPITALS, FEWEST_WORDS = 0.6, 4
# They are written with a capital, and name nobody: of streets, of bodies, and of makes.
NO_PERSON = frozenset({
    "adidas", "airport", "amazon", "android", "apple", "area", "asda", "athena", "audi", "avenue",
    "axon", "bench", "branch", "bridge", "bureau", "centre", "church", "city", "clinic",
    "close", "club", "college", "corsa", "council", "county", "court", "crescent", "crimestoppers",
    "district", "division", "drive", "dvla", "east", "facebook", "fiesta", "ford", "forensic",
    "gardens", "golf", "google", "grove", "high", "holmes", "honda", "hotel", "huawei",
    "infirmary", "instagram", "iphone", "ipad", "lane", "lidl", "limited", "ltd", "market",
    "mercedes", "messenger", "microsoft", "ministry", "motorola", "niche", "nike", "nokia",
    "north", "office", "operation", "parade", "park", "peugeot", "place", "post", "prison",
    "renault", "road", "royal", "samsung", "security", "shop", "signal", "snapchat", "sony",
    "south", "square", "station", "store", "storm", "street", "supermarket", "team", "telegram",
    "terrace", "tesco", "tiktok", "tower", "town", "toyota", "transit", "twitter", "university",
    "vauxhall", "village", "vodafone", "volkswagen", "volvo", "walk", "west", "whatsapp", "yard",
    "youtube", "constabulary", "prof", "professor", "doctor", "nurse", "sir", "lady", "co-op",
    "excel", "family", "liaison", "outlook", "word",
})  # fmt: skip
RANKED = re.compile(
    r"\b(?:[at]/)?(?:pcs?|dcs?|ps|ds|di|dci|dsu|det|wpc|wdc|pcsos?|insp|inspector|sgt|sergeant|"
    r"supt|superintendent|constable|csi|soco)\b\.?(?: no\.?)?(?: \d{2,6})? "
    r"([^\W\d_][\w'’-]+)(?: ([^\W\d_][\w'’-]+))?",
    re.IGNORECASE,
)
# Whoever is named behind these words may be a source, however many others name them.
POINTED = re.compile(
    r"\b(?i:sources?|informants?|informers?|chis|handlers?|code ?-?names?d?|pseudonym|alias|"
    r"householders?|occupiers?|identity of|(?:lent|given|told|provided|supplied|passed|received)"
    r"(?: to (?:us|police))? (?:by|from)|(?:information|intelligence) (?:from|by))[:,]?"
    r"(?: (?i:the|a|an|our|his|her|their|is|called|known as|householder|occupier|resident|"
    r"neighbour|source|informant|mr|mrs|ms|miss|dr)\.?)*"
    r"((?: [A-Z][\w'’-]+){1,3})"
)
# Behind these words stands a name, whatever its case.
NAMED = re.compile(r"\b(?:op|operation|mr|mrs|ms|miss)\b\.? ([a-z][\w'-]+)")
TWO_WORDS = re.compile(r"\b(?=([a-z][\w'-]+) ([a-z][\w'-]+))")
# A capital tells nothing of these: rows in capitals, and titles, have them too.
NEVER_ALONE = frozenset({
    *SMALL, "about", "after", "against", "arrival", "before", "between", "concerning", "dated",
    "day", "days", "during", "given", "how", "into", "kept", "made", "more", "over",
    "re", "regarding", "said", "saw", "seen", "since", "taken", "time", "times", "told", "until",
    "used", "week", "weeks", "whose", "why", "without",
})  # fmt: skip
STREETS = {"rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "ln": "lane",
           "cl": "close", "dr": "drive", "ct": "court", "cres": "crescent", "gdns": "gardens",
           "pl": "place", "sq": "square", "terr": "terrace"}  # fmt: skip
STREET = (
    r"(road|street|lane|avenue|close|drive|way|court|grove|terrace|crescent|gardens|place|square|"
    r"hill|walk|row|mews|view|parade|rd|st|ave|av|ln|cl|dr|ct|cres|gdns|pl|sq|terr)\b"
)
ADDRESS = re.compile(rf"\b(\d{{1,4}}[a-z]?),? ((?:[a-z'-]+ ){{1,3}}?){STREET}")
# Who lives there knows of the search; these words stand so near before an address.
NEAR = 60
SEARCHED = re.compile(r"\b(?:search\w*|warrants?)\b(?:(?!\bfrom\b|[.;]).)*$")
TOKEN = re.compile(r"[a-z][a-z'-]*[a-z]|[a-z]|\d+")


@dataclass(frozen=True, slots=True)
class Words:
    """A description as it is compared with another."""

    text: str
    # Words that stand as names: none of every day, with a capital that tells that they are, or
    # beside a word that does.
    names: frozenset[str] = field(init=False)
    # These and all that have a capital of which nothing is told: another may have them as names.
    maybe: frozenset[str] = field(init=False)
    # All that have a capital, wherever they stand.
    capitals: frozenset[str] = field(init=False)
    officers: frozenset[str] = field(init=False)
    pointed: frozenset[str] = field(init=False)
    addresses: frozenset[str] = field(init=False)
    # Those that are named only as searched, or to be searched.
    searched: frozenset[str] = field(init=False)
    runs: frozenset[tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        """Read what is compared once for all that it is compared with."""
        within, beginning = capitals_in(self.text)
        pointed = {word for each in POINTED.findall(self.text) for word in _before_more(each)}
        short = {plain(each) for each in acronyms_of(self.text)} - pointed
        marked = pointed | set(_beside_a_sign(self.text))
        named = marked if _is_shouted(self.text) else marked | within - short
        names = frozenset(
            word
            for word in words_in(self.text)
            if not _names_nobody(word) and (word in named or not _is_ordinary(word))
        )
        capitals = (within | beginning) - short
        addresses = [*_addresses_in(self.text)]
        found = {
            "names": names,
            "maybe": names | {word for word in capitals - NEVER_ALONE if not _names_nobody(word)},
            "capitals": frozenset(capitals),
            "officers": frozenset(_officers_in(self.text)),
            "pointed": frozenset(pointed),
            "addresses": frozenset(address for address, *_ in addresses),
            "searched": frozenset(
                address
                for address, *_ in addresses
                if all(is_searched for each, _, is_searched in addresses if each == address)
            ),
            "runs": frozenset(_runs_in(self.text)),
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    @property
    def tellings(self) -> Iterable[object]:
        """Return all by which it may tell what another does."""
        return (*self.maybe, *self.addresses, *self.runs)

    def told_with(self, other: "Words") -> Iterator[object]:
        """Yield what this and another tell both, what is least likely by chance first."""
        names = sorted(self._names_with(other))
        yield from (each for each in names if not _is_ordinary(each))
        yield from sorted((self.addresses & other.addresses) - (self.searched & other.searched))
        yield from (each for each in names if _is_ordinary(each))
        yield from sorted(self.runs & other.runs)

    def as_written(self, telling: object) -> str:
        """Return what it tells as its own words have it."""
        if isinstance(telling, tuple):
            return " ".join(telling)
        if telling in self.addresses:
            return next(words for each, words, _ in _addresses_in(self.text) if each == telling)
        found = (each for each in WORD.findall(self.text) if telling in set(_parts(each)))
        name = next(found, str(telling))
        # Of a street its whole name says more than the first word of it.
        of_street = re.search(rf"\b{re.escape(name)} {STREET}", self.text, re.IGNORECASE)
        return of_street[0] if of_street else name

    def _names_with(self, other: "Words") -> Iterator[str]:
        # A row in capitals, or full of names, says of none that it is one; the other row may.
        shared = (self.names & other.maybe) | (self.maybe & other.names)
        streets = {word for each in self.searched & other.searched for word in each.split()}
        known = (streets - self.pointed - other.pointed) | self.officers | other.officers
        for word in shared - known:
            has_capital = word in self.capitals or word in other.capitals
            if has_capital and not _is_of_two(word, self.text, other.text):
                yield word


@lru_cache(maxsize=20_000)
def words_of(text: str) -> Words:
    """Return a text as it is compared; it is compared with many."""
    return Words(text)


def words_in(text: str) -> set[str]:
    """Return the words of a text as names are compared, and the parts of those with a hyphen."""
    return {part for each in WORD.findall(text) for part in _parts(each)}


def _parts(word: str) -> Iterator[str]:
    name = as_name(word)
    yield name
    if "-" in name:
        yield from name.split("-")


@lru_cache(maxsize=20_000)
def _names_nobody(word: str) -> bool:
    """Say whether a word names nobody and no place, however it is written."""
    lists = (NO_NAMES, FIRST_WORDS, NO_PERSON, KNOWN, LABELS, words_listed("police_words.txt"))
    return len(word) < SHORTEST or any(word in each for each in lists)


@lru_cache(maxsize=20_000)
def _is_ordinary(word: str) -> bool:
    """Say whether a word is one of every day, so that its capital must tell that it is a name."""
    known = dictionary()
    return word in common_words() or (known is not None and known.knows(word))


def _is_shouted(text: str) -> bool:
    """Say whether so much of a text has capitals that they tell nothing."""
    if sum(map(str.isupper, text)) > sum(map(str.islower, text)):
        return True
    long = [word for word in WORD.findall(text) if len(word) > SHORTEST]
    capitals = sum(word[0].isupper() for word in long)
    return len(long) >= FEWEST_WORDS and capitals > MOST_CAPITALS * len(long)


def _before_more(words: str) -> set[str]:
    """Return the names behind a word that points at a source, without what is said of them.

    In a row in capitals all that follows has one.
    """
    first, *rest = words.split()
    return words_in(" ".join([first, *takewhile(lambda x: plain(x) not in NEVER_ALONE, rest)]))


def _beside_a_sign(text: str) -> Iterator[str]:
    """Yield what stands as a name whatever its case: behind a title, or two as a person has."""
    said = plain(text)
    yield from map(as_name, NAMED.findall(said))
    listed = given_names()
    for given, surname in TWO_WORDS.findall(said):
        if given not in listed:
            continue
        name = as_name(surname)
        if name not in NEVER_ALONE and not _names_nobody(name):
            yield from (given, name)


def _is_of_two(given: str, text: str, other: str) -> bool:
    """Say whether a given name is that of two people, each with another surname behind it."""
    if given not in given_names():
        return False
    one, two = _surname(given, text), _surname(given, other)
    return bool(one and two) and one != two


def _surname(given: str, text: str) -> str:
    found = re.search(rf"\b{re.escape(given)} ([^\W\d_][\w'’-]+)", text, re.IGNORECASE)
    name = as_name(found[1]) if found and found[1][0].isupper() else ""
    return "" if name in NEVER_ALONE or (name and _names_nobody(name)) else name


def _officers_in(text: str) -> Iterator[str]:
    """Yield the names of officers: the word behind a rank, and one more behind a given name."""
    for first, second in RANKED.findall(text):
        yield as_name(first)
        if second and as_name(first) in given_names():
            yield as_name(second)


def _addresses_in(text: str) -> Iterator[tuple[str, str, bool]]:
    """Yield each address as it is compared and as it is written, and whether it is searched."""
    one_line = " ".join(text.split())
    said = plain(one_line)
    for found in ADDRESS.finditer(said):
        number, name, kind = found.groups()
        before = said[max(0, found.start() - NEAR) : found.start()]
        is_searched = SEARCHED.search(before) is not None
        written = one_line[slice(*found.span())]
        yield f"{number} {name}{STREETS.get(kind, kind)}", written, is_searched


def _runs_in(text: str) -> Iterator[tuple[str, ...]]:
    """Yield telling words in a row; a number or a month breaks it, as days stand in every item.

    Neither an officer's name nor a word of every schedule is a telling one.
    """
    row: list[str] = []
    tells: list[bool] = []
    officers = set(_officers_in(text))
    for word in (each for each in TOKEN.findall(plain(text)) if each not in SMALL):
        if word[0].isdigit() or word.capitalize() in MONTHS:
            row, tells = [], []
            continue
        name = word.removesuffix("'s")
        row = [*row, word][-RUN:]
        tells = [*tells, name not in officers and not _names_nobody(name)][-RUN:]
        if len(row) == RUN and sum(tells) >= TELLING:
            yield tuple(row)
