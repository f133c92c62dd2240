"""What the runs of pytest came to: how many tests passed, and which failed and how."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from scripts import places

# A long log is often kept by its end alone, so what is told again there must be short.
MOST_TOLD_IN_FULL = 4
MOST_LINES = 25
MOST_LISTED = 40


@dataclass(frozen=True)
class Failure:
    """One test that failed: the run it was in, its address for pytest, and what it printed."""

    stage: str
    address: str
    said: str

    def lines(self) -> list[str]:
        """Return the end of what it printed."""
        return self.said.strip().splitlines()[-MOST_LINES:]


@dataclass
class Tally:
    """Counts of tests, and the failures among them."""

    passed: int = 0
    skipped: int = 0
    failures: list[Failure] = field(default_factory=list)

    def add(self, stage: str, report: Path) -> None:
        """Add what one run wrote in its report, a JUnit file."""
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            failed = list(_failures(stage, case))
            self.failures += failed
            if case.find("skipped") is not None:
                self.skipped += 1
            elif not failed:
                self.passed += 1

    def told_again(self) -> Iterator[str]:
        """Yield the lines that tell of the failures: the first in full, then a list of all."""
        for failure in self.failures[:MOST_TOLD_IN_FULL]:
            yield f"\n{failure.address}, in {failure.stage}:"
            yield from (f"    {line}" for line in failure.lines())
        if self.failures:
            yield "\nThese failed:"
        for failure in self.failures[:MOST_LISTED]:
            yield f"  {failure.address} ({failure.stage})"
        if (more := len(self.failures) - MOST_LISTED) > 0:
            yield f"  and {more} more"

    def __str__(self) -> str:
        """Return the one line of counts."""
        return f"{self.passed} passed, {len(self.failures)} failed, {self.skipped} skipped"


def _failures(stage: str, case: ElementTree.Element) -> Iterator[Failure]:
    for kind in ("failure", "error"):
        for told in case.findall(kind):
            yield Failure(stage, _address(case), told.text or told.get("message") or "")


def _address(case: ElementTree.Element) -> str:
    """Return what to type after pytest to run this test alone."""
    # What cannot even be collected has no class, only the name of its file.
    parts = [part for part in case.get("classname", "").split(".") if part]
    for length in range(len(parts), 0, -1):
        file = Path(*parts[:length]).with_suffix(".py")
        if (places.ROOT / file).is_file():
            return "::".join([str(file), *parts[length:], case.get("name", "")])
    return ".".join([*parts, case.get("name", "")])
