"""`forthright audit`: shows that the record is as it was written."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from forthright.cli.refusals import stop

commands = typer.Typer(no_args_is_help=True, help="The record of what was done.")
KnownHeads = Annotated[
    list[str] | None,
    typer.Option("--known-head", metavar="NUMBER:HASH", help="A head printed in a weekly report."),
]


COVERED = (
    "Compared with it: each event with the one before, and what was frozen (weekly reports and "
    "their files, draws, sample plans). What else stands in the database is not compared: each "
    "change made through Forthright is an event, one made past it is not."
)


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
    from forthright.reports.selectors import printed_heads, what_is_frozen

    given = [read_head(written) for written in known_head or []]
    verdict = selectors.verify(known_heads=[*printed_heads(), *given], frozen=what_is_frozen())
    if as_json:
        told = asdict(verdict)
        typer.echo(json.dumps({key: told[key] for key in ("ok", "events", "head", "faults")}))
    elif verdict.ok:
        typer.echo(f"The record is whole: {verdict.events:,} events. Head: {verdict.head}")
        typer.echo(COVERED)
    else:
        typer.echo(f"The record is NOT whole: {verdict.events:,} events.")
        for fault in verdict.faults:
            typer.echo(f"- {fault}")
    for note in verdict.notes:
        typer.echo(note, err=as_json)
    raise typer.Exit(0 if verdict.ok else 1)


@commands.command("accept-restore")
def accept_restore(
    reason: Annotated[str, typer.Option(help="Why the record was taken back; name nobody.")],
) -> None:
    """Accept that a backup was restored, so that events after it are gone; this is recorded."""
    from forthright.audit import selectors, services
    from forthright.rules.written import reason_in
    from forthright.web import clock

    # What a restore does not explain must not be hidden behind one.
    if others := selectors.walked()[0].faults:
        stop("A restored backup does not explain this: " + " ".join(others))
    if not reason_in(reason):
        raise typer.BadParameter("say why the backup was restored", param_hint="--reason")
    try:
        accepted = services.accept_restore(reason_in(reason), by=None, at=clock.now())
    except services.NothingWasLost as refusal:
        stop(str(refusal))
    typer.echo(accepted.words)


@commands.command("put-locks-back")
def put_locks_back() -> None:
    """Put back the locks by which the database refuses to change an event; this is recorded."""
    from forthright.audit import services
    from forthright.web import clock

    were_off = services.put_locks_back(by=None, at=clock.now())
    for each in were_off:
        typer.echo(f"{each.lock} {each.why}; it is put back.")
    if not were_off:
        typer.echo("Every lock is on. Nothing was changed.")


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
