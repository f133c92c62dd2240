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
    """A wording cannot be read, or names fields that do not exist; each problem says its place."""

    def __init__(self, *problems: str) -> None:
        """Keep the problems one by one, for an error summary."""
        self.problems = problems
        super().__init__(" ".join(problems))


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

    :raises WordingRefused: with every field that does not exist and mark that is not closed, each
        with its place
    """
    names = tuple(known)
    problems: list[str] = []
    lines = tuple(
        _read_line(line, kind, names, f"{place}, line {number}", problems)
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    )
    _refuse(problems)
    return lines


def read_pieces(text: str, *, known: Iterable[str], place: str) -> tuple[Piece, ...]:
    """Return the words and fields of one paragraph.

    :raises WordingRefused: with every field that does not exist and mark that is not closed, each
        with its place
    """
    problems: list[str] = []
    pieces = tuple(_pieces(text, 0, tuple(known), place, problems))
    _refuse(problems)
    return pieces


def _refuse(problems: list[str]) -> None:
    if problems:
        raise WordingRefused(*problems)


def _read_line(
    line: str, kind: ParagraphKind, known: tuple[str, ...], place: str, problems: list[str]
) -> Line:
    for mark, marked_kind in MARKS:
        if found := mark.match(line):
            return Line(marked_kind, tuple(_pieces(line, found.end(), known, place, problems)))
    return Line(kind, tuple(_pieces(line.rstrip(), 0, known, place, problems)))


def _pieces(
    line: str, start: int, known: tuple[str, ...], place: str, problems: list[str]
) -> Iterator[Piece]:
    """Yield the words and fields of a line, and add to the problems what cannot be read."""
    is_bold = False
    while found := TOKEN.search(line, start):
        if found.start() > start:
            yield Piece(line[start : found.start()], is_bold=is_bold)
        where = f"{place}, column {found.start() + 1}"
        start = found.end()
        if found.group() == "**":
            is_bold = not is_bold
        elif found.group() == "{{":
            end = line.find("}}", start)
            if end < 0:
                problems.append(
                    f"{where}: a field is opened with “{{{{” and not closed with “}}}}”."
                )
                return
            name, start = line[start:end].strip(), end + 2
            problems += _unknown(name, known, where)
            yield Piece(name, is_field=True, is_bold=is_bold)
        else:
            problems.append(f"{where}: “}}}}” closes a field that was not opened with “{{{{”.")
    if is_bold:
        problems.append(f"{place}: bold words begin with ** and are not ended with **.")
    if line[start:]:
        yield Piece(line[start:])


def _unknown(name: str, known: tuple[str, ...], where: str) -> Iterator[str]:
    if name in known:
        return
    if FIELD_NAME.fullmatch(name):
        yield f"{where}: there is no field “{name}”. {near_name(name, known)}"
    else:
        yield (
            f"{where}: “{name}” cannot be the name of a field. A field is written like "
            "{{ accused_names }}."
        )


def near_name(name: str, known: Iterable[str]) -> str:
    """Suggest the known name that is most like one that is not known."""
    near = get_close_matches(name.lower(), list(known), n=1, cutoff=0.5)
    return f"Did you mean “{near[0]}”?" if near else "Nothing that is known has a name like it."
