"""`forthright check`: what the rules find in a letter, with no server, database or network."""

from pathlib import Path
from typing import Annotated

import typer


def check(
    letter: Annotated[Path, typer.Argument(help="The letter: .docx, .pdf, .txt or .md.")],
    case: Annotated[
        Path | None,
        typer.Option(help="The case file (JSON). Without it, rules that need none are used."),
    ] = None,
    as_of: Annotated[
        str, typer.Option(help="The day to check for, like 2026-04-08. Otherwise today.")
    ] = "",
    rules: Annotated[
        Path | None, typer.Option(help="A folder of rules to use instead of those that ship.")
    ] = None,
    recent: Annotated[
        Path | None,
        typer.Option(help="A folder of recent letters, in which pasted paragraphs are looked for."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check a letter, against its case where there is one; exit with 1 if it must not go out."""
    # What checks letters takes a quarter of a second to load, which other commands do not need.
    from forthright.cli.checking import check_file

    check_file(letter, case, as_of, rules, recent=recent, as_json=as_json)
