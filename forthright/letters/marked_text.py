"""A letter as it is edited: plain text with light marks, and back without losing what it knew.

“# ” begins a heading, “- ” a point, “1. ” a numbered step; words between ** and ** are bold, those
between __ and __ in italics; a blank line ends a paragraph. Words that were not changed
keep their origin and block.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from forthright.rules.letter_blocks.composed import (
    CLOSE,
    Composed,
    Look,
    Origin,
    Paragraph,
    ParagraphKind,
)
from forthright.rules.letter_blocks.origins import runs_with_origins

K = ParagraphKind
MARKS = (
    (re.compile(r"#+\s+"), K.HEADING),
    (re.compile(r"[-•]\s+"), K.BULLET),
    (re.compile(r"\d+\.\s+"), K.NUMBERED),
)
WITH_MARK = {kind for _, kind in MARKS}
TOKEN = re.compile(r"\s*(?:\w+|[^\w\s])|\s+")
ENDING = re.compile(r"Yours\b|(?:Kind|Best|With) (?:kind )?(?:regards|wishes)\b")
ITALICS = re.compile(r"__((?:(?!__).)+)__")
GREETING = re.compile(r"Dear\b")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph as it was typed: what it is, its words with how they stand out."""

    kind: ParagraphKind
    pieces: tuple[tuple[str, Look], ...]

    @property
    def text(self) -> str:
        """Return the words without marks."""
        return "".join(words for words, _ in self.pieces)


def marked_text(composed: Composed) -> str:
    """Return a letter as text with light marks."""
    return "".join(_written(composed.paragraphs))


def read_marked_text(text: str, *, before: Composed) -> Composed:
    """Return the letter that a marked text says, as the next version of the one before."""
    known: dict[str, list[ParagraphKind]] = defaultdict(list)
    for each in before.paragraphs:
        known[each.text].append(each.kind)
    lines = list(_lines(text, known))
    runs = runs_with_origins([line.pieces for line in lines], before, word=TOKEN)
    paragraphs = tuple(
        Paragraph(kind=line.kind, runs=own) for line, own in zip(lines, runs, strict=True)
    )
    return Composed(paragraphs=paragraphs, language=before.language)


@dataclass(frozen=True, slots=True)
class Places:
    """Where the words of a composed letter stand in the marked text that it was read from."""

    pieces: tuple[tuple[int, int, int], ...]  # place in plain text, in marked text, length
    origins: tuple[tuple[int, int, Origin], ...]  # in the marked text

    def of(self, plain: int) -> int:
        """Return the place in the marked text of a place in `Composed.plain()`."""
        found = 0
        for start, marked, length in self.pieces:
            if start > plain:
                break
            found = marked + min(plain - start, length)
        return found


def places_in(text: str, composed: Composed) -> Places:
    """Return where the runs of a letter stand in the marked text that says it."""
    plain, pieces, origins = composed.plain(), [], []
    in_plain = in_marked = 0
    for run in (run for paragraph in composed.paragraphs for run in paragraph.runs if run.text):
        in_plain, in_marked = plain.index(run.text, in_plain), text.index(run.text, in_marked)
        pieces.append((in_plain, in_marked, len(run.text)))
        origins.append((in_marked, in_marked + len(run.text), run.origin))
        in_plain, in_marked = in_plain + len(run.text), in_marked + len(run.text)
    return Places(tuple(pieces), tuple(origins))


def _written(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    before: Paragraph | None = None
    number = 0
    for paragraph in paragraphs:
        if before is not None:
            is_close = paragraph.kind is before.kind and paragraph.kind in CLOSE
            yield "\n" if is_close else "\n\n"
        number = number + 1 if paragraph.kind is K.NUMBERED else 0
        yield {K.HEADING: "# ", K.BULLET: "- ", K.NUMBERED: f"{number}. "}.get(paragraph.kind, "")
        for look, runs in groupby(paragraph.runs, key=lambda run: run.look):
            words = "".join(run.text for run in runs)
            words = f"__{words}__" if look.is_italic else words
            yield f"**{words}**" if look.is_bold else words
        before = paragraph


def _lines(text: str, known: dict[str, list[ParagraphKind]]) -> Iterator[Line]:
    """Yield the paragraphs; one that was there before is what it was, others by where they are."""
    is_greeted = has_gap = is_ended = False
    for written in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = written.rstrip()
        if not line.strip():
            has_gap = True
            continue
        kind, start = _marked_kind(line)
        pieces = tuple(_pieces(line[start:]))
        words = "".join(each for each, _ in pieces)
        is_ended = is_ended or (is_greeted and ENDING.match(words) is not None)
        is_greeting = not is_greeted and GREETING.match(words) is not None
        is_greeted = is_greeted or is_greeting
        was = known[words].pop(0) if known.get(words) else None
        if was in WITH_MARK:
            was = K.TEXT  # its mark was taken away
        by_place = _kind_by_place(is_greeting=is_greeting, is_ended=is_ended, is_first=not has_gap)
        yield Line(kind or was or by_place, pieces)


def _marked_kind(line: str) -> tuple[ParagraphKind | None, int]:
    for mark, kind in MARKS:
        if (found := mark.match(line)) and found.end() < len(line):
            return kind, found.end()
    return None, 0


def _kind_by_place(*, is_greeting: bool, is_ended: bool, is_first: bool) -> ParagraphKind:
    if is_greeting:
        return K.SALUTATION
    if is_ended:
        return K.SIGN_OFF
    return K.ADDRESS if is_first else K.TEXT


def _pieces(words: str) -> Iterator[tuple[str, Look]]:
    parts = words.split("**")
    if len(parts) % 2 == 0:
        # A mark that is not closed is two stars that somebody meant.
        parts[-2:] = [f"{parts[-2]}**{parts[-1]}"]
    for number, part in enumerate(parts):
        # Split by a mark with one group, every second piece is what stood between two marks.
        for place, piece in enumerate(ITALICS.split(part)):
            if piece:
                yield piece, Look(is_bold=number % 2 == 1, is_italic=place % 2 == 1)
