"""Reads a letter back from the Word file it was edited in, without losing what it knew.

Words that were not changed keep their origin and block; what was written in Word is the writer's.
"""

import re

from forthright.letter_files.word_paragraphs import read_word_paragraphs
from forthright.rules.letter_blocks.composed import Composed, Paragraph
from forthright.rules.letter_blocks.origins import runs_with_origins

WORD = re.compile(r"\s*\S+|\s+")


def read_word_letter(content: bytes, *, before: Composed) -> Composed:
    """Return the letter of a Word file, as a new version of the letter it was made from.

    :raises FileRefused: if the file is not a safe Word file or holds what would be lost
    """
    rows = read_word_paragraphs(content)
    runs = runs_with_origins([row.pieces for row in rows], before, word=WORD)
    paragraphs = tuple(
        Paragraph(
            kind=row.kind,
            runs=own,
            language="" if row.language == before.language else row.language,
        )
        for row, own in zip(rows, runs, strict=True)
    )
    return Composed(paragraphs=paragraphs, language=before.language)
