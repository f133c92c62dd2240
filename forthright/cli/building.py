"""Builds a letter for `forthright letter build`, and refuses in words what cannot be built."""

import json
from datetime import date
from pathlib import Path

import typer

from forthright.cli.refusals import REFUSED, WRONG_USE, stop
from forthright.letter_files.reading import FileRefused
from forthright.letter_files.word_template import read_word_template
from forthright.letter_files.writing import docx_of, pdf_of, text_of
from forthright.rules.case_file import CaseFile
from forthright.rules.case_reading import CaseRefused, read_case
from forthright.rules.contact_lock import Lock, Way, locks_standing, way_asked_for
from forthright.rules.envelopes import window_for
from forthright.rules.letter_blocks.addressing import addressed
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.block import Block, Template, published_wordings
from forthright.rules.letter_blocks.composed import Composed, ParagraphKind
from forthright.rules.letter_blocks.wording import WordingRefused, near_name
from forthright.rules.words import date_words
from forthright.rules.working_days import CalendarTooShort

# What would open each lock, in the words of a case file.
MENDS = {
    Lock.NOTE_NOT_ANSWERED: "Ask whoever may decide it, and put who decided what, and why, into "
    "recipient.safe_contact.answer.",
    Lock.UNSAFE_UNREAD: "Write one address, number or e-mail address an entry, or put who decided "
    "which way is safe, and why, into recipient.safe_contact.answer.",
    Lock.OPTED_OUT: "If they asked for letters since, set recipient.has_opted_out to false.",
    Lock.OTHER_ROUTE: "Set recipient.channel to the way that is safe.",
    Lock.UNSAFE_ADDRESS: "Record a safe address in recipient.address, or a safe way in "
    "recipient.channel.",
    Lock.UNSAFE_EMAIL: "Record a safe e-mail address in recipient.email, or a safe way in "
    "recipient.channel.",
    Lock.PLAIN_ENVELOPE: "Send it in an envelope of your own.",
}
ENDINGS = (".docx", ".pdf", ".txt")


def build_letter(
    template: str, case: Path, out: Path, *, is_large_print: bool, as_json: bool
) -> None:
    """Put a letter together and write it to a file, or stop with words and a status."""
    if out.suffix.lower() not in ENDINGS:
        stop(f"A letter is written as .docx, .pdf or .txt, not “{out.suffix}”.", WRONG_USE)
    known = _read_case(case)
    _stop_if_locked(known)
    try:
        chosen, blocks = _template(template)
        composed = _with_its_address(assemble(chosen, blocks, known), known)
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


def _stop_if_locked(case: CaseFile) -> None:
    """Stop where the letter may not reach the person as the case says: as no page would send it."""
    locks = locks_standing(case, way_asked_for(case.recipient))
    if locks:
        lines = [f"{each.words} {MENDS[each.lock]}" for each in locks]
        stop("\n".join(["The letter is locked, so it is not written.", *lines]), REFUSED)


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


def _with_its_address(composed: Composed, case: CaseFile) -> Composed:
    """Return a letter with each line of its address cut to the width of the window."""
    block = [each.text for each in composed.paragraphs if each.kind is ParagraphKind.ADDRESS]
    if not block:
        return composed
    return addressed(composed, window_for(Way.PRINT, case.letter.dated or date.max).fitted(block))


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
