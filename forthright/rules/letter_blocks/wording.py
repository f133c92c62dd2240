"""Reads the wording of a block: paragraphs, headings, bullets, bold words and fields.

One line is one paragraph. "## " begins a heading, "- " a bullet, "1. " a numbered step; words
between ** and ** are bold; {{ field }} stands for a value of the case.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from forthright.rules.letter_blocks.composed import ParagraphKind

MARKS = (
    (re.compile(r"##\s+"), ParagraphKind.HEADING),
    (re.compile(r"[-•]\s+"), ParagraphKind.BULLET),
    (re.compile(r"\d+\.\s+"), ParagraphKind.NUMBERED),
)
TOKEN = re.compile(r"\*\*|\{\{|\}\}")
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")


class WordingRefused(ValueError):
    """A wording cannot be read, or names a field that does not exist; says the place."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Words as they stand, or the name of a field whose value stands there."""

    text: str
    is_field: bool = False
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a wording."""

    kind: ParagraphKind
    pieces: tuple[Piece, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Return the names of the fields in the paragraph, in order."""
        return tuple(piece.text for piece in self.pieces if piece.is_field)


def read_wording(
    text: str, *, known: Iterable[str], place: str, kind: ParagraphKind = ParagraphKind.TEXT
) -> tuple[Line, ...]:
    """Return the paragraphs of a wording; those without a mark are of the kind given.

    :raises WordingRefused: if a field does not exist or a mark is not closed, with the place
    """
    names = tuple(known)
    return tuple(
        _read_line(line, kind, names, f"{place}, line {number}")
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    )


def read_pieces(text: str, *, known: Iterable[str], place: str) -> tuple[Piece, ...]:
    """Return the words and fields of one paragraph.

    :raises WordingRefused: if a field does not exist or a mark is not closed, with the place
    """
    return tuple(_pieces(text, 0, tuple(known), place))


def _read_line(line: str, kind: ParagraphKind, known: tuple[str, ...], place: str) -> Line:
    for mark, marked_kind in MARKS:
        if found := mark.match(line):
            return Line(marked_kind, tuple(_pieces(line, found.end(), known, place)))
    return Line(kind, tuple(_pieces(line.rstrip(), 0, known, place)))


def _pieces(line: str, start: int, known: tuple[str, ...], place: str) -> Iterator[Piece]:
    is_bold = False
    while found := TOKEN.search(line, start):
        if found.start() > start:
            yield Piece(line[start : found.start()], is_bold=is_bold)
        where = f"{place}, column {found.start() + 1}"
        start = found.end()
        if found.group() == "**":
            is_bold = not is_bold
        elif found.group() == "{{":
            name, start = _field(line, start, where)
            _check_is_known(name, known, where)
            yield Piece(name, is_field=True, is_bold=is_bold)
        else:
            raise WordingRefused(f"{where}: “}}}}” closes a field that was not opened with “{{{{”.")
    if is_bold:
        raise WordingRefused(f"{place}: bold words begin with ** and are not ended with **.")
    if line[start:]:
        yield Piece(line[start:])


def _field(line: str, start: int, where: str) -> tuple[str, int]:
    end = line.find("}}", start)
    if end < 0:
        raise WordingRefused(f"{where}: a field is opened with “{{{{” and not closed with “}}}}”.")
    return line[start:end].strip(), end + 2


def _check_is_known(name: str, known: tuple[str, ...], where: str) -> None:
    if name in known:
        return
    if not FIELD_NAME.fullmatch(name):
        raise WordingRefused(
            f"{where}: “{name}” cannot be the name of a field. A field is written like "
            "{{ accused_names }}."
        )
    raise WordingRefused(f"{where}: there is no field “{name}”. {near_name(name, known)}")


def near_name(name: str, known: Iterable[str]) -> str:
    """Suggest the known name that is most like one that is not known."""
    near = get_close_matches(name.lower(), list(known), n=1, cutoff=0.5)
    return f"Did you mean “{near[0]}”?" if near else "Nothing that is known has a name like it."
