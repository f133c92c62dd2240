"""Has a set of rules tried in a program of its own, which is ended if it takes too long."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import forthright
from forthright.rules.letter_checks.apart import MOST_SECONDS

# The program itself ends after some seconds of the processor; this is for a machine that stands.
LONGEST = 120
HOUSE = Path(forthright.__file__).parent.parent
TOO_LONG = (
    f"A pattern of these rules takes longer than {MOST_SECONDS} seconds on a short text, so a "
    "letter could not be checked while it is written. Look for a star or plus within a bracket "
    "that has a star or plus itself, like (a+)+."
)


def problems_of(files: Mapping[str, str]) -> list[str]:
    """Return what keeps files of rules from being used, a sentence each; nothing if all is well."""
    try:
        tried = subprocess.run(
            [sys.executable, "-m", "forthright.rules.letter_checks.apart"],
            input=json.dumps(dict(files)), capture_output=True, text=True, encoding="utf-8",
            timeout=LONGEST, cwd=HOUSE, check=True,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return [TOO_LONG]
    except subprocess.CalledProcessError as fault:
        if fault.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
            return [TOO_LONG]
        last = fault.stderr.strip().splitlines()[-1:] or ["no reason given"]
        return [f"The rules cannot be tried: {last[0]}. Try them with `forthright rules test`."]
    problems: list[str] = json.loads(tried.stdout)
    return problems
