"""Names of places, pubs and firms by their capitals: “Pity Me”, “Cash and Go”, “7 Heron’s Reach”.

Within a sentence English writes a capital only where something is named. What a keep-list holds,
and what every office is called, is not taken for a name. All this holds of letters alone: a court's
judgment is full of institutions that it names by their capitals, and there the model decides.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.anonymiser.titles import GENERIC, GO_ON, NAME, NAMES
from forthright.rules.words import DAYS, MONTHS

JOINS = r"(?:and|of|the|upon|under|y|yr|le|la|de)"
RUN = re.compile(rf"{NAME}(?:[ \u00a0](?:{JOINS}[ \u00a0]){{0,2}}{NAME}){{0,5}}")
WORD = re.compile(NAME)
POSSESSIVE = re.compile(r"['’]s?$")
SAINT = re.compile(r"St\b|Saint\b")
# “Norwegian”, “Peruvian”, “Sudanese”, “Turkish”, “Iraqi”.
PEOPLES = re.compile(r"(?:ian|ean|ese|ish|[a-z]an|[a-z]{2}i)s?$")
HOUSES = re.compile(r"(?:House|Cottage|Farm|Lodge|Barn|Hall|Villa|Grange|View|Mill)$")
# What is said of somebody, and not of a law: “You are Norwegian and”, “the Peruvian man”.
OF_SOMEBODY = re.compile(
    r"[.,;:)]|[ \u00a0](?:and|but|or|so|man|men|woman|women|boy|girl|people|person|family|couple|"
    r"nationals?|citizens?|origin|neighbour|friend|student|worker|driver|passport|accent|speaker|"
    r"interpreter)\b|\s*$"
)
# A house by its name, on the line above its number; a town on the line below who signed.
LINES = (
    (
        Kind.ADDRESS,
        "the name of a house above an address",
        re.compile(
            rf"^[ \t]*(?P<it>{NAME}(?:[ \u00a0]{NAME}){{1,3}}),?$(?=\n[ \t]*\d)", re.MULTILINE
        ),
    ),
    (
        Kind.PLACE,
        "a line below who signed",
        re.compile(
            rf"(?i:sincerely|faithfully|truly|regards|wishes),?[ \t]*\n\s*{NAMES},?[ \t]*\n[ \t]*"
            rf"(?P<it>{NAME}(?:[ -]{NAME}){{0,3}})[ \t]*$",
            re.MULTILINE,
        ),
    ),
)
# What stands right before a capital within a sentence: a small letter, or a comma after one.
WITHIN = re.compile(r"(?:[^\W\d_A-Z]|[^\W\d_A-Z],|[(“‘])[ \u00a0]$")
# What leads to a place or to whoever keeps one.
LEADS = re.compile(
    r"\b(?:in|at|near|from|to|of|by|via|past|outside|opposite|behind|through|towards|around|into|"
    r"inside|beside|across|along|down|up|called|between|and|with|for|on)[ \u00a0]$"
)
HOUSE = re.compile(
    rf"(?<![\w/.,£-])(?P<it>\d{{1,3}}[A-Za-z]?,?[ \u00a0](?:(?:St|The)\.?[ \u00a0])?{NAME}"
    rf"(?:[ \u00a0](?:{JOINS}[ \u00a0]){{0,2}}{NAME}){{0,3}})"
)
# What every letter does and no judgment: it greets, it ends, and it speaks to its reader.
LETTER = re.compile(
    r"^[ \t]*(?:Dear|Hello|Hi|Annwyl)\b|"
    r"^[ \t]*(?:Yours|Kind regards|Regards|(?:With )?best wishes|\(?signed)\b|\b[Yy]ou(?:rs?)?\b",
    re.MULTILINE,
)
CALENDAR = frozenset(each.lower() for each in (*DAYS, *MONTHS))
# With a capital, so much of the model's say is enough.
LIKELY_FROM = 0.05


@cache
def _words(part: str) -> frozenset[str]:
    """Return the words of one part of the list, “no name” or “offices”."""
    text = files("forthright.anonymiser").joinpath("data/capital_words.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    start = lines.index(f"[{part}]") + 1
    end = next((n for n in range(start, len(lines)) if lines[n].startswith("[")), len(lines))
    return frozenset(" ".join(lines[start:end]).split())


def named_by_capitals(
    text: str, sure: Sequence[Found], model: Sequence[Found], kept: bytearray
) -> Iterator[Found]:
    """Yield what a capital within a sentence names, and houses that stand after their number.

    What the surer layers saw is theirs: of a run that they saw in part, only the words are told
    and not what joins them, as in “Khan and Friend”.
    """
    if not LETTER.search(text):
        return
    likely = {each.start: each for each in model if each.score >= LIKELY_FROM}
    seen = bytearray(len(text))
    for each in sure:
        seen[each.start : each.end] = b"\1" * (each.end - each.start)
    for match in HOUSE.finditer(text):
        words = WORD.findall(match["it"])
        if not _stays(words[0]) and not kept[match.end() - 1]:
            yield Found(*match.span("it"), Kind.ADDRESS, Layer.TITLE, 0.7,
                        because="a house's number stands before a name")  # fmt: skip
    yield from _lines(text, kept)
    for match in RUN.finditer(text):
        for found in _run(text, match.start(), match.end(), likely, kept):
            if any(seen[found.start : found.end]):
                yield from _parts(text, found)
            else:
                yield found


def _lines(text: str, kept: bytearray) -> Iterator[Found]:
    for kind, because, shape in LINES:
        for match in shape.finditer(text):
            words = WORD.findall(match["it"])
            is_role = any(_stays(each) for each in words if each != "The")
            if kind is Kind.ADDRESS and words[0] != "The" and not HOUSES.search(match["it"]):
                continue
            if not is_role and not all(kept[slice(*match.span("it"))]):
                yield Found(*match.span("it"), kind, Layer.TITLE, 0.6, because=because)


def _is_heading(text: str, place: int) -> bool:
    """Say whether a line is written in capitals alone, so that they tell nothing."""
    first = text.rfind("\n", 0, place) + 1
    last = text.find("\n", place)
    return text[first : last if last >= 0 else None].isupper()


def _parts(text: str, found: Found) -> Iterator[Found]:
    start = found.start
    for part in re.split(r"[ \u00a0]and[ \u00a0]", text[found.start : found.end]):
        yield replace(found, start=start, end=start + len(part))
        start += len(part) + len(" and ")


def _run(
    text: str, start: int, end: int, likely: dict[int, Found], kept: bytearray
) -> Iterator[Found]:
    words = [(start + each.start(), start + each.end()) for each in WORD.finditer(text[start:end])]
    is_within = WITHIN.search(text, max(0, start - 4), start) is not None
    named = [
        (first, last)
        for first, last in words
        if not all(kept[first:last]) and not _stays(text[first:last])
    ]
    if not named or (not is_within and len(words) < 2):
        return
    seen = [likely[first] for first, _ in named if first in likely]
    leads = is_within and LEADS.search(text, max(0, start - 12), start)
    if any(text[first:last].lower() in _words("offices") for first, last in words):
        return
    is_people = len(named) == 1 and is_within and PEOPLES.search(text[slice(*named[0])])
    if not seen and is_people and OF_SOMEBODY.match(text, named[0][1]):
        yield Found(*named[0], Kind.DESCRIPTION, Layer.TITLE, 0.6, because="the name of a people")
        return
    if not seen and (_is_heading(text, start) or not (leads or len(named) > 1)):
        return
    kind = max(seen, key=lambda each: each.score).kind if seen else Kind.PLACE
    first, last = named[0][0], named[-1][1]
    if not SAINT.match(text, first):
        last = named[-1][0] + len(POSSESSIVE.sub("", text[slice(*named[-1])]))
    if len(named) > 1 and text[start:first] in {"The ", "The\u00a0"}:
        first = start
    yield Found(first, last, kind, Layer.TITLE, 0.6,
                because="a capital within a sentence names something")  # fmt: skip


def _stays(word: str) -> bool:
    small = POSSESSIVE.sub("", word.lower())
    has_digit = any(each.isdigit() for each in small)
    return (
        has_digit
        or small in CALENDAR
        or small in GO_ON
        or small in GENERIC
        or (small in _words("offices") or small in _words("no name"))
    )
