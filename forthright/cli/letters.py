"""`forthright letter`: a letter made from a template and a case file, with no server."""

from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError

from forthright.letter_files.word_paragraphs import WordFileRefused
from forthright.letter_files.word_template import read_word_template
from forthright.letter_files.writing import docx_of, pdf_of, text_of
from forthright.rules.case_file import CaseFile
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.block import Block, Template, published_wordings
from forthright.rules.letter_blocks.composed import Composed
from forthright.rules.letter_blocks.wording import WordingRefused, near_name
from forthright.rules.words import date_words
from forthright.rules.working_days import CalendarTooShort

REFUSED, WRONG_USE = 1, 2
ENDINGS = (".docx", ".pdf", ".txt")
letter = typer.Typer(help="Letters made from templates and a case.", no_args_is_help=True)


@letter.command()
def build(
    template: Annotated[str, typer.Argument(help="The code of a template, or a .docx of one.")],
    case: Annotated[Path, typer.Option(help="The case file (JSON).")],
    out: Annotated[Path, typer.Option(help="The file to write: .docx, .pdf or .txt.")],
    large_print: Annotated[bool, typer.Option(help="18 point type.")] = False,
) -> None:
    """Put a letter together and write it to a file."""
    if out.suffix.lower() not in ENDINGS:
        _stop(f"A letter is written as .docx, .pdf or .txt, not “{out.suffix}”.", WRONG_USE)
    known = _read_case(case)
    try:
        chosen, blocks = _template(template)
        composed = assemble(chosen, blocks, known)
    except LetterRefused as refusal:
        _stop("\n".join(["The letter cannot be written yet.", *refusal.problems]), REFUSED)
    except (CalendarTooShort, WordFileRefused, WordingRefused) as refusal:
        _stop(str(refusal), REFUSED)
    content = _content(composed, known, out.suffix.lower(), is_large_print=large_print)
    try:
        out.write_bytes(content)
    except OSError as fault:
        _stop(f"{out} cannot be written: {fault.strerror}.", REFUSED)
    typer.echo(f"Written: {out}")


@letter.command("templates")
def list_templates() -> None:
    """List the templates that ship."""
    for each in published_wordings().templates.values():
        typer.echo(f"{each.code}: {each.title}. {each.use}")


def _read_case(path: Path) -> CaseFile:
    try:
        return CaseFile.model_validate_json(path.read_bytes())
    except OSError as fault:
        _stop(f"{path} cannot be read: {fault.strerror}.", WRONG_USE)
    except ValidationError as refusal:
        # What was found is left out: it may be somebody's name.
        places = [
            f"  {'.'.join(str(part) for part in each['loc']) or 'the file'}: {each['msg']}"
            for each in refusal.errors(include_input=False, include_url=False)
        ]
        _stop("\n".join([f"{path} is not a case file.", *places]), WRONG_USE)


def _template(named: str) -> tuple[Template, dict[str, Block]]:
    held = published_wordings()
    if named in held.templates:
        return held.templates[named], dict(held.blocks)
    path = Path(named)
    if path.suffix.lower() != ".docx" or not path.is_file():
        _stop(
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


def _stop(words: str, status: int) -> NoReturn:
    typer.echo(words, err=True)
    raise typer.Exit(status)
