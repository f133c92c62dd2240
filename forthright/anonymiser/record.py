"""Finds what the case record knows, in all the forms in which letters write it."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import OSA

from forthright.anonymiser.known import Known, KnownPerson, KnownWords
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.rules.letter_checks.name_words import SAINTS, is_also_word, is_always_capital
from forthright.rules.letter_checks.spelling import common_words
from forthright.rules.words import MONTHS

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
POSSESSIVE = re.compile(r"['’]s?$")
# Two letters that stand for a rank, a body or a word, and for nobody's names.
NOT_INITIALS = frozenset(
    [
        "pc",
        "dc",
        "ps",
        "ds",
        "di",
        "ci",
        "uk",
        "eu",
        "tv",
        "id",
        "pm",
        "am",
        "us",
        "ok",
        "mp",
        "gp",
        "nhs",
        "cps",
        "vrr",
        "vcl",
        "dvd",
        "cctv",
        "dna",
        "pdf",
        "act",
        "law",
        "hmp",
        "mr",
        "ms",
        "dr",
        "st",
        "an",
        "as",
        "at",
        "be",
        "by",
        "do",
        "go",
        "he",
        "if",
        "in",
        "is",
        "it",
        "me",
        "my",
        "no",
        "of",
        "on",
        "or",
        "so",
        "to",
        "up",
        "we",
        "ad",
        "al",
        "la",
        "le",
        "the",
        "and",
        "for",
    ]
)
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
BETWEEN = r"[\s,.’-]*"
# “D.R. ” and “A ” before a family name.
INITIALS = re.compile(r"(?<![\w’'])(?:(?:[A-Z][ \u00a0]|[A-Za-z]\.{1,2}[ \u00a0]?)){1,3}$")
LEAST_MISSPELT = 5
LONG = 8
STREET = {
    "street": "st|str", "road": "rd", "lane": "ln", "avenue": "ave|av", "close": "cl|clo",
    "drive": "dr", "court": "ct", "crescent": "cres", "terrace": "terr|ter", "place": "pl",
    "gardens": "gdns", "square": "sq", "grove": "gr|grv",
    "saint": "st", "st": "saint|street|st", "flat": "apartment|apt", "house": "hse",
}  # fmt: skip
GENERIC = frozenset(
    [
        "the",
        "of",
        "and",
        "on",
        "in",
        "at",
        "street",
        "road",
        "lane",
        "avenue",
        "close",
        "drive",
        "court",
        "crescent",
        "terrace",
        "place",
        "gardens",
        "square",
        "grove",
        "house",
        "flat",
        "apartment",
        "floor",
        "first",
        "second",
        "ground",
        "room",
        "unit",
        "park",
        "hill",
        "green",
        "view",
        "way",
        "walk",
        "row",
        "mews",
        "rise",
        "farm",
        "cottage",
        "west",
        "east",
        "north",
        "south",
        "upper",
        "lower",
        "new",
        "old",
        "high",
        "church",
        "station",
    ]
)


def as_plain(word: str) -> str:
    """Return a word in small letters, without accents and apostrophes, to be compared."""
    small = POSSESSIVE.sub("", word).casefold()
    if small.isascii():
        return small.replace("'", "")
    changed = "".join(LETTERS_TOO.get(each, each) for each in small)
    split = unicodedata.normalize("NFKD", changed)
    return "".join(each for each in split if each.isalnum())


@lru_cache(maxsize=200)
def _name_words(person: KnownPerson) -> dict[str, bool]:
    """Return the words of somebody's names, and whether each says nothing when it stands alone."""
    written = f"{person.given} {person.family} {' '.join(person.also)}"
    words = [as_plain(each) for each in WORD.findall(written.replace("-", " "))]
    glued = [as_plain(each.replace("-", "")) for each in written.split() if "-" in each]
    # “Ó Briain” and “de la Cruz”: a word of two letters is told by its neighbours alone.
    return {word: len(word) < 3 or is_also_word(word) for word in (*words, *glued) if len(word) > 1}


def known_in(text: str, known: Known) -> Iterator[Found]:
    """Yield each place of a letter that the record knows."""
    for person in known.people:
        yield from _named(text, person)
    for words in known.words:
        yield from _written(text, words)
    yield from days_in(text, known)


def days_in(text: str, known: Known) -> list[Found]:
    """Return each place of a letter where a day of the case stands."""
    return [
        Found(*match.span(), Kind.DATE, Layer.RECORD, because="a day of the case")
        for day in known.days
        for match in _day_shape(day.day, day.month, day.year).finditer(text)
    ]


def _named(text: str, person: KnownPerson) -> Iterator[Found]:
    names = _name_words(person)
    words = list(WORD.finditer(text))
    because = f"a name of {person.role}"
    told = -2
    for number, word in enumerate(words):
        if _is_name(word[0], names, is_beside=told == number - 1 and _touch(text, words, number)):
            told = number
            bare = POSSESSIVE.sub("", word[0])
            before = INITIALS.search(text, max(0, word.start() - 12), word.start())
            start = before.start() if before else word.start()
            yield Found(start, word.start() + len(bare), Kind.PERSON, Layer.RECORD,
                        role=person.role, because=because)  # fmt: skip
        elif _is_lone_part(text, words, number, names):
            told = number
            yield Found(word.start(), word.end(), Kind.PERSON, Layer.RECORD,
                        role=person.role, because=because)  # fmt: skip
    yield from _initials(text, person)


def _touch(text: str, words: list[re.Match[str]], number: int) -> bool:
    between = text[words[number - 1].end() : words[number].start()]
    return len(between) <= 2 and not between.strip(" \u00a0.-\n")


def _is_name(word: str, names: dict[str, bool], *, is_beside: bool) -> bool:
    """Say whether a word is one of somebody's names, or one with a slip in it."""
    plain = as_plain(word)
    if plain in names:
        is_word = names[plain]
        if not is_word or is_beside:
            return True
        # “Grace” is a name wherever it has a capital; “Court” and “Law” are none by themselves.
        is_name = word[:1].isupper() or plain not in common_words()
        return len(plain) > 2 and is_name and not is_always_capital(plain)
    if len(plain) < LEAST_MISSPELT or plain in common_words():
        return False
    most = 2 if len(plain) >= LONG else 1
    return any(
        len(name) >= LEAST_MISSPELT
        and OSA.distance(plain, name, score_cutoff=most) <= most
        and (word[:1].isupper() or not is_also_word(plain))
        and _could_be(plain, name)
        for name in names
    )


def _could_be(plain: str, name: str) -> bool:
    """Say whether a slip is likely: the beginning or the end of a name is mostly right."""
    return plain[0] == name[0] or plain[1:3] == name[1:3] or plain[-3:] == name[-3:]


def _is_lone_part(
    text: str, words: list[re.Match[str]], number: int, names: dict[str, bool]
) -> bool:
    """Say whether a name of ordinary words has the other names beside it: “Will Court”."""
    plain = as_plain(words[number][0])
    if not names.get(plain):
        return False
    following = number + 1 < len(words) and _touch(text, words, number + 1)
    is_saint = number > 0 and as_plain(words[number - 1][0]) in SAINTS
    return following and not is_saint and as_plain(words[number + 1][0]) in names


def _initials(text: str, person: KnownPerson) -> Iterator[Found]:
    """Yield the first letters of somebody's names: “D.H.”, “D H”, “DH”."""
    given = [each[0] for each in re.split(r"[ -]+", person.given) if each]
    family = [each[0] for each in re.split(r"[ -]+", person.family) if each]
    if not given or not family:
        return
    for letters in {
        (given[0], family[-1]),
        (given[0], family[0]),
        (*given, family[0]),
        (*given, *family),
    }:
        plain = "".join(letters)
        dotted = r"\.[ \u00a0]?"
        shapes = [dotted.join(re.escape(each) for each in letters) + r"\.?"]
        if plain.lower() not in NOT_INITIALS:
            shapes.append(r"[ \u00a0]?".join(re.escape(each) for each in letters))
        for match in re.finditer(rf"(?<![\w./-])(?:{'|'.join(shapes)})(?![\w/]|-\d)", text):
            yield Found(match.start(), match.end(), Kind.PERSON, Layer.RECORD, 0.9, person.role,
                        f"the initials of {person.role}")  # fmt: skip


def _written(text: str, known: KnownWords) -> Iterator[Found]:
    for shape in _shapes(known):
        for match in shape.finditer(text):
            yield Found(match.start(), match.end(), known.kind, Layer.RECORD, role=known.role,
                        because="it stands in the case record")  # fmt: skip
    if known.kind in (Kind.ADDRESS, Kind.PLACE):
        yield from _misspelt_places(text, known)


@lru_cache(maxsize=2_000)
def _shapes(known: KnownWords) -> tuple[re.Pattern[str], ...]:
    """Return the ways in which words or a number are written."""
    if known.kind in (Kind.URN, Kind.PHONE):
        return _number_shapes(known)
    if known.kind in (Kind.EMAIL, Kind.WEB):
        return (re.compile(re.escape(known.words), re.IGNORECASE),)
    words = WORD.findall(known.words)
    shapes = [_in_a_row(words)]
    code = re.search(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d(?:[A-Z]{2}|XX))\b", known.words, re.IGNORECASE)
    if code:
        shapes += [_in_a_row([code[1], code[2]]), re.compile(rf"\b{code[1]}\b", re.IGNORECASE)]
    named = [word for word in words if not word[0].isdigit()]
    if named and len(named) < len(words) and any(as_plain(each) not in GENERIC for each in named):
        shapes.append(_in_a_row(named))
    return tuple(shapes)


def _in_a_row(words: list[str]) -> re.Pattern[str]:
    """Return the shape of an address’s words, in short forms too, whatever stands between."""
    forms = []
    for word in words:
        plain = as_plain(word)
        spelt = re.escape(word).replace("'", "['’]?").replace("’", "['’]?")
        forms.append(rf"(?:{spelt}|{STREET[plain]})" if plain in STREET else spelt)
    written = BETWEEN.join(forms)
    return re.compile(rf"(?<!\w){written}(?!\w)", re.IGNORECASE)


def _number_shapes(known: KnownWords) -> tuple[re.Pattern[str], ...]:
    plain = re.sub(r"\W", "", known.words)
    if known.kind is Kind.PHONE:
        plain = re.sub(r"^(?:44|0044)", "0", plain).lstrip("0")
        if len(plain) < 6:
            return ()
        digits = r"[\s().-]*".join(plain)
        return (
            re.compile(
                rf"(?<!\d)(?:\+?\(?(?:00)?44\)?[\s().-]*(?:\(?0\)?)?|\(?0)?[\s().-]*{digits}(?!\d)"
            ),
        )
    spread = r"[\s/.-]*".join(map(re.escape, plain))
    return (re.compile(rf"(?<!\w){spread}(?!\w)", re.IGNORECASE),)


def _misspelt_places(text: str, known: KnownWords) -> Iterator[Found]:
    """Yield the telling words of a place, alone or with a slip: “Kiderminster”, “Quarry”."""
    wanted = [plain for each in WORD.findall(known.words)
              if len(plain := as_plain(each)) >= LEAST_MISSPELT and plain.isalpha()
              and plain not in GENERIC]  # fmt: skip
    for match in WORD.finditer(text) if wanted else ():
        plain = as_plain(match[0])
        is_name = len(plain) >= LEAST_MISSPELT - 1 and match[0][:1].isupper()
        if is_name and any(_is_near(plain, each) for each in wanted):
            yield Found(match.start(), match.end(), known.kind, Layer.RECORD, 0.9, known.role,
                        "a word of a place in the case record")  # fmt: skip


def _is_near(plain: str, wanted: str) -> bool:
    if plain == wanted:
        return True
    return plain not in common_words() and OSA.distance(plain, wanted, score_cutoff=1) <= 1


@lru_cache(maxsize=2_000)
def _day_shape(day: int, month: int, year: int) -> re.Pattern[str]:
    """Return a day in every form in which it is written."""
    name = MONTHS[month - 1]
    named = rf"(?:{name}|{name[:3]}\.?)"
    th = r"(?:st|nd|rd|th)?"
    # A day of another year is another day: days that were moved may be.
    written = rf"(?:,?[ \u00a0-](?:{year}|['’]?{year % 100:02d}\b)|(?!,?[ \u00a0-]\d{{4}}))"
    shapes = (
        rf"0?{day}{th}(?: day)?(?: of)?[ \u00a0-]{named}{written}",
        rf"{named} 0?{day}{th}(?:,? {year}|(?!,? \d{{4}}))",
        rf"0?{day}([/.-])0?{month}(?:[/.-](?:{year}|{year % 100:02d}))?",
        rf"{year}([/.-])0?{month}[/.-]0?{day}",
    )
    return re.compile(rf"(?<![\w/.-])(?:{'|'.join(shapes)})(?![\w/-]|\.\d)", re.IGNORECASE)
