"""An anonymised letter as the files it goes out in, and how days are written in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from forthright.anonymiser.known import LETTERS
from forthright.anonymiser.spans import Found, Kind
from forthright.letter_files import writing
from forthright.panels.models import AnonymisedLetter
from forthright.rules.letter_blocks.composed import Composed, Paragraph, Run
from forthright.rules.words import MONTHS

TITLE = "A letter for the panel"
NAME = "letter"
BLANK_LINE = re.compile(r"\n\s*\n")
# A line as long as this that ends in no stop goes on in the next.
MARGIN_FROM, ENDS = 50, ".:;?!"
# A day however it is written: "Monday 4 May 2026", "4th May", "04/05/2026".
WRITTEN_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ /.-]([A-Za-z]{3}|\d{1,2})")


def with_days_named(text: str, found: Sequence[Found]) -> list[Found]:
    """Return hidden places in which a day is “date A”, “date B” and no longer a day.

    Days that are all moved alike keep the time between them, and by that alone whoever has the
    register of cases finds every letter that tells of two days (docs/adr/0033).
    """
    names: dict[str, str] = {}
    told = []
    for each in found:
        if each.kind is Kind.DATE:
            key = _day_key(text[each.start : each.end])
            number = len(names)
            letter = LETTERS[number % 26] * (1 + number // 26)
            each = replace(each, role=names.setdefault(key, f"date {letter}"))  # noqa: PLW2901
        told.append(each)
    return told


def _day_key(said: str) -> str:
    """Return what is the same for one day in several ways of writing it."""
    match = WRITTEN_DAY.search(said)
    if match is None:
        return said.casefold()
    month = match[2].casefold()
    if month.isdigit() and 0 < int(month) <= len(MONTHS):
        month = MONTHS[int(month) - 1][:3].casefold()
    return f"{int(match[1])} {month}"


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
