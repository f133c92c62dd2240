"""`forthright anonymise`: takes out of letters what says who they are about."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from forthright.cli.refusals import WRONG_USE, stop


class Benchmark(StrEnum):
    """What the anonymiser can be measured by."""

    TAB = "tab"


def anonymise(  # noqa: PLR0913, PLR0917 - one for each option
    letters: Annotated[
        list[Path] | None,
        typer.Argument(help=".docx, .pdf, .txt or .md; none, or -, reads what is typed or piped."),
    ] = None,
    case: Annotated[
        Path | None, typer.Option(help="What is known of the case, as JSON. Nothing known leaks.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Write here: a .txt file, or a folder for several letters.")
    ] = None,
    gate: Annotated[
        Path | None,
        typer.Option(
            help="Search this finished file instead; 1 if anything known is left or may be a name."
        ),
    ] = None,
    looked_at: Annotated[
        bool,
        typer.Option(
            "--looked-at",
            help="With --gate: somebody looked at each word that may be a name, and none is.",
        ),
    ] = False,
    evaluate: Annotated[
        Benchmark | None,
        typer.Option(help="Measure the anonymiser by a benchmark's file, given as LETTERS."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Anonymise letters. A person has to read the result: rare facts can tell who is meant."""
    from forthright.cli import anonymising

    given = letters or []
    if gate is not None:
        if case is None:
            stop("--gate needs --case: without a case nothing is known to search for.", WRONG_USE)
        anonymising.search_file(gate, case, looked_at=looked_at, as_json=as_json)
    elif evaluate is not None:
        if len(given) != 1:
            stop("--evaluate needs one file of the benchmark.", WRONG_USE)
        anonymising.measure_by_tab(given[0], as_json=as_json)
    else:
        anonymising.anonymise_letters(given, case, out, as_json=as_json)
