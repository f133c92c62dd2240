"""What `forthright rules` does: rules tried on their examples and on past letters."""

import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import typer

from forthright.cli.checking import as_table, case_of, day_of, rules_of, text_of
from forthright.cli.refusals import WRONG_USE, stop
from forthright.rules.letter_checks.backtest import Backtest, PastLetter, backtest
from forthright.rules.letter_checks.engine import Finding, not_run
from forthright.rules.letter_checks.examples import Disagreement, disagreements
from forthright.rules.letter_checks.rule import Rule
from forthright.rules.words import count_words

DIFFERENT = 1
ENDINGS = (".docx", ".pdf", ".txt", ".md")


def try_examples(folder: Path | None, *, as_json: bool) -> None:
    """Try each rule on its examples; end with 1 if one does not do as it says."""
    used = rules_of(folder)
    found = disagreements(used)
    examples = sum(len(each.examples) for each in used)
    if as_json:
        said = {
            "rules": len(used),
            "examples": examples,
            "faults": [
                {"place": each.place, "reason": each.reason, "letter": each.letter}
                for each in found
            ],
            "not_run": not_run(used),
        }
        typer.echo(json.dumps(said, indent=1, ensure_ascii=False))
    else:
        _print_faults(used, found, examples)
    if found:
        raise typer.Exit(DIFFERENT)


def _print_faults(used: Sequence[Rule], found: Sequence[Disagreement], examples: int) -> None:
    for each in found:
        shown = f": “{' '.join(each.letter.split())[:90]}”" if each.letter else ""
        typer.echo(f"{each.place}: {each.reason}{shown}")
    for note in not_run(used):
        typer.echo(note)
    tried = f"{count_words(len(used), 'rule')}, {count_words(examples, 'example')}"
    if found:
        typer.echo(f"{tried}: {count_words(len(found), 'fault')}.")
    else:
        typer.echo(f"{tried}: every rule does what its examples say.")


def copy_shipped(folder: Path) -> None:
    """Write the rules that ship into a new folder."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop(f"{folder} is there already. Name a new folder.", WRONG_USE)
    folder.mkdir(parents=True, exist_ok=True)
    for each in files("forthright.rules").joinpath("data/letter_rules").iterdir():
        if each.name.endswith(".toml"):
            (folder / each.name).write_bytes(each.read_bytes())
    typer.echo(f"Written to {folder}. Change them, then type: forthright rules test {folder}")


def compare(
    letters: Path,
    new: Path,
    old: Path | None,
    *,
    as_of: str,
    processes: int | None,
    as_json: bool,
) -> None:
    """Compare new rules with the present ones on past letters and print the differences."""
    now, then = rules_of(old), rules_of(new)
    if not letters.is_dir():
        stop(f"{letters} is not a folder of letters.", WRONG_USE)
    from forthright.cli.progress import progress

    total = sum(1 for _ in files_of(letters))
    with progress() as told:
        compared = backtest(
            past_letters(letters, as_of), now, then, processes=processes,
            told=lambda done: told("Letters checked by both sets", done, total),
        )  # fmt: skip
    if not compared.letters:
        stop(f"{letters} holds no letter ({', '.join(ENDINGS)}).", WRONG_USE)
    if as_json:
        typer.echo(json.dumps(as_data(compared), indent=1, ensure_ascii=False))
    else:
        print_backtest(compared)


def files_of(folder: Path) -> Iterator[Path]:
    """Yield the files of letters in a folder, in the order of their names."""
    return (each for each in sorted(folder.rglob("*")) if each.suffix.lower() in ENDINGS)


def past_letters(folder: Path, as_of: str) -> Iterator[PastLetter]:
    """Yield the letters of a folder with their cases, in the order of their names."""
    for path in files_of(folder):
        beside = path.with_suffix(".json")
        case = case_of(beside) if beside.is_file() else None
        own_day = case.letter.dated if case and not as_of else None
        name = path.relative_to(folder).as_posix()
        yield PastLetter(name, text_of(path), case, own_day or day_of(as_of))


def as_data(compared: Backtest) -> dict[str, Any]:
    """Return a back-test as it is written to JSON."""
    return {
        "letters": compared.letters,
        "stopped_now": compared.old_stops,
        "stopped_then": compared.new_stops,
        "findings_now": dict(sorted(compared.old_findings.items())),
        "findings_then": dict(sorted(compared.new_findings.items())),
        "differences": [
            {"letter": each.name, "gained": as_table(each.gained), "lost": as_table(each.lost)}
            for each in compared.differences
        ],
    }


def print_backtest(compared: Backtest) -> None:
    """Print a back-test: the totals, then each letter that is treated differently."""
    typer.echo(
        f"{count_words(compared.letters, 'letter')}: {compared.old_stops} stopped now, "
        f"{compared.new_stops} stopped by the new rules; "
        f"{count_words(len(compared.differences), 'letter')} treated differently."
    )
    both = {*compared.old_findings, *compared.new_findings}
    for rule in sorted(both):
        before, after = compared.old_findings[rule], compared.new_findings[rule]
        if before != after:
            typer.echo(f"  rule {rule}: {before} found now, {after} by the new rules")
    for each in compared.differences:
        typer.echo(f"\n{each.name}")
        _print_side("now also found", each.gained)
        _print_side("no longer found", each.lost)


def _print_side(words: str, findings: Sequence[Finding]) -> None:
    for each in findings:
        shown = " ".join(each.words.split())[:70] or "something missing"
        typer.echo(f"  {words}: {each.rule} ({each.level}) “{shown}”: {each.message}")
