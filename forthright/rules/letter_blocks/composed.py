"""A letter as it was put together: the one source of every form it goes out in.

Each run of words says whether it is template wording or words about this person, and from which
block it came. A draft is kept as the JSON of a `Composed`.
"""

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from forthright.rules.case_file import Part


class Origin(StrEnum):
    """Where words come from: wording everybody is given, the record, or the person who writes."""

    TEMPLATE = "template"
    PERSON = "person"
    WRITER = "writer"


class ParagraphKind(StrEnum):
    ADDRESS = "address"
    DATE = "date"
    REFERENCE = "reference"
    SALUTATION = "salutation"
    HEADING = "heading"
    TEXT = "text"
    BULLET = "bullet"
    NUMBERED = "numbered"
    SIGN_OFF = "sign_off"


# Paragraphs of these kinds that follow one another stand on lines without a gap.
CLOSE = {
    ParagraphKind.ADDRESS,
    ParagraphKind.BULLET,
    ParagraphKind.NUMBERED,
    ParagraphKind.SIGN_OFF,
}
Span = tuple[int, int, Origin]


class Look(NamedTuple):
    """How words stand out; nothing else about how they look is kept."""

    is_bold: bool = False
    is_italic: bool = False


class Run(Part):
    """Some words of a paragraph that share an origin and a look."""

    text: str
    origin: Origin = Origin.WRITER
    block: str = ""
    is_bold: bool = False
    is_italic: bool = False

    @property
    def look(self) -> Look:
        """Return how the words stand out."""
        return Look(self.is_bold, self.is_italic)


class Paragraph(Part):
    """One paragraph; its language is given only where it is not that of the letter."""

    kind: ParagraphKind = ParagraphKind.TEXT
    runs: tuple[Run, ...] = ()
    language: str = ""

    @property
    def text(self) -> str:
        """Return the words of the paragraph, without a bullet or number."""
        return "".join(run.text for run in self.runs)


class Composed(Part):
    """The paragraphs of one letter, and its language as a BCP 47 tag."""

    paragraphs: tuple[Paragraph, ...]
    language: str = "en-GB"

    def plain(self) -> str:
        """Return the letter as plain text: a blank line between paragraphs, "- " before bullets."""
        return "".join(text for text, _ in self._pieces())

    def spans(self) -> list[Span]:
        """Return where the words of each origin stand in `plain()`; neighbours are joined."""
        spans: list[Span] = []
        place = 0
        for text, run in self._pieces():
            end = place + len(text)
            if run is not None and text:
                _add(spans, (place, end, run.origin))
            place = end
        return spans

    def template_spans(self) -> list[tuple[int, int, str]]:
        """Return where template wording stands in `plain()`, each with the code of its block."""
        found: list[tuple[int, int, str]] = []
        place = 0
        for text, run in self._pieces():
            end = place + len(text)
            if run is not None and run.origin is Origin.TEMPLATE and text.strip():
                found.append((place, end, run.block))
            place = end
        return found

    def _pieces(self) -> Iterator[tuple[str, Run | None]]:
        """Yield the text in order; what stands between and before words has no run."""
        number = 0
        before: Paragraph | None = None
        for paragraph in self.paragraphs:
            if before is not None:
                is_close = paragraph.kind is before.kind and paragraph.kind in CLOSE
                yield "\n" if is_close else "\n\n", None
            number = number + 1 if paragraph.kind is ParagraphKind.NUMBERED else 0
            yield _mark(paragraph.kind, number), None
            yield from ((run.text, run) for run in paragraph.runs)
            before = paragraph


def _mark(kind: ParagraphKind, number: int) -> str:
    if kind is ParagraphKind.BULLET:
        return "- "
    return f"{number}. " if kind is ParagraphKind.NUMBERED else ""


def _add(spans: list[Span], span: Span) -> None:
    if spans and spans[-1][1] == span[0] and spans[-1][2] is span[2]:
        spans[-1] = (spans[-1][0], span[1], span[2])
    else:
        spans.append(span)
