"""Tells another paper of a case from a schedule that could not be read."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, zip_longest
from pathlib import Path

from forthright.letter_files.reading import FileRefused as LetterRefused
from forthright.letter_files.reading import words_of_file
from forthright.rules.as_seen import as_seen, with_whole_words
from forthright.rules.schedules.bundle import Paper
from forthright.rules.schedules.schedule import Place
from forthright.schedule_files.drafting import is_numbered
from forthright.schedule_files.listed import may_be_item
from forthright.schedule_files.naming import (
    LONGEST_TITLE,
    NOT_SO,
    SENTENCE,
    calls_for_care,
    forms_in,
    other_paper_in,
    titles_in,
)
from forthright.schedule_files.reading import AnotherPaper, row_readers
from forthright.schedule_files.rows import Row, row_of
from forthright.table_files.problems import FileRefused

TABLES = (".csv", ".xlsx")
# A title stands at the top; further down a paper speaks of schedules as it may of anything.
LINES_OF_TITLE = 15
CALLED = re.compile(r"\bschedules?\b|\bunused material\b|\bmaterial schedule\b", re.IGNORECASE)
# What heads a list of unused material where numbered lines stand below it, and alone may not.
LISTS = re.compile(
    r"\bschedules?\b|\bunused\b|\bundisclosed\b|\bdisclosure (?:list|items?|material|documents?)\b|"
    r"\b(?:items?|material|documents?|entries) (?:not |left |omitted |missing )*"
    r"(?:on|from|off|out of|for|to add to) (?:the |an? )?mg ?0?6",
    re.IGNORECASE,
)
# What may head one in a paper that is called nothing else: other forms list what is more as well.
MORE = re.compile(
    r"\b(?:additional|further|extra|more|late|omitted|remaining|supplementary) (?:\w+ ){0,2}?"
    r"(?:items?|material|documents?)\b",
    re.IGNORECASE,
)
# What makes of that the exhibits of a statement, or what somebody was shown.
OF_EVIDENCE = re.compile(r"\b(?:seized|exhibit\w*|shown|witness\w*)\b", re.IGNORECASE)
# What makes another list of it: what was stolen, what is still to be got; or says there is none.
OTHERWISE = re.compile(
    r"\b(?:stolen|taken|lost|damaged|property|compensation|requir\w+|request\w*|needed|wanted|"
    r"sought|obtain\w*|actions?|no|nil|none|n/a|see|not applicable)\b|\bmg ?0?3\b",
    re.IGNORECASE,
)
# By what a sentence says that a list follows: "These were not on the MG6C:".
FOLLOWS = re.compile(r":$|\b(?:following|follows?|below|these|here)\b", re.IGNORECASE)
# The most lines between such a heading and the first numbered one, and how long one of them is.
LINES_BETWEEN = 5
LONGEST_HEADING = 160
# A number that no sign ends counts where the line below has the next: else it is of a date or
# an address.
COUNTED = re.compile(r"(\d{1,4})\s*(?:[-–—:]\s*|\s)(?=[^\W\d])")
MAY_BE_ONE = (
    "It was not taken as another paper either, because its name or its first lines say that it is "
    "a schedule, or may be sensitive, or because a table in it begins with a numbered row, or "
    "numbered lines stand below what may head a list of unused material."
)

# A line may have been left from another paper; what is numbered below it may be a schedule's items.
LISTED = (
    "It was not taken as another paper either, because its items are numbered and described as "
    "those of a schedule, and a line above them alone calls it another paper."
)
NAME_IT = (
    "If it is none, give the file the name of the paper that it is, such as MG11, MG12, MG20 or "
    "exhibit list, and hand it over again."
)


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
    lines = rows or [row_of(Place(file=name), [line]) for line in words.splitlines()]
    lines = [each for each in lines if each.text]
    stem = Path(name).stem.replace("_", " ")
    said = refusal.problem
    if isinstance(refusal, AnotherPaper) and refusal.by_its_lines_alone:
        raise FileRefused(f"{said.message} {LISTED}", f"{said.mend} {NAME_IT}")
    headed = _is_headed(each.text for each in lines)
    is_one = _is_named(stem) or headed or _goes_on(rows) or _lists_below_a_heading(lines, LISTS)
    may_be_one = not other_paper_in(stem) and _lists_below_a_heading(lines, MORE)
    if is_one or may_be_one:
        raise FileRefused(
            f"{said.message} {MAY_BE_ONE}", said.mend if is_one else f"{said.mend} {NAME_IT}",
            sheet=said.sheet, row=said.row, column=said.column,
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


def _lists_below_a_heading(lines: Sequence[Row], heads: re.Pattern[str]) -> bool:
    """Say whether numbered lines stand below one that may head a list of unused material."""
    below = LINES_BETWEEN + 2
    return any(
        _may_head_a_list(each.text, heads) and _begins_a_list(lines[place : place + below])
        for place, each in enumerate(lines[:LINES_OF_TITLE], start=1)
    )


def _may_head_a_list(line: str, heads: re.Pattern[str]) -> bool:
    if len(line) > LONGEST_HEADING or may_be_item(row_of(Place(file=""), [line])):
        return False
    if not heads.search(line) or OTHERWISE.search(line) or other_paper_in(line):
        return False
    if heads is MORE and OF_EVIDENCE.search(line):
        return False
    is_sentence = line.endswith((".", "!", "?")) or SENTENCE.search(line)
    return not is_sentence or bool(FOLLOWS.search(line))


def _begins_a_list(below: Sequence[Row]) -> bool:
    """Say whether a list begins in some lines before anything else is said."""
    for each, after in zip_longest(below, below[1:]):
        if may_be_item(each) or (after and _goes_up(each.text, after.text)):
            return True
        if len(each.text) > LONGEST_TITLE or each.text.endswith("."):
            return False
    return False


def _goes_up(line: str, after: str) -> bool:
    first, second = COUNTED.match(line), COUNTED.match(after)
    return first is not None and second is not None and int(first[1]) + 1 == int(second[1])
