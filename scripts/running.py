"""Runs of pytest, one after another or side by side, and what they came to."""

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
    is_walk: bool = False


class Terminated(KeyboardInterrupt):
    """We alone were told to end, not those we started, as Ctrl-C in a terminal would."""


def end_when_terminated() -> None:
    """Clean up when told to end by SIGTERM, as by Ctrl-C."""

    def told(number: int, frame: object) -> None:
        raise Terminated

    signal.signal(signal.SIGTERM, told)


def run(
    planned: list[Stage], env: Mapping[str, str], addresses: Mapping[str, str | None], tally: Tally
) -> dict[str, bool]:
    """Run the stages and add up what they counted; return by name whether each passed.

    Walks wait for a browser more than they work, so those of both databases go side by side.

    :param addresses: the DATABASE_URL of each database, None for SQLite in memory
    """
    walks = [stage for stage in planned if stage.is_walk]
    groups = [[stage] for stage in planned if not stage.is_walk] + ([walks] if walks else [])
    passed = {}
    for group in groups:
        say("\n" + " and ".join(f"{stage.name[0].upper()}{stage.name[1:]}" for stage in group))
        with tempfile.TemporaryDirectory(prefix="forthright-test-") as folder:
            started = {
                stage: _Run(
                    stage,
                    Path(folder) / str(number),
                    {**env, "DATABASE_URL": addresses[stage.database]},
                    is_alone=len(group) == 1,
                )
                for number, stage in enumerate(group)
            }
            try:
                for stage, one in started.items():
                    passed[stage.name] = one.wait()
                    one.count(tally)
            except KeyboardInterrupt as stop:
                # Ctrl-C reaches pytest too; it ends what it started before it ends itself.
                for one in started.values():
                    one.end(is_told=not isinstance(stop, Terminated))
                raise
    return passed


class _Run:
    """One stage that is running: heard as it goes if it is alone, else once it has ended."""

    def __init__(
        self, stage: Stage, folder: Path, env: Mapping[str, str | None], *, is_alone: bool
    ) -> None:
        self.stage, self.folder, self.is_alone = stage, folder, is_alone
        folder.mkdir()
        self.report, self.said = folder / "report.xml", folder / "said"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [
                    places.VENV / "bin" / "pytest",
                    "-q",
                    f"--junit-xml={self.report}",
                    *stage.options,
                ],
                cwd=places.ROOT,
                env=places.environment({**env, "FORTHRIGHT_HOME": str(folder / "home")}),
                stdin=subprocess.DEVNULL,
                stdout=None if is_alone else said,
                stderr=None if is_alone else subprocess.STDOUT,
            )

    def wait(self) -> bool:
        """Wait for its end and tell whether it passed."""
        status = self.process.wait()
        if not self.is_alone:
            say(f"\n{self.stage.name}:\n{self.said.read_text(errors='replace').rstrip()}")
        return status == 0 or (status == NOTHING_COLLECTED and self.stage.may_be_empty)

    def end(self, *, is_told: bool) -> None:
        """Have it end what it started and then itself, which a second Ctrl-C would cut short."""
        if not is_told and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)

    def count(self, tally: Tally) -> None:
        """Add up what it counted."""
        if self.report.exists():
            tally.add(self.stage.name, self.report)
