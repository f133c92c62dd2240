"""Reads a letter back from the Word file it was edited in, without losing what it knew.

Words that were not changed keep their origin and block; what was written in Word is the writer's.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from forthright.letter_files.word_paragraphs import WordParagraph, read_word_paragraphs
from forthright.rules.letter_blocks.composed import Composed, Origin, Paragraph, Run

WORD = re.compile(r"\s*\S+|\s+")
Mark = tuple[Origin, str]
WRITTEN: Mark = (Origin.WRITER, "")


def read_word_letter(content: bytes, *, before: Composed) -> Composed:
    """Return the letter of a Word file, as a new version of the letter it was made from.

    :raises FileRefused: if the file is not a safe Word file or holds what would be lost
    """
    rows = read_word_paragraphs(content)
    marks = iter(_marks(rows, before))
    paragraphs = tuple(
        Paragraph(
            kind=row.kind,
            runs=_runs(row, marks),
            language="" if row.language == before.language else row.language,
        )
        for row in rows
    )
    return Composed(paragraphs=paragraphs, language=before.language)


def _marks(rows: Sequence[WordParagraph], before: Composed) -> list[Mark]:
    """Return origin and block of each word now, by comparing it with the words before."""
    held = [
        (word.strip(), (run.origin, run.block))
        for paragraph in before.paragraphs
        for run in paragraph.runs
        for word in WORD.findall(run.text)
    ]
    now = [word.strip() for row in rows for text, _ in row.pieces for word in WORD.findall(text)]
    marks = [WRITTEN] * len(now)
    matcher = SequenceMatcher(None, [word for word, _ in held], now, autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            marks[block.b + step] = held[block.a + step][1]
    return marks


def _runs(row: WordParagraph, marks: Iterator[Mark]) -> tuple[Run, ...]:
    words = [
        (word, is_bold, next(marks)) for text, is_bold in row.pieces for word in WORD.findall(text)
    ]
    return tuple(
        Run(text="".join(word for word, *_ in same), origin=mark[0], block=mark[1], is_bold=is_bold)
        for (is_bold, mark), same in groupby(words, key=lambda each: each[1:])
    )
