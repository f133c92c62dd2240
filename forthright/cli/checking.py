"""What `forthright check` does: reads a letter, its case and rules, and prints what is found."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from forthright.cli.refusals import WRONG_USE, stop
from forthright.rules.case_file import CaseFile
from forthright.rules.case_reading import CaseRefused, read_case
from forthright.rules.letter_checks.engine import Finding, check_letter, not_run
from forthright.rules.letter_checks.matchers.dates import day_at_the_top
from forthright.rules.letter_checks.rule import Level, Rule, RulesRefused, load_rules, shipped_rules
from forthright.rules.letter_checks.slow_patterns import slow_pattern
from forthright.rules.words import LONDON, count_words, day_words, list_words

if TYPE_CHECKING:
    from forthright.letter_files.reading import Words

STOPPED = 1
KINDS = (".docx", ".pdf", ".txt", ".md")
LEVELS = {
    Level.STOP: ("STOP", "stop", "stops"),
    Level.WARN: ("WARNING", "warning", "warnings"),
    Level.ADVISE: ("ADVICE", "piece of advice", "pieces of advice"),
}


class NotReadable(Exception):
    """A file is no letter that can be read; the message names it, with why."""


def check_file(
    letter: Path,
    case: Path | None,
    as_of: str,
    rules: Path | None,
    *,
    recent: Path | None,
    as_json: bool,
) -> None:
    """Check the letter of a file and print what is found; end with 1 if it must not go out."""
    used = rules_of(rules)
    known = case_of(case) if case else None
    text = text_of(letter)
    day = day_of(as_of)
    others = texts_within(recent, but=letter) if recent else []
    findings = check_letter(text, known, used, as_of=day, recent=others)
    notes = not_run(used)
    if as_json:
        said = {
            "letter": letter.name,
            "as_of": day.isoformat(),
            "findings": [
                {**each.as_table(), "line": line_of(text, each.start)} for each in findings
            ],
            "not_run": notes,
        }
        typer.echo(json.dumps(said, indent=1, ensure_ascii=False))
    else:
        used_day = "" if as_of else _day_used(text, known, day)
        print_findings(letter.name, text, findings, notes, used_day)
    if any(each.level is Level.STOP for each in findings):
        raise typer.Exit(STOPPED)


def _day_used(text: str, case: CaseFile | None, day: date) -> str:
    """Say that today was used for a letter of an earlier day, and how to give that day instead."""
    dated = (case.letter.dated if case else None) or day_at_the_top(text, day)
    if dated is None or dated >= day:
        return ""
    return (
        f"Checked as on today, {day_words(day)}; the letter is of {day_words(dated)}. "
        f"To check it as on its own day, add --as-of {dated.isoformat()}."
    )


def print_findings(
    name: str, text: str, findings: Sequence[Finding], notes: Sequence[str], used_day: str
) -> None:
    """Print findings in the order of the text, as a person reads them."""
    counts = [
        count_words(number, one, many)
        for level, (_, one, many) in LEVELS.items()
        if (number := sum(each.level is level for each in findings))
    ]
    typer.echo(f"{name}: {list_words(counts) or 'nothing found'}.")
    if used_day:
        typer.echo(used_day)
    for each in findings:
        words = " ".join(each.words.split())
        shown = (
            f"“{words[:77] + '…' if len(words) > 78 else words}”" if words else "something missing"
        )
        typer.echo(f"\n{LEVELS[each.level][0]}, line {line_of(text, each.start)}: {shown}")
        typer.echo(f"  {each.message}")
        if each.suggestion:
            typer.echo(f"  Instead: {each.suggestion}")
        unsure = " To be confirmed by the Area." if each.status != "confirmed" else ""
        typer.echo(f"  Rule {each.rule}. Source: {each.source}.{unsure}")
    for note in notes:
        typer.echo(f"\n{note}")


def line_of(text: str, place: int) -> int:
    """Return the number of the line that a place stands in, from 1."""
    return text.count("\n", 0, place) + 1


def rules_of(folder: Path | None) -> tuple[Rule, ...]:
    """Return the rules of a folder, or those that ship; stop where they cannot be used."""
    if folder is None:
        return shipped_rules()
    try:
        rules = load_rules(folder)
    except RulesRefused as refusal:
        stop(str(refusal), WRONG_USE)
    if slow := slow_pattern(rules):
        stop(slow, WRONG_USE)
    return rules


def case_of(path: Path) -> CaseFile:
    """Return the case of a file; stop with its faults where it is none."""
    try:
        return read_case(path.read_bytes(), path.name)
    except OSError as fault:
        stop(f"{path} cannot be read: {fault.strerror}.", WRONG_USE)
    except CaseRefused as refusal:
        stop(str(refusal), WRONG_USE)


def text_of(path: Path) -> str:
    """Return the words of a letter's file; or stop."""
    try:
        return readable_words_of(path).plain
    except NotReadable as refusal:
        stop(str(refusal), WRONG_USE)


def readable_words_of(path: Path) -> "Words":
    """Return the words of a letter's file as they stand there.

    :raises NotReadable: if it cannot be read; the message names the file, with why
    """
    from forthright.letter_files.reading import FileRefused, words_as_given

    try:
        with path.open("rb") as opened:
            return words_as_given(opened, path.name)
    except OSError as fault:
        raise NotReadable(f"{path} cannot be read: {fault.strerror}.") from fault
    except FileRefused as refusal:
        raise NotReadable(f"{path.name}: {refusal}") from refusal


def texts_within(folder: Path, *, but: Path) -> list[str]:
    """Return the words of the letters in a folder, but for one; stop where one is not a letter."""
    if not folder.is_dir():
        stop(f"{folder} is not a folder of letters.", WRONG_USE)
    letters = [each for each in sorted(folder.iterdir()) if each.suffix.lower() in KINDS]
    if not letters:
        stop(f"{folder} holds no letter (.docx, .pdf, .txt or .md).", WRONG_USE)
    return [text_of(each) for each in letters if each.resolve() != but.resolve()]


def day_of(text: str) -> date:
    """Return the day a person gave, or today."""
    if not text:
        return datetime.now(LONDON).date()
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        stop(f"“{text}” is not a day. Write it like 2026-04-08 (year, month, day).", WRONG_USE)


def as_table(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """Return findings as they are written to JSON."""
    return [each.as_table() for each in findings]
