"""`forthright media probe`: what a file holds and whether it plays; needs no set-up."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forthright.cli.refusals import REFUSED, WRONG_USE, stop

if TYPE_CHECKING:
    from forthright.media_playing.deciding import Decision
    from forthright.media_playing.recording import Recording, Stream


def probe(
    file: Annotated[Path, typer.Argument(help="a recording: CCTV, body-worn video, a call")],
    as_json: Annotated[bool, typer.Option("--json", help="print all of it as JSON")] = False,
) -> None:
    """Say what a file holds and whether it plays in a browser; ends with 1 if it never can."""
    from forthright.media_playing.deciding import Verdict, decide
    from forthright.media_playing.probing import probe as look_into
    from forthright.media_playing.programs import ProgramMissing

    try:
        found = look_into(file)
    except OSError as fault:
        stop(f"{file} cannot be read: {fault.strerror}.", WRONG_USE)
    except ProgramMissing as refusal:
        stop(str(refusal), WRONG_USE)
    decision = decide(found)
    if as_json:
        said = {"file": file.name, **found.as_table(), "decision": decision.as_table()}
        typer.echo(json.dumps(said, indent=1, ensure_ascii=False))
    else:
        typer.echo("\n".join(lines_of(file.name, found, decision)))
    if decision.verdict is Verdict.NOT_PLAYABLE:
        raise typer.Exit(REFUSED)


def lines_of(name: str, found: "Recording", decision: "Decision") -> list[str]:
    """Return what was found and decided, as a person reads it."""
    from forthright.media_files.names import size_words

    lines = [f"{name}: {decision.verdict}.", *(f"  {reason}" for reason in decision.reasons)]
    lines.append(f"Size: {size_words(found.length)}")
    if found.container_words:
        lines.append(f"Kind of file: {found.container_words}; index {found.index}")
    if found.seconds:
        lines.append(f"Length: {clock_words(found.seconds)}")
    if found.created_as_written:
        lines.append(f"Made, as the file itself says: {found.created_as_written}")
    return [*lines, *(stream_words(each) for each in found.streams)]


def stream_words(stream: "Stream") -> str:
    """Return one stream in a line."""
    parts = [stream.codec_words or stream.codec or "not known"]
    if stream.width:
        parts.append(f"{stream.width} × {stream.height}")
    if stream.frame_rate:
        varies = ", now more, now fewer" if stream.frame_rate_varies else ""
        parts.append(f"{stream.frame_rate:g} frames a second{varies}")
    if stream.rotation:
        parts.append(f"turned {stream.rotation}° clockwise when shown")
    if stream.samples_per_second:
        parts.append(f"{stream.samples_per_second:,} samples a second")
    return f"Stream {stream.number}, {stream.kind}: {'; '.join(parts)}"


def clock_words(seconds: float) -> str:
    """Return a length of time as a player shows it: "1:02:03.4"."""
    hours, rest = divmod(round(seconds, 1), 3600)
    minutes, rest = divmod(rest, 60)
    return f"{int(hours)}:{int(minutes):02}:{rest:04.1f}"
