"""./bench: measure how fast the product is, print the ratios and save the figures."""

import argparse
import subprocess
import sys
import tempfile
from contextlib import ExitStack

from scripts import places, postgres, prepare
from scripts.words import Refused, say

FOLDER = places.ROOT / "benchmarks"
RESULTS = FOLDER / "results"
NOT_BENCHMARKS = {"__init__", "measuring"}


def benchmarks() -> list[str]:
    """Return the names of the benchmarks."""
    return sorted(
        file.stem
        for file in FOLDER.glob("*.py")
        if file.stem not in NOT_BENCHMARKS and "def measure(" in file.read_text()
    )


def main() -> int:
    """Do what was asked; return the exit status."""
    there = benchmarks()
    parser = argparse.ArgumentParser(
        prog="./bench", description="Measure how fast the product is and save the figures."
    )
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(there)}")
    parser.add_argument("--quick", action="store_true", help="small amounts, nothing saved")
    parser.add_argument("--postgres", action="store_true", help="on PostgreSQL, not SQLite")
    asked = parser.parse_args()
    for name in asked.names:
        if name not in there:
            parser.error(f"there is no benchmark {name}; there are: {', '.join(there)}")
    try:
        prepare.tools("dev")
        return measure(asked.names or there, quick=asked.quick, on_postgres=asked.postgres)
    except Refused as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


def measure(names: list[str], *, quick: bool, on_postgres: bool) -> int:
    """Run the benchmarks one by one, each with an empty database; return the exit status."""
    failed = []
    RESULTS.mkdir(exist_ok=True)
    for name in names:
        say(f"\n{name.replace('_', ' ').capitalize()}")
        with ExitStack() as until_end:
            settings: dict[str, str | None] = {"DATABASE_URL": None}
            settings["DJANGO_SETTINGS_MODULE"] = "config.test_settings"
            folder = tempfile.TemporaryDirectory(prefix="forthright-bench-")
            settings["FORTHRIGHT_HOME"] = until_end.enter_context(folder)
            if on_postgres:
                settings["DATABASE_URL"] = until_end.enter_context(postgres.running())
            command = [str(places.PYTHON), "-m", "benchmarks.measuring", name]
            ending = "-postgresql" if on_postgres else ""
            command += ["--quick"] if quick else ["--out", str(RESULTS / f"{name}{ending}.json")]
            done = subprocess.run(
                command, cwd=places.ROOT, env=places.environment(settings), check=False
            )
            failed += [name] if done.returncode else []
    if failed:
        say(f"\nNot measured: {', '.join(failed)}")
    elif not quick:
        say("\nThe figures are saved in benchmarks/results")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
