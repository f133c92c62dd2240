"""Tells another paper of a case from a schedule that could not be read."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from forthright.letter_files.reading import FileRefused as LetterRefused
from forthright.letter_files.reading import words_of_file
from forthright.rules.as_seen import as_seen, with_whole_words
from forthright.rules.schedules.bundle import Paper
from forthright.schedule_files.drafting import is_numbered
from forthright.schedule_files.naming import (
    LONGEST_TITLE,
    NOT_SO,
    SENTENCE,
    calls_for_care,
    forms_in,
    titles_in,
)
from forthright.schedule_files.reading import AnotherPaper, row_readers
from forthright.schedule_files.rows import Row
from forthright.table_files.problems import FileRefused

TABLES = (".csv", ".xlsx")
# A title stands at the top; further down a paper speaks of schedules as it may of anything.
LINES_OF_TITLE = 15
CALLED = re.compile(r"\bschedules?\b|\bunused material\b|\bmaterial schedule\b", re.IGNORECASE)
MAY_BE_ONE = (
    "It was not taken as another paper either, because its name or its first lines say that it is "
    "a schedule, or may be sensitive, or because a table in it begins with a numbered row."
)

# A line may have been left from another paper; what is numbered below it may be a schedule's items.
LISTED = (
    "It was not taken as another paper either, because its items are numbered and described as "
    "those of a schedule, and a line above them alone calls it another paper."
)
NAME_IT = "If it is none, give the file the name of the paper that it is, and hand it over again."


def read_paper(path: Path, name: str, refusal: FileRefused) -> Paper:
    """Return the words of a paper that comes with schedules.

    :param refusal: why it was not read as a schedule
    :raises FileRefused: with that reason, if it may be one all the same or holds no words
    """
    ending = path.suffix.lower()
    try:
        rows = [*row_readers()[ending](path)] if ending in (*TABLES, ".docx") else []
        if ending in TABLES:
            words = "\n".join(row.text for row in rows)
        else:
            with path.open("rb") as opened:
                words = words_of_file(opened, name)
    except LetterRefused:
        raise refusal from None
    first = [row.text for row in rows] or words.splitlines()
    stem = Path(name).stem.replace("_", " ")
    said = refusal.problem
    if isinstance(refusal, AnotherPaper) and refusal.by_its_lines_alone:
        raise FileRefused(f"{said.message} {LISTED}", f"{said.mend} {NAME_IT}")
    if _is_named(stem) or _is_headed(filter(str.strip, first)) or _goes_on(rows):
        raise FileRefused(
            f"{said.message} {MAY_BE_ONE}", said.mend, sheet=said.sheet, row=said.row,
            column=said.column,
        )  # fmt: skip
    return Paper(name=name, text=with_whole_words(as_seen(words)))


def _is_named(stem: str) -> bool:
    return bool(forms_in(stem)) or calls_for_care(stem) or bool(CALLED.search(stem))


def _is_headed(lines: Iterator[str]) -> bool:
    return any(
        titles_in(line)
        or (len(line) <= LONGEST_TITLE and CALLED.search(line) and not _is_said(line))
        for line in islice(lines, LINES_OF_TITLE)
    )


def _is_said(line: str) -> bool:
    """Say whether a line says something of a schedule, or that there is none, and heads none."""
    return line.rstrip().endswith((".", "!", "?")) or any(
        each.search(line) for each in (SENTENCE, NOT_SO)
    )


def _goes_on(rows: Iterable[Row]) -> bool:
    """Say whether a table begins with a numbered row, as one does that goes on from another."""
    was_of_table = False
    for row in rows:
        is_of_table = len(row.cells) > 1
        if is_of_table and not was_of_table and is_numbered(row):
            return True
        was_of_table = is_of_table
    return False
