"""Puts what the layers saw together: which places are masked, and which a person is to look at."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from forthright.anonymiser.address_blocks import parts_between
from forthright.anonymiser.classifier import Piece
from forthright.anonymiser.plain_words import standing
from forthright.anonymiser.spans import MASKED_FROM, Found, Kind, Layer
from forthright.rules.as_seen import plain_words
from forthright.rules.letter_checks.spelling import common_words

WORD = re.compile(r"\w+(?:['’-]\w+)*")
POSSESSIVE = re.compile(r"['’]s$")
# The last five are the dot of Tibetan, the hyphen and the marks of Hebrew, the dot of Japanese.
WITHIN = "-/’'\u0f0b\u05be\u05f3\u05f4\u30fb"
BETWEEN = re.compile(rf"[ \u00a0]+|[ \u00a0]*,[ \u00a0]*|[.] ?|[{WITHIN}]|[ \u00a0]*,?\n[ \u00a0]*")
INITIAL = re.compile(r"(?<!\w)[A-Z]$")
INITIALS = re.compile(r"(?<![\w’'])(?:[^\W\d_a-zß-öø-ÿ](?:\.[ \u00a0]?|[ \u00a0])){1,3}$")
# What is cut short before a name, also two of it: “Mr. and Mrs.”. “Doctor.” ends a sentence.
SHORT = r"(?:Mrs?|Ms|Mx|Drs?|Prof|Revd?|Cllr|Fr|Messrs)"
SHORT_TITLES = re.compile(
    rf"(?<![\w’'-])(?:{SHORT}\.?[ \u00a0](?:(?:and|&)[ \u00a0])?)?{SHORT}\."
    r"(?:[ \u00a0]|[ \u00a0]?\n)?$",
    re.IGNORECASE,
)
SHORT_RANK = re.compile(r"(?<![\w’'-])(?:Sgt|Insp|Supt|Capt|Hon)$")
TITLES_FIT = 20
BESIDE_IT = "words in capitals beside it are hidden with it: look whether one, such as NOT, stays"
AGE = re.compile(r"\d{1,2}")
INITIALS_FIT = 12
SURNAME = re.compile(r"[ \u00a0](?P<it>[A-Z][^\W\d_]{2,}(?:[-’'][A-Z][^\W\d_]+)*)")
# What goes on after a name with a capital and is none.
NOT_SURNAMES = frozenset(
    [
        "the",
        "this",
        "that",
        "and",
        "but",
        "not",
        "you",
        "your",
        "his",
        "her",
        "they",
        "she",
        "will",
        "can",
        "may",
        "was",
        "were",
        "has",
        "had",
        "victim",
        "crown",
        "court",
        "police",
        "magistrates",
        "senior",
        "district",
        "chief",
        "officer",
        "unit",
        "judge",
        "thank",
        "please",
        "youth",
        "county",
        "combined",
        "constabulary",
        "family",
        "flo",
        "isva",
        "idva",
    ]
)
# Kinds that are one word wherever they stand: seen once, they are masked all through the letter.
SPREADS = {Kind.PERSON, Kind.NUMBER, Kind.ADDRESS, Kind.PLACE}
LEAST_SPREAD = 4
BEFORE = [Layer.RECORD, Layer.PATTERN, Layer.TITLE, Layer.MODEL, Layer.SAME]


@dataclass(frozen=True, slots=True)
class Places:
    """What is masked, in the order of the letter, and what a person is asked to look at."""

    masked: tuple[Found, ...]
    looked_at: tuple[Found, ...]


def words_by_model(text: str, pieces: Sequence[Piece], kept: bytearray) -> list[Found]:
    """Return the words of which any piece is likely enough to identify, but for what stays."""
    found, waiting = [], 0
    for word in WORD.finditer(text):
        while waiting < len(pieces) and pieces[waiting].end <= word.start():
            waiting += 1
        last = waiting
        while last < len(pieces) and pieces[last].start < word.end():
            last += 1
        within = pieces[waiting:last]
        if within and not all(kept[word.start() : word.end()]):
            surest = max(within, key=lambda piece: piece.chance)
            end = word.start() + len(POSSESSIVE.sub("", word[0]))
            kind = surest.kind
            if kind is Kind.DESCRIPTION and AGE.fullmatch(word[0]):
                kind = Kind.AGE
            found.append(
                Found(word.start(), end, kind, Layer.MODEL, round(surest.chance, 3),
                      because="the model, by how the sentence uses it")
            )  # fmt: skip
    return found


def put_together(
    text: str, sure: Sequence[Found], model: Sequence[Found], asked: Sequence[Found] = ()
) -> Places:
    """Return the places of all layers, none over another, neighbours of one kind as one.

    What is asked about is masked by nothing else here, and a person is to look at it.
    """
    masked = [*sure, *(each for each in model if each.score >= MASKED_FROM)]
    masked = _without_overlaps(
        [*masked, *_surnames_after(text, masked), *_initials_before(text, masked)]
    )
    masked = _without_overlaps([*masked, *parts_between(text, masked)])
    masked = _without_overlaps([*masked, *_the_same_again(text, masked)])
    # After what spreads: a title is nobody's name wherever it stands.
    masked = _without_overlaps([*masked, *_titles_before(text, masked)])
    covered = _covered(text, masked)
    doubtful = [each for each in (*model, *asked) if not any(covered[each.start : each.end])]
    if asked:
        doubtful = _without_overlaps(doubtful)
    return Places(tuple(_joined(text, masked)), tuple(_joined(text, doubtful)))


def with_more(
    text: str, places: Places, masked: Sequence[Found], looked_at: Sequence[Found]
) -> Places:
    """Return places with others besides, none over another."""
    every = _without_overlaps([*places.masked, *masked])
    covered = _covered(text, every)
    doubtful = [
        each for each in (*places.looked_at, *looked_at) if not any(covered[each.start : each.end])
    ]
    return Places(tuple(every), tuple(_without_overlaps(doubtful)))


def _covered(text: str, found: Iterable[Found]) -> bytearray:
    covered = bytearray(len(text))
    for each in found:
        covered[each.start : each.end] = b"\1" * (each.end - each.start)
    return covered


def _without_overlaps(found: Iterable[Found]) -> list[Found]:
    """Return places that do not overlap; the surest layer and the longer place come first.

    What of a place stands beside a surer one is kept: nothing that any layer saw is left bare.
    """
    order = sorted(found, key=lambda f: (BEFORE.index(f.layer), f.start - f.end, f.start))
    taken: list[Found] = []
    held = bytearray(max((f.end for f in order), default=0))
    for each in order:
        start = each.start
        while start < each.end:
            while start < each.end and held[start]:
                start += 1
            end = start
            while end < each.end and not held[end]:
                end += 1
            if end > start:
                taken.append(replace(each, start=start, end=end))
                held[start:end] = b"\1" * (end - start)
            start = end
    return sorted(taken, key=lambda f: f.start)


def _surnames_after(text: str, masked: Sequence[Found]) -> list[Found]:
    """Return the capitals that stand right after a name: “Friend” in “Waqas Friend”."""
    return [
        replace(each, start=after.start("it"), end=after.end("it"), layer=Layer.TITLE, score=0.8,
                because="a capital right after a name")
        for each in masked
        if each.kind is Kind.PERSON and not text[each.end - 1].isdigit()
        and (after := SURNAME.match(text, each.end)) and after["it"].lower() not in NOT_SURNAMES
    ]  # fmt: skip


def _initials_before(text: str, masked: Sequence[Found]) -> list[Found]:
    """Return the initials that stand right before a name: “A” in “A Rostami”."""
    return [
        replace(each, start=before.start(), end=each.start, layer=Layer.TITLE, score=0.8,
                because="an initial right before a name")
        for each in masked
        if each.kind is Kind.PERSON
        and text[each.start].isupper()
        and (before := INITIALS.search(text, max(0, each.start - INITIALS_FIT), each.start))
    ]  # fmt: skip


def _titles_before(text: str, masked: Sequence[Found]) -> list[Found]:
    """Return titles with a full stop right before a name: “Mr.” in “Mr. Khan”."""
    return [
        Found(before.start(), each.start, Kind.PERSON, Layer.TITLE, 0.8,
              because="a title right before a name")
        for each in masked
        if each.kind is Kind.PERSON
        and (before := SHORT_TITLES.search(text, max(0, each.start - TITLES_FIT), each.start))
    ]  # fmt: skip


def _the_same_again(text: str, masked: Sequence[Found]) -> list[Found]:
    """Return the other places where a masked word stands: what was seen once is seen everywhere."""
    words: dict[str, Found] = {}
    for each in masked:
        said = text[each.start : each.end]
        if each.kind in SPREADS and len(said) >= LEAST_SPREAD and _is_telling(said, each):
            words.setdefault(said, each)
    return [
        replace(words[text[start:end]], start=start, end=end, layer=Layer.SAME,
                because="the same words are masked elsewhere in the letter")
        for start, end in standing(text, words)
    ]  # fmt: skip


def _is_telling(said: str, found: Found) -> bool:
    """Say whether words are a name or a number, and no word that letters are made of."""
    is_name = said[:1].isupper() and said.lower() not in common_words()
    return found.score >= 0.5 and (is_name or any(c.isdigit() for c in said))


def _joined(text: str, found: Sequence[Found]) -> list[Found]:
    """Return places with neighbours of one kind joined, and blanks at their ends left out."""
    joined: list[Found] = []
    for each in found:
        last = joined[-1] if joined else None
        if last and _is_one(text, last, each):
            surer = min(last, each, key=lambda f: (not f.role, BEFORE.index(f.layer)))
            because = _because_of_both(text, surer, each if surer is last else last)
            joined[-1] = replace(surer, start=last.start, end=each.end, because=because)
        elif WORD.search(text, each.start, each.end):
            joined.append(each)
    return [_tight(text, each) for each in joined]


def _because_of_both(text: str, surer: Found, beside: Found) -> str:
    """Say of a place that the record saw in part that ordinary words in capitals are hidden too.

    They may turn the sentence round, as NOT does, and only a person can tell them from a name.
    """
    words = [each[0] for each in WORD.finditer(text, beside.start, beside.end)]
    is_plain = any(len(each) > 1 and each.isupper() and each.lower() in plain_words()
                   for each in words)  # fmt: skip
    if surer.layer is not Layer.RECORD or not is_plain or BESIDE_IT in surer.because:
        return surer.because
    return f"{surer.because}; {BESIDE_IT}"


def _is_one(text: str, first: Found, second: Found) -> bool:
    between = text[first.end : second.start]
    is_beside = not between or BETWEEN.fullmatch(between) is not None
    # A full stop ends a sentence, but for one after an initial or within a figure: “J. Osei”,
    # “at 6.30”, and not “PC Bird 2231. Mr Marsden”.
    is_figure = between == "." and text[first.end - 1].isdigit() and text[second.start].isdigit()
    is_initial = INITIAL.search(text, max(0, first.end - 3), first.end)
    is_rank = SHORT_RANK.search(text, max(0, first.end - 5), first.end)
    if "." in between and not (is_figure or is_initial or is_rank):
        return False
    is_alike = first.kind == second.kind and (
        first.role == second.role or not (first.role and second.role)
    )
    is_name = first.kind is Kind.PERSON and ("," in between or "\n" in between)
    return is_beside and is_alike and not is_name


def _tight(text: str, found: Found) -> Found:
    said = text[found.start : found.end]
    start = found.start + len(said) - len(said.lstrip())
    return replace(found, start=start, end=found.end - (len(said) - len(said.rstrip())))
