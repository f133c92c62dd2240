"""`forthright report`: makes a weekly report and writes its files."""

import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from forthright.cli.refusals import WRONG_USE, stop

if TYPE_CHECKING:
    from forthright.reports.models import WeeklyReport

FILES = ("report.html", "report.pdf", "report.xlsx", "figures.json")
report = typer.Typer(no_args_is_help=True, help="Weekly assurance reports.")


@report.callback()
def group() -> None:
    """Weekly assurance reports."""


@report.command()
def weekly(
    week: Annotated[str, typer.Option(help="the week, for example 2026-W40")],
    out: Annotated[Path, typer.Option(help="the folder to write the files into")],
    area: Annotated[str, typer.Option(help="the Area, where there is more than one")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="print what was written as JSON")] = False,
) -> None:
    """Freeze one week's figures and write report.html, report.pdf, report.xlsx, figures.json."""
    begun = check_folder(out)
    try:
        made = _made(area, week)
    except BaseException:
        _take_away(begun)
        raise
    written = [str(path) for path in _write(made, out)]
    if as_json:
        facts = {"week": made.figures["week"], "version": made.version, "digest": made.digest,
                 "files": written}  # fmt: skip
        typer.echo(json.dumps(facts))
    else:
        typer.echo(f"Version {made.version} of the report for {made.figures['week_words']}:")
        typer.echo("\n".join(written))


def check_folder(out: Path) -> list[Path]:
    """Make sure that files can be written into a folder; if not, say why and end with 1.

    Returns the folders that were made for it, the innermost first.
    It is tried before the report is made, so that no version is frozen for files that cannot be.
    """
    begun = [each for each in (out, *out.parents) if not each.exists()]
    if refusal := _why_not_written(out):
        stop(
            f"The report cannot be written into {out}: {refusal}. Name a folder that you may write "
            "to. No report was made."
        )
    return begun


def _why_not_written(out: Path) -> str:
    """Make a folder and say why files cannot be written into it; blank where they can."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
        taken = [name for name in FILES if (out / name).is_dir()]
    except (FileExistsError, NotADirectoryError):
        return "it is a file, or lies in one, and not a folder"
    except OSError as fault:
        return (fault.strerror or "it cannot be written to").lower()
    return f"a folder there is called {taken[0]}" if taken else ""


def _take_away(folders: list[Path]) -> None:
    """Remove folders that nothing was written into."""
    for folder in folders:
        with suppress(OSError):
            folder.rmdir()


def _made(area: str, week: str) -> "WeeklyReport":
    from forthright.cli.areas import area_named
    from forthright.reports.selectors import NothingToReport
    from forthright.reports.services import WeekNotOver, make_weekly_report
    from forthright.rules.weeks import NotAWeek, read_week
    from forthright.web import clock

    try:
        asked = read_week(week)
    except NotAWeek as refusal:
        stop(str(refusal), WRONG_USE)
    try:
        return make_weekly_report(area_named(area), asked, by=None, at=clock.now())
    except (NothingToReport, WeekNotOver) as refusal:
        stop(str(refusal))


def _write(made: "WeeklyReport", out: Path) -> list[Path]:
    from forthright.audit import services as audit
    from forthright.reports import documents
    from forthright.reports.models import ReportFile

    contents = (
        documents.html_of(made).encode(),
        documents.kept_file(made, ReportFile.Kind.PDF, by=None, at=made.made_at),
        documents.kept_file(made, ReportFile.Kind.XLSX, by=None, at=made.made_at),
        documents.figures_of(made, reader=None, at=made.made_at).encode(),
    )
    audit.record("report.taken_out", made, by=None, at=made.made_at, kind="every", where="command")
    for name, content in zip(FILES, contents, strict=True):
        (out / name).write_bytes(content)
    return [out / name for name in FILES]
