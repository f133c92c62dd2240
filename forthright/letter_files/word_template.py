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
    :raises WordingRefused: if a field or block does not exist, with the paragraph and column
    """
    order: list[str] = []
    used: dict[str, Block] = {}
    for is_shared, same in groupby(read_word_paragraphs(content), key=_is_shared):
        rows = list(same)
        if is_shared:
            for row in rows:
                code = _shared_code(row, blocks, name)
                used[code] = blocks[code]
                order.append(code)
        else:
            own = _own_block(rows, name, f"own_{rows[0].number}")
            used[own.code] = own
            order.append(own.code)
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


def _shared_code(paragraph: WordParagraph, blocks: Mapping[str, Block], name: str) -> str:
    found = SHARED.fullmatch(paragraph.text)
    code = found.group(1) if found else ""
    if code not in blocks:
        raise WordingRefused(
            f"{name}, paragraph {paragraph.number}: there is no block “{code}”. "
            f"{near_name(code, blocks)}"
        )
    return code


def _own_block(rows: list[WordParagraph], name: str, code: str) -> Block:
    return Block(
        code=code,
        title=f"{name}, from paragraph {rows[0].number}",
        owner="",
        when=ALWAYS,
        wording="\n".join(MARKS.get(row.kind, "") + _marked(row) for row in rows),
        lines=tuple(
            Line(
                row.kind,
                read_pieces(_marked(row), known=FIELDS, place=f"{name}, paragraph {row.number}"),
            )
            for row in rows
        ),
        kind=ParagraphKind.TEXT,
        standards=(),
        need="",
        review_on=None,
        source=name,
        source_address="",
        status=Status.TO_BE_CONFIRMED,
    )


def _marked(paragraph: WordParagraph) -> str:
    """Return the words with ** around bold ones; a field is bold or not as it begins."""
    looks = [is_bold for text, is_bold in paragraph.pieces for _ in text]
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
