"""Finds what the case record knows, in all the forms in which letters write it."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from rapidfuzz.distance import OSA

from forthright.anonymiser.firms import shapes_of_firm
from forthright.anonymiser.known import Known, KnownWords, as_read
from forthright.anonymiser.known_days import days_in
from forthright.anonymiser.other_scripts import words_in_other_scripts
from forthright.anonymiser.plain_words import LEAST_MISSPELT, WORD, as_plain, is_cut
from forthright.anonymiser.reading import read_for_layers
from forthright.anonymiser.record_people import people_in
from forthright.anonymiser.small_words import is_no_place_here
from forthright.anonymiser.spans import ASKED, Found, Kind, Layer
from forthright.anonymiser.two_letters import MAY_BE
from forthright.anonymiser.whole_names import whole_names_in
from forthright.rules.feasts import feasts_of
from forthright.rules.letter_checks.spelling import common_words
from forthright.rules.words import DAYS, MONTHS

# Letters of a place of several words: a slip in a shorter one would make another of it.
LONG = 8
BETWEEN = r"[\s,.’-]*"
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


# A word that the end of a line took apart is read whole besides: “Kiddermin-ster”.
HYPHENED = re.compile(r"(?<![^\W\d_])[^\W\d_]++(?:-[^\W\d_]++)++")
HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")


def known_in(text: str, known: Known) -> Iterator[Found]:
    """Yield each place of a letter that the record knows."""
    return (each for each in seen_in(text, known) if each.score > ASKED)


@lru_cache(maxsize=4)  # what is sure and what is asked about are asked of one text in turn
def seen_in(text: str, known: Known) -> tuple[Found, ...]:
    """Return each place that the record knows, and those of which a person is asked besides."""
    people = (
        found
        for person in known.people
        for found in (whole_names_in if person.is_elsewhere else people_in)(text, person)
    )
    return (*people, *_words_and_days(text, known), *_over_lines(text, known))


def doubts_in(text: str, known: Known) -> Iterator[Found]:
    """Yield each place that may be a name of somebody, of which only a person can say.

    A word of another script may be anybody's, whether or not the record has the name so.
    """
    read = read_for_layers(text)
    seen = list(seen_in(read.text, as_read(known)))
    yield from (read.as_given(each) for each in seen if each.because.startswith(MAY_BE))
    sure = [each for each in seen if each.score > ASKED]
    for word in words_in_other_scripts(read.text):
        if not any(each.start < word.end and each.end > word.start for each in sure):
            yield read.as_given(word)


def words_known_in(text: str, known: Known) -> list[str]:
    """Return what the record knows of some words, each once and as it is written there."""
    read = read_for_layers(text)
    found = map(read.as_given, known_in(read.text, as_read(known)))
    return list(dict.fromkeys(text[each.start : each.end] for each in found))


def _words_and_days(text: str, known: Known) -> Iterator[Found]:
    for words in known.words:
        yield from _written(text, words)
    yield from days_in(text, known.days)


def _over_lines(text: str, known: Known) -> Iterator[Found]:
    """Yield what is known once the hyphens within its words are taken out; people’s have theirs."""
    joined = {as_plain(match[0].replace("-", "")) for match in HYPHENED.finditer(text)}
    if not any(_may_be_known(each, _known_parts(known)) for each in joined):
        return
    cuts = [match.start() for match in HYPHEN.finditer(text)]
    whole = HYPHEN.sub("", text)
    # Where each hyphen stood in the text without them.
    at = [cut - number for number, cut in enumerate(cuts)]
    for found in _words_and_days(whole, known):
        first, last = bisect_right(at, found.start), bisect_left(at, found.end)
        if first < last:
            yield replace(found, start=found.start + first, end=found.end + last)


@lru_cache(maxsize=16)
def _known_parts(known: Known) -> frozenset[str]:
    """Return the words of what the record knows, and those of which days are written."""
    written = [*(each.words for each in known.words), *MONTHS, *DAYS]
    written += [feast for day in known.days for feast in feasts_of(day)]
    return frozenset(as_plain(word) for each in written for word in WORD.findall(each))


def _may_be_known(plain: str, parts: frozenset[str]) -> bool:
    return plain in parts or (
        len(plain) >= LEAST_MISSPELT
        and any(OSA.distance(plain, each, score_cutoff=1) <= 1 for each in parts)
    )


def _written(text: str, known: KnownWords) -> Iterator[Found]:
    is_place = known.kind in (Kind.ADDRESS, Kind.PLACE)
    for shape in _shapes(known):
        for match in shape.finditer(text):
            is_word = is_place and is_no_place_here(text, *match.span())
            yield Found(match.start(), match.end(), known.kind, Layer.RECORD,
                        ASKED if is_word else 1.0, known.role,
                        "a word that is like a place in the case record" if is_word
                        else "it stands in the case record")  # fmt: skip
    if is_place:
        yield from _misspelt_places(text, known)
        yield from _slips_between(text, known)


@lru_cache(maxsize=2_000)
def _shapes(known: KnownWords) -> tuple[re.Pattern[str], ...]:
    """Return the ways in which words or a number are written."""
    if known.kind in (Kind.URN, Kind.PHONE):
        return _number_shapes(known)
    if known.kind in (Kind.EMAIL, Kind.WEB):
        return (re.compile(re.escape(known.words), re.IGNORECASE),)
    if known.kind is Kind.ORGANISATION:
        return shapes_of_firm(known.words)
    words = WORD.findall(known.words)
    shapes = [_in_a_row(words)]
    code = re.search(r"\b([A-Z]{1,2}\d[A-Z\d]?) ?(\d(?:[A-Z]{2}|XX))\b", known.words, re.IGNORECASE)
    if code:
        # “D Y 1 0 2 A B” is how a postcode is spelt out.
        spread = r"[\s.,-]{0,2}".join(code[1] + code[2])
        shapes += [
            _in_a_row([code[1], code[2]]),
            re.compile(rf"\b{code[1]}\b", re.IGNORECASE),
            re.compile(rf"(?<!\w){spread}(?!\w)", re.IGNORECASE),
        ]
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
        if is_name and any(_is_near(plain, each) or is_cut(match[0], each) for each in wanted):
            yield Found(match.start(), match.end(), known.kind, Layer.RECORD, 0.9, known.role,
                        "a word of a place in the case record")  # fmt: skip


def _slips_between(text: str, known: KnownWords) -> Iterator[Found]:
    """Yield a place of several words with a slip where they meet: “Bognor egis”, “BognorR egis”."""
    parts = [as_plain(each) for each in WORD.findall(known.words)]
    whole = "".join(parts)
    if len(parts) < 2 or len(whole) < LONG or not whole.isalpha():
        return
    words = list(WORD.finditer(text))
    for first, word in enumerate(words):
        if as_plain(word[0])[:1] != whole[:1]:
            continue
        for last in range(first + max(0, len(parts) - 2), first + len(parts) + 1):
            run = words[first : last + 1]
            said = "".join(as_plain(each[0]) for each in run)
            if (
                len(run) == last + 1 - first
                and abs(len(said) - len(whole)) <= 1
                and OSA.distance(said, whole, score_cutoff=1) <= 1
                and _is_one_line(text[word.start() : run[-1].end()])
            ):
                yield Found(word.start(), run[-1].end(), known.kind, Layer.RECORD, 0.9, known.role,
                            "a place in the case record with a slip")  # fmt: skip


def _is_one_line(said: str) -> bool:
    return (
        said[:1].isupper()
        and re.fullmatch(r"[\w’'-]+(?:[ \u00a0.-]{1,2}[\w’'-]+)*", said) is not None
    )


def _is_near(plain: str, wanted: str) -> bool:
    if plain == wanted:
        return True
    return plain not in common_words() and OSA.distance(plain, wanted, score_cutoff=1) <= 1
