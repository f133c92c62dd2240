"""./check: look for faults without running the product."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

from scripts import locks, places, prepare
from scripts.words import Refused, say

BIN = places.VENV / "bin"
MOST_LINES = 60


@dataclass(frozen=True)
class Look:
    """One way of looking: what it looks at and the program that does it."""

    at: str
    command: tuple[str, ...]


# They run side by side, one a core, so the slowest comes first.
LOOKS = (
    Look("types", ("mypy", "forthright", "config", "scripts", "benchmarks")),
    Look("house rules", ("pytest", "-q", "tests/guards")),
    Look("style", ("ruff", "check", "--quiet", ".")),
    Look("layout of the code", ("ruff", "format", "--quiet", "--check", ".")),
    Look("the order of the rooms", ("lint-imports",)),
    Look("migrations", ("python", "manage.py", "makemigrations", "--check", "--dry-run")),
)
MENDS = (
    ("ruff", "check", "--quiet", "--fix", "."),
    ("ruff", "format", "--quiet", "."),
)


def look_at_all(*, but: str = "") -> dict[str, str]:
    """Look at everything but one; print what is wrong and return it by the name of the look."""
    looks: dict[str, Callable[[], str]]
    looks = {look.at: partial(_output, look.command) for look in LOOKS if look.at != but}
    looks["lock files"] = lambda: "\n".join(locks.faults())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = dict(zip(looks, pool.map(_timed, looks, looks.values()), strict=True))
    return {name: faults for name, faults in found.items() if faults}


def _timed(name: str, find_faults: Callable[[], str]) -> str:
    """Look once and print what came of it."""
    began = time.monotonic()
    faults = find_faults().strip()
    seconds = time.monotonic() - began
    lines = [f"  {'FAULTS' if faults else 'good  '}  {name} ({seconds:.1f} s)"]
    lines += [f"          {line}" for line in faults.splitlines()[-MOST_LINES:]]
    say("\n".join(lines))
    return faults


def _output(command: tuple[str, ...]) -> str:
    """Run one look; return what it printed if it failed, else nothing."""
    with tempfile.TemporaryDirectory(prefix="forthright-check-") as home:
        settings = {"FORTHRIGHT_TESTING": "1", "FORTHRIGHT_HOME": home, "DATABASE_URL": None}
        done = subprocess.run(
            [BIN / command[0], *command[1:]],
            cwd=places.ROOT,
            env=places.environment(settings),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    return (done.stdout or f"status {done.returncode}") if done.returncode else ""


def main() -> int:
    """Do what was asked; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="./check", description="Look for faults without running the product."
    )
    parser.add_argument("--fix", action="store_true", help="first mend what can be mended alone")
    asked = parser.parse_args()
    try:
        prepare.tools("dev")
    except Refused as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    if asked.fix:
        for mend in MENDS:
            subprocess.run([BIN / mend[0], *mend[1:]], cwd=places.ROOT, check=False)
    say("Looking for faults")
    return 1 if look_at_all() else 0


if __name__ == "__main__":
    sys.exit(main())
