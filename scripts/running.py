"""Runs of pytest, one after another, and what they came to."""

import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scripts import places
from scripts.tally import Tally
from scripts.words import say

NOTHING_COLLECTED = 5


@dataclass(frozen=True)
class Stage:
    """One run of pytest."""

    name: str
    database: str
    options: tuple[str, ...]
    may_be_empty: bool = False


class Terminated(KeyboardInterrupt):
    """We alone were told to end, not those we started, as Ctrl-C in a terminal would."""


def end_when_terminated() -> None:
    """Clean up when told to end by SIGTERM, as by Ctrl-C.

    A shell that is no terminal starts what runs in its background deaf to Ctrl-C, and what that
    starts is deaf too; both hear it again.
    """

    def told(number: int, frame: object) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, told)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def run(
    planned: list[Stage], env: Mapping[str, str], addresses: Mapping[str, str | None], tally: Tally
) -> dict[str, bool]:
    """Run the stages and add up what they counted; return by name whether each passed.

    :param addresses: the DATABASE_URL of each database, None for SQLite in memory
    """
    passed = {}
    for stage in planned:
        say(f"\n{stage.name[0].upper()}{stage.name[1:]}")
        with tempfile.TemporaryDirectory(prefix="forthright-test-") as folder:
            database = {"DATABASE_URL": addresses[stage.database]}
            passed[stage.name] = _run_one(stage, Path(folder), {**env, **database}, tally)
    return passed


def _run_one(stage: Stage, folder: Path, env: Mapping[str, str | None], tally: Tally) -> bool:
    report = folder / "report.xml"
    process = subprocess.Popen(
        [places.VENV / "bin" / "pytest", "-q", f"--junit-xml={report}", *stage.options],
        cwd=places.ROOT,
        env=places.environment({**env, "FORTHRIGHT_HOME": str(folder / "home")}),
        stdin=subprocess.DEVNULL,
    )
    try:
        status = process.wait()
    except KeyboardInterrupt as stop:
        # Ctrl-C reaches pytest too; it ends what it started before it ends itself.
        if isinstance(stop, Terminated):
            process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
        raise
    if report.exists():
        tally.add(stage.name, report)
    return status == 0 or (status == NOTHING_COLLECTED and stage.may_be_empty)
