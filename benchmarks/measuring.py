"""What the benchmarks share: a figure, taking times, and writing a file of results.

A benchmark is a module here with `measure(*, quick: bool) -> list[Figure]`. ./bench finds it by
its name, gives it a data folder and a database of its own, and saves what it returns.
"""

import argparse
import importlib
import json
import os
import platform
import sqlite3
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """One measured value, what it is compared with, and the goal if there is one."""

    name: str
    value: float
    unit: str
    against: str = ""
    against_value: float | None = None
    goal: str = ""
    is_met: bool | None = None
    # For a share: of how many, and where it lies with 95% certainty, in the same unit.
    n: int | None = None
    low: float | None = None
    high: float | None = None

    @property
    def ratio(self) -> float | None:
        """Return how many times the compared value this one is."""
        return self.value / self.against_value if self.against_value else None


def median_seconds(act: Callable[[], object], *, times: int) -> float:
    """Return the median time that an act takes."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def seconds_of(act: Callable[[], object]) -> float:
    """Return the time that an act takes once."""
    return median_seconds(act, times=1)


def line_of(figure: Figure) -> str:
    """Return a figure as a line for a person."""
    words = f"{figure.name}: {figure.value:,.4g} {figure.unit}"
    if figure.low is not None:
        words += f" ({figure.low:,.4g} to {figure.high:,.4g}; n {figure.n:,})"
    if figure.ratio is not None:
        compared = f"{figure.against_value:,.3g} {figure.unit}"
        words += f"; {figure.ratio:.2f} times {figure.against} ({compared})"
    if figure.goal:
        verdict = {True: "met", False: "NOT MET", None: "not judged"}[figure.is_met]
        words += f"; goal {figure.goal}: {verdict}"
    return words


def database_name() -> str:
    """Return the kind of database that is measured."""
    return "PostgreSQL" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "SQLite"


def main() -> None:
    """Run one benchmark, print its figures, and save them where asked."""
    parser = argparse.ArgumentParser(description="Run one benchmark; ./bench does this for all.")
    parser.add_argument("name")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path)
    asked = parser.parse_args()
    figures: list[Figure] = importlib.import_module(f"benchmarks.{asked.name}").measure(
        quick=asked.quick
    )
    for figure in figures:
        print(f"    {line_of(figure)}", flush=True)
    if asked.out:
        saved = {
            "benchmark": asked.name,
            "measured_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "database": database_name(),
            "machine": {
                "processors": os.cpu_count(),
                "architecture": platform.machine(),
                "python": platform.python_version(),
                "sqlite": sqlite3.sqlite_version,
            },
            "figures": [{**asdict(figure), "ratio": figure.ratio} for figure in figures],
        }
        asked.out.write_text(json.dumps(saved, indent=1) + "\n")


if __name__ == "__main__":
    main()
