"""Text that knows which of its words identify somebody."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a letter; `kind` is what they identify, blank where they stay.

    `must` is false for words that may be masked or left, as the title in “Ms Osei”; `unsure` for
    words that nobody is taught about either way, as an occupation.
    """

    text: str
    kind: str = ""
    must: bool = True
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in a text that identifies somebody, or looks as if it did and stays."""

    start: int
    end: int
    kind: str
    must: bool = True
    unsure: bool = False
    stays: bool = False


@dataclass(slots=True)
class Marked:
    """A text and the places in it that identify somebody."""

    text: str = ""
    marks: list[Mark] = field(default_factory=list)

    def add(self, pieces: Iterable[Piece]) -> None:
        """Write pieces after what is written."""
        for piece in pieces:
            start = len(self.text)
            self.text += piece.text
            if (piece.kind or piece.unsure) and piece.text.strip():
                self.marks.append(Mark(start, len(self.text), piece.kind, piece.must, piece.unsure))
