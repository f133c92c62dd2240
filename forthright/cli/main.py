"""The `forthright` command."""

import os
import sys

import typer

from forthright.cli import audit, media_files, media_probe, media_upload
from forthright.cli.anonymise import anonymise
from forthright.cli.checks import check
from forthright.cli.demo import demo
from forthright.cli.disclosure import disclosure
from forthright.cli.due import due
from forthright.cli.imports import import_extract
from forthright.cli.letters import letter
from forthright.cli.media import media
from forthright.cli.refusals import Commands, stop
from forthright.cli.reports import report
from forthright.cli.rules import rules
from forthright.cli.samples import sample
from forthright.cli.setting_up import set_up

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
run = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    # The pretty form prints values, which may be people's names.
    pretty_exceptions_enable=False,
)
run.add_typer(audit.commands, name="audit")
run.add_typer(sample, name="sample")
run.add_typer(media, name="media")
media.command()(media_files.receive)
media.command()(media_files.verify)
media.command()(media_files.export)
media.command()(media_probe.probe)
media.command()(media_upload.upload)


@run.callback()
def prepare(context: typer.Context) -> None:
    """Runs a prosecution Area's assurance of victim letters."""
    # These work where nothing is set up: `due` sets up Django itself, if it can, and a letter is
    # built and checked with no more than a template or its words, a case file and rules. So is a
    # schedule, with no more than its own file (what of it needs the database sets it up itself); a
    # recording is looked into, or sent, with no more than the recording. Help needs nothing.
    needs_nothing = (
        sys.argv[1:3] in (["media", "probe"], ["media", "upload"]) or "--help" in sys.argv
    )
    alone = {"due", "check", "rules", "letter", "disclosure", "anonymise"}
    if needs_nothing or context.invoked_subcommand in alone:
        return
    set_up()


@run.command()
def worker() -> None:
    """Do background work and scheduled work until told to stop."""
    from forthright.accounts.startup import UnsafeStart, refuse_unsafe_start
    from forthright.worker.run import NameInUse, run_worker

    try:
        refuse_unsafe_start()
        run_worker()
    except (NameInUse, UnsafeStart) as refusal:
        stop(str(refusal))


run.command()(demo)
run.command()(check)
run.command()(anonymise)
run.command()(due)
run.add_typer(rules, name="rules")
run.command("import")(import_extract)
run.add_typer(letter, name="letter")
run.add_typer(report, name="report")
run.add_typer(disclosure, name="disclosure")
