"""`forthright audit`: shows that the record is as it was written."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

commands = typer.Typer(no_args_is_help=True, help="The record of what was done.")
KnownHeads = Annotated[
    list[str] | None,
    typer.Option("--known-head", metavar="NUMBER:HASH", help="A head printed in a weekly report."),
]


@commands.callback()
def record() -> None:
    """Look after the record of what was done."""


@commands.command()
def verify(
    known_head: KnownHeads = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Find any event that was edited, removed or moved; exit with 1 if there is one."""
    from forthright.audit import selectors
    from forthright.reports.selectors import printed_heads

    given = [read_head(written) for written in known_head or []]
    verdict = selectors.verify(known_heads=[*printed_heads(), *given])
    if as_json:
        typer.echo(json.dumps(asdict(verdict)))
    elif verdict.ok:
        typer.echo(f"The record is whole: {verdict.events:,} events. Head: {verdict.head}")
    else:
        typer.echo(f"The record is NOT whole: {verdict.events:,} events.")
        for fault in verdict.faults:
            typer.echo(f"- {fault}")
    raise typer.Exit(0 if verdict.ok else 1)


def read_head(written: str) -> tuple[int, str]:
    """Return the number and hash of a head as a report prints it.

    :raises typer.BadParameter: if it is not a number, a colon and a hash
    """
    number, _, known = written.partition(":")
    if not number.isdecimal() or len(known) != 64:
        raise typer.BadParameter(
            f"“{written}” is not a head. Write its number, a colon, and its 64 characters, "
            "as the weekly report prints them."
        )
    return int(number), known.lower()
