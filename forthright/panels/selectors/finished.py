"""An anonymised letter as the files it goes out in."""

import re
from collections.abc import Iterator

from forthright.letter_files import writing
from forthright.panels.models import AnonymisedLetter
from forthright.rules.letter_blocks.composed import Composed, Paragraph, Run

TITLE = "A letter for the panel"
NAME = "letter"
BLANK_LINE = re.compile(r"\n\s*\n")
# A line as long as this that ends in no stop goes on in the next.
MARGIN_FROM, ENDS = 50, ".:;?!"


def files_of(letter: AnonymisedLetter) -> dict[str, bytes]:
    """Return the finished letter as PDF, Word file and text, by name; nothing else is handed out.

    Neither names nor properties of the files say which letter it was.
    """
    composed = composed_text(letter.text)
    return {
        f"{NAME}.pdf": writing.pdf_of(composed, title=TITLE),
        f"{NAME}.docx": writing.docx_of(composed, title=TITLE),
        f"{NAME}.txt": writing.text_of(composed).encode(),
    }


def composed_text(text: str) -> Composed:
    """Return an anonymised text as paragraphs."""
    return Composed(paragraphs=tuple(Paragraph(runs=(Run(text=line),)) for line in lines_of(text)))


def lines_of(text: str) -> list[str]:
    """Return the paragraphs of a text; a line that was only broken at the margin is no end."""
    return [line for block in BLANK_LINE.split(text) for line in _joined(block)]


def _joined(block: str) -> Iterator[str]:
    said = ""
    for line in (each.strip() for each in block.splitlines() if each.strip()):
        if said and not (len(said) >= MARGIN_FROM and said[-1] not in ENDS):
            yield said
            said = line
        else:
            said = f"{said} {line}".strip()
    if said:
        yield said
