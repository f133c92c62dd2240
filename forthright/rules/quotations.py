"""Words quoted from a letter: where they stand, and the letter cut up to show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Marks that people and programs write in different ways; they count as the same.
SAME = str.maketrans(
    {"‘": "'", "’": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"',
     "–": "-", "—": "-", "‑": "-", "‐": "-", "‒": "-"}
)  # fmt: skip
AROUND = " \t\r\n\"'“”‘’…"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of a letter, with where it stands in the text."""

    number: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, with the criteria whose evidence it is."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """Where the evidence for one criterion stands in the text."""

    start: int
    end: int
    code: str


def paragraphs_of(text: str) -> tuple[Paragraph, ...]:
    """Return a letter's paragraphs: parted by empty lines, or by every line if it has none."""
    lines = text.splitlines(keepends=True)
    by_blanks = any(not line.strip() for line in "".join(lines).strip().splitlines())
    found: list[Paragraph] = []
    start = end = place = 0
    for line in [*lines, ""]:
        bare = line.strip()
        if bare and (by_blanks or start == end):
            start = start if end > start else place + line.index(bare)
            end = place + line.index(bare) + len(bare)
        if end > start and (not bare or not by_blanks):
            found.append(Paragraph(len(found) + 1, start, end, text[start:end]))
            start = end = 0
        place += len(line)
    return tuple(found)


def find_quotation(text: str, quotation: str, *, near: int = 0) -> tuple[int, int] | None:
    """Return where quoted words begin and end in a text, or None if they are not in it.

    Spaces, line ends, capitals, and kinds of quotation mark and dash make no difference. Words
    that stand there more than once are found at or after `near` if they can be.
    """
    wanted, _ = _plain(quotation.strip(AROUND))
    if not wanted:
        return None
    plain, places = _plain(text)
    after = next((index for index, place in enumerate(places) if place >= near), len(places))
    found = plain.find(wanted, after)
    if found < 0:
        found = plain.find(wanted)
    if found < 0:
        return None
    return places[found], places[found + len(wanted) - 1] + 1


def pieces_of(paragraph: Paragraph, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """Return a paragraph cut wherever evidence begins or ends."""
    here = [each for each in spans if each.start < paragraph.end and each.end > paragraph.start]
    cuts = {paragraph.start, paragraph.end}
    for span in here:
        cuts |= {max(span.start, paragraph.start), min(span.end, paragraph.end)}
    edges = sorted(cuts)
    return tuple(
        Piece(
            paragraph.text[start - paragraph.start : end - paragraph.start],
            tuple(each.code for each in here if each.start <= start and each.end >= end),
        )
        for start, end in pairwise(edges)
    )


def _plain(text: str) -> tuple[str, list[int]]:
    """Return text as it is compared, and for each of its letters the place it came from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text.translate(SAME)):
        plain = " " if letter.isspace() else letter.lower()
        if plain == " " and letters[-1:] == [" "]:
            continue
        letters.append(plain if len(plain) == 1 else letter)
        places.append(place)
    return "".join(letters), places
