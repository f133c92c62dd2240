"""Reads a Word file that somebody wrote as a template: its own words, fields and shared blocks.

A paragraph that holds only {{ block CODE }} stands for a shared block, with its condition and its
one wording; {{ field }} stands for a value of the case.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import groupby

from forthright.letter_files.reading import FileRefused
from forthright.letter_files.word_paragraphs import WordParagraph, read_word_paragraphs
from forthright.rules.case_file import LetterKind
from forthright.rules.clock_rules import Status
from forthright.rules.letter_blocks.block import Block, Template, kinds_that_need_note
from forthright.rules.letter_blocks.composed import ParagraphKind
from forthright.rules.letter_blocks.fields import FIELDS
from forthright.rules.letter_blocks.wording import Line, WordingRefused, near_name, read_pieces
from forthright.rules.letter_checks.conditions import Condition

SHARED = re.compile(r"\s*\{\{\s*block\s+(\w+)\s*\}\}\s*")
FIELD = re.compile(r"\{\{.*?\}\}")
MARKS = {ParagraphKind.HEADING: "## ", ParagraphKind.BULLET: "- ", ParagraphKind.NUMBERED: "1. "}
ALWAYS = Condition()


def read_word_template(
    content: bytes, *, name: str, blocks: Mapping[str, Block]
) -> tuple[Template, dict[str, Block]]:
    """Return a Word file as a template, and the blocks it uses: its own and those it shares.

    Its own words become blocks that always apply and that nobody has approved yet.

    :raises FileRefused: if the file is not a safe Word file or holds what would be lost
    :raises WordingRefused: with every field and block that does not exist, each with its paragraph
    """
    used: dict[str, Block] = {}
    order: list[str] = []
    problems: list[str] = []
    for is_shared, same in groupby(read_word_paragraphs(content), key=_is_shared):
        rows = list(same)
        try:
            found = _shared(rows, blocks, name) if is_shared else [_own_block(rows, name)]
        except WordingRefused as refusal:
            problems += refusal.problems
            continue
        used |= {each.code: each for each in found}
        order += [each.code for each in found]
    if problems:
        raise WordingRefused(*problems)
    if not order:
        raise FileRefused("No words were found in the Word file.")
    template = Template(
        code=name,
        title=name,
        use="",
        when=ALWAYS,
        kinds=frozenset(LetterKind),
        order=tuple(order),
        needs_note=kinds_that_need_note(),
    )
    return template, used


def _is_shared(paragraph: WordParagraph) -> bool:
    return SHARED.fullmatch(paragraph.text) is not None


def _shared(rows: list[WordParagraph], blocks: Mapping[str, Block], name: str) -> list[Block]:
    """Return the blocks that lines name one after another."""
    codes = [SHARED.sub(r"\1", row.text) for row in rows]
    problems = [
        f"{name}, paragraph {row.number}: there is no block “{code}”. {near_name(code, blocks)}"
        for row, code in zip(rows, codes, strict=True)
        if code not in blocks
    ]
    if problems:
        raise WordingRefused(*problems)
    return [blocks[code] for code in codes]


def _own_block(rows: list[WordParagraph], name: str) -> Block:
    return Block(
        code=f"own_{rows[0].number}",
        title=f"{name}, from paragraph {rows[0].number}",
        owner="",
        when=ALWAYS,
        wording="\n".join(MARKS.get(row.kind, "") + _marked(row) for row in rows),
        lines=tuple(_own_lines(rows, name)),
        kind=ParagraphKind.TEXT,
        standards=(),
        need="",
        review_on=None,
        source=name,
        source_address="",
        status=Status.TO_BE_CONFIRMED,
    )


def _own_lines(rows: list[WordParagraph], name: str) -> list[Line]:
    lines: list[Line] = []
    problems: list[str] = []
    for row in rows:
        place = f"{name}, paragraph {row.number}"
        if any(look.is_italic and text.strip() for text, look in row.pieces):
            problems.append(f"{place}: wording has no italics. Take them out, or use bold.")
        try:
            lines.append(Line(row.kind, read_pieces(_marked(row), known=FIELDS, place=place)))
        except WordingRefused as refusal:
            problems += refusal.problems
    if problems:
        raise WordingRefused(*problems)
    return lines


def _marked(paragraph: WordParagraph) -> str:
    """Return the words with ** around bold ones; a field is bold or not as it begins."""
    looks = [look.is_bold for text, look in paragraph.pieces for _ in text]
    for found in FIELD.finditer(paragraph.text):
        looks[found.start() : found.end()] = [looks[found.start()]] * len(found.group())
    return "".join(_with_marks(paragraph.text, looks))


def _with_marks(text: str, looks: list[bool]) -> Iterator[str]:
    place = 0
    for is_bold, same in groupby(looks):
        end = place + len(list(same))
        words = " ".join(text[place:end].split("\n"))
        yield f"**{words}**" if is_bold else words
        place = end
