"""`forthright media upload`: sends a file to a server that speaks tus; needs no set-up."""

import os
from pathlib import Path
from typing import Annotated

import typer

from forthright.cli.refusals import WRONG_USE, stop

IN_THE_ENVIRONMENT = "FORTHRIGHT_UPLOAD_HEADER"


def upload(
    url: Annotated[str, typer.Argument(help="the address that takes files by tus 1.0")],
    file: Annotated[Path, typer.Argument(help="the file", exists=True, dir_okay=False)],
    header: Annotated[
        list[str] | None,
        typer.Option(
            help="“Name: value” by which the server knows who sends; may be given several times, "
            f"or stand in {IN_THE_ENVIRONMENT}, one on each line",
        ),
    ] = None,
) -> None:
    """Send a file; after a lost line it goes on, and typed again it goes on where it ended.

    Where what is gone on with answers nothing any more, such as a file of a recording that was
    asked for again since, it says so and what becomes of it.
    """
    from rich.console import Console
    from rich.progress import Progress

    from forthright.media_files.line import UploadRefused
    from forthright.media_files.names import BadName, size_words
    from forthright.media_files.upload import FileChanged, LineLost, Uploader

    try:
        sender = Uploader(url, headers=_headers(header or _unseen()), remember_in=_remembered())
    except ValueError as refusal:
        stop(str(refusal), WRONG_USE)
    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(file.name, total=None)
        try:
            done = sender.send(
                file,
                progress=lambda sent, length: bar.update(task, completed=sent, total=length),
                tell=lambda words: typer.echo(f"The server says: {words}", err=True),
                waits=lambda why: typer.echo(f"Trying again: {why}", err=True),
            )
        except (UploadRefused, LineLost, FileChanged, BadName) as refusal:
            stop(str(refusal))
    typer.echo(f"{file.name} has arrived: {size_words(done.length)}, SHA-256 {done.sha256}")


def _headers(written: list[str]) -> dict[str, str]:
    """Return headers as they are typed.

    :raises ValueError: if one has no name
    """
    found = {}
    for each in written:
        name, colon, value = each.partition(":")
        if not colon or not name.strip():
            raise ValueError("A header is written like “Name: value”.")
        found[name.strip()] = value.strip()
    return found


def _unseen() -> list[str]:
    """Return headers that stand in the environment, where nobody reads them off the screen."""
    return [each for each in os.environ.get(IN_THE_ENVIRONMENT, "").splitlines() if each.strip()]


def _remembered() -> Path:
    """Return where it is kept what was begun, by the custom of the person's own machine."""
    state = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
    return Path(state) / "forthright" / "uploads.json"
