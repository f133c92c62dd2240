"""Tells of each word of an edited letter whether it is the template's, the record's or new."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from forthright.rules.letter_blocks.composed import Composed, Look, Origin, Run

Pieces = Sequence[tuple[str, Look]]  # words of one paragraph, each with how they stand out
Mark = tuple[Origin, str]
WRITTEN: Mark = (Origin.WRITER, "")


def runs_with_origins(
    paragraphs: Sequence[Pieces], before: Composed, *, word: re.Pattern[str]
) -> list[tuple[Run, ...]]:
    """Return the runs of each paragraph: words that were not changed keep origin and block.

    `word` cuts a text into words, leaving nothing out: what a person must see as one change.
    """
    marks = iter(_marks(paragraphs, before, word))
    return [_runs(pieces, marks, word) for pieces in paragraphs]


def _marks(paragraphs: Sequence[Pieces], before: Composed, word: re.Pattern[str]) -> list[Mark]:
    """Return origin and block of each word now, by comparing it with the words before."""
    held = [
        (words.strip(), (run.origin, run.block))
        for paragraph in before.paragraphs
        for run in paragraph.runs
        for words in word.findall(run.text)
    ]
    now = [
        words.strip() for pieces in paragraphs for text, _ in pieces for words in word.findall(text)
    ]
    marks = [WRITTEN] * len(now)
    matcher = SequenceMatcher(None, [words for words, _ in held], now, autojunk=False)
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            marks[block.b + step] = held[block.a + step][1]
    return marks


def _runs(pieces: Pieces, marks: Iterator[Mark], word: re.Pattern[str]) -> tuple[Run, ...]:
    words = [(each, look, next(marks)) for text, look in pieces for each in word.findall(text)]
    return tuple(
        Run(
            text="".join(each for each, *_ in same),
            origin=mark[0],
            block=mark[1],
            **look._asdict(),
        )
        for (look, mark), same in groupby(words, key=lambda each: each[1:])
    )
