"""Builds a letter for `forthright letter build`, and refuses in words what cannot be built."""

import json
from pathlib import Path

import typer

from forthright.cli.refusals import REFUSED, WRONG_USE, stop
from forthright.letter_files.reading import FileRefused
from forthright.letter_files.word_template import read_word_template
from forthright.letter_files.writing import docx_of, pdf_of, text_of
from forthright.rules.case_file import CaseFile
from forthright.rules.case_reading import CaseRefused, read_case
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.block import Block, Template, published_wordings
from forthright.rules.letter_blocks.composed import Composed
from forthright.rules.letter_blocks.wording import WordingRefused, near_name
from forthright.rules.words import date_words
from forthright.rules.working_days import CalendarTooShort

ENDINGS = (".docx", ".pdf", ".txt")


def build_letter(
    template: str, case: Path, out: Path, *, is_large_print: bool, as_json: bool
) -> None:
    """Put a letter together and write it to a file, or stop with words and a status."""
    if out.suffix.lower() not in ENDINGS:
        stop(f"A letter is written as .docx, .pdf or .txt, not “{out.suffix}”.", WRONG_USE)
    known = _read_case(case)
    try:
        chosen, blocks = _template(template)
        composed = assemble(chosen, blocks, known)
    except LetterRefused as refusal:
        stop("\n".join(["The letter cannot be written yet.", *refusal.problems]), REFUSED)
    except WordingRefused as refusal:
        stop("\n".join(refusal.problems), REFUSED)
    except (CalendarTooShort, FileRefused) as refusal:
        stop(str(refusal), REFUSED)
    content = _content(composed, known, out.suffix.lower(), is_large_print=is_large_print)
    try:
        out.write_bytes(content)
    except OSError as fault:
        stop(f"{out} cannot be written: {fault.strerror}.", REFUSED)
    typer.echo(json.dumps({"written": str(out)}) if as_json else f"Written: {out}")


def print_templates(*, as_json: bool) -> None:
    """Print each template that ships, with when it is used."""
    shipped = published_wordings().templates.values()
    if as_json:
        said = [{"code": each.code, "title": each.title, "use": each.use} for each in shipped]
        typer.echo(json.dumps(said, indent=1, ensure_ascii=False))
        return
    for each in shipped:
        typer.echo(f"{each.code}: {each.title}. {each.use}")


def _read_case(path: Path) -> CaseFile:
    try:
        return read_case(path.read_bytes(), path.name)
    except OSError as fault:
        stop(f"{path} cannot be read: {fault.strerror}.", WRONG_USE)
    except CaseRefused as refusal:
        stop(str(refusal), WRONG_USE)


def _template(named: str) -> tuple[Template, dict[str, Block]]:
    held = published_wordings()
    if named in held.templates:
        return held.templates[named], dict(held.blocks)
    path = Path(named)
    if path.suffix.lower() != ".docx" or not path.is_file():
        stop(
            f"There is no template “{named}”. {near_name(named, held.templates)} "
            f"There are: {', '.join(sorted(held.templates))}.",
            WRONG_USE,
        )
    return read_word_template(path.read_bytes(), name=path.name, blocks=held.blocks)


def _content(composed: Composed, case: CaseFile, ending: str, *, is_large_print: bool) -> bytes:
    title = "Letter about your case"
    if case.letter.dated:
        title = f"{title}, {date_words(case.letter.dated)}"
    if ending == ".txt":
        return text_of(composed).encode()
    write = docx_of if ending == ".docx" else pdf_of
    return write(composed, title=title, is_large_print=is_large_print)
