"""A template as a Word file: taken out, worded anew in Word, and read back."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import zip_longest

from forthright.letter_files.reading import FileRefused
from forthright.letter_files.word_template import read_word_template
from forthright.letter_files.writing import docx_of
from forthright.letter_templates.models import Block, TemplateVersion
from forthright.letter_templates.selectors.seeing import codes_of
from forthright.letter_templates.selectors.wordings import (
    block_versions_in_force,
    rules_block,
)
from forthright.rules.letter_blocks.block import Block as Worded
from forthright.rules.letter_blocks.composed import Composed, Paragraph, ParagraphKind, Run
from forthright.rules.letter_blocks.fields import FIELDS
from forthright.rules.letter_blocks.wording import Line, Piece, read_wording

ON_PAGE = "Blocks are added, moved and taken out on the page of the template, not in Word."


def word_file_of(version: TemplateVersion, on: date) -> bytes:
    """Return a template as a Word file: each block under a line that names it."""
    held = block_versions_in_force(version.template.area, on)
    paragraphs: list[Paragraph] = []
    for code in codes_of(version):
        paragraphs += _paragraphs_of(rules_block(held[code]))
    return docx_of(Composed(paragraphs=tuple(paragraphs)), title=version.template.title)


def changed_wordings(
    version: TemplateVersion, content: bytes, *, name: str, on: date
) -> dict[Block, str]:
    """Return the wordings in a Word file that differ from those in use, by their blocks.

    :raises FileRefused: if it is no safe Word file, or its blocks are not the template's
    :raises WordingRefused: if a field or block does not exist, with the paragraph and column
    """
    held = block_versions_in_force(version.template.area, on)
    worded = {code: rules_block(each) for code, each in held.items()}
    read, used = read_word_template(content, name=name, blocks=worded)
    found = _by_block(version, read.codes, used, name)
    return {
        held[code].block: wording
        for code, wording in found.items()
        if _lines(wording, worded[code]) != worded[code].lines
    }


def _by_block(
    version: TemplateVersion, read: tuple[str, ...], used: dict[str, Worded], name: str
) -> dict[str, str]:
    """Return the words that follow each line that names a block."""
    codes = codes_of(version)
    found: dict[str, str] = {}
    last = ""
    for code in read:
        if code in codes:
            last = code
        elif code.startswith("own_") and last:
            found[last] = used[code].wording
        elif code.startswith("own_"):
            raise FileRefused(
                f"{name}, paragraph {code.removeprefix('own_')}: these words stand before the "
                "first line that names a block. Take the template out as a Word file, and change "
                "the words under each such line."
            )
    named = [code for code in read if not code.startswith("own_")]
    if named != codes:
        raise FileRefused(_what_is_out_of_place(named, codes, name))
    return found


def _what_is_out_of_place(named: Sequence[str], codes: Sequence[str], name: str) -> str:
    """Say which line that names a block is missing, moved or one too many."""
    pairs = zip_longest(codes, named)
    wanted, given = next((one, other) for one, other in pairs if one != other)
    if wanted is None:
        return f"{name}: the line {{{{ block {given} }}}} is one too many. {ON_PAGE}"
    if given is None or wanted not in named:
        return f"{name}: the line {{{{ block {wanted} }}}} is missing. {ON_PAGE}"
    return (
        f"{name}: the line {{{{ block {given} }}}} stands where {{{{ block {wanted} }}}} should. "
        f"{ON_PAGE}"
    )


def _paragraphs_of(block: Worded) -> Iterable[Paragraph]:
    yield _paragraph(ParagraphKind.TEXT, [Run(text=f"{{{{ block {block.code} }}}}")])
    for line in block.lines:
        yield _paragraph(line.kind, [_run(piece) for piece in line.pieces])


def _paragraph(kind: ParagraphKind, runs: Sequence[Run]) -> Paragraph:
    return Paragraph(kind=kind, runs=tuple(runs))


def _run(piece: Piece) -> Run:
    text = f"{{{{ {piece.text} }}}}" if piece.is_field else piece.text
    return Run(text=text, is_bold=piece.is_bold)


def _lines(wording: str, block: Worded) -> tuple[Line, ...]:
    """Return a wording as its paragraphs, so that empty lines make no difference."""
    return read_wording(wording, known=FIELDS, place=block.title, kind=block.kind)
