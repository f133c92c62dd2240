"""Nobody waits for ever behind somebody else's change, and nothing is lost or half saved."""

import subprocess
import sys

import pytest

from tests.worker.workplace import HOUSE, PATIENCE, Workplace

# Starts real processes on a database of their own, which takes seconds.
pytestmark = pytest.mark.slow


def start(place: Workplace, act: str, folder) -> "subprocess.Popen[bytes]":
    with (folder / f"{act}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.behind", act, str(folder)],
            cwd=HOUSE, env=place.environment, stdout=log, stderr=log,
        )  # fmt: skip
    place.workers.append(process)
    return process


def test_whoever_waits_too_long_is_told_that_nothing_was_saved_and_can_try_again(tmp_path):
    place = Workplace(tmp_path / "home")
    try:
        place.run_python("-m", "tests.web.behind", "prepare", str(tmp_path))
        second = start(place, "press", tmp_path)
        place.wait_until(lambda: (tmp_path / "open").exists() or second.poll() is not None)
        start(place, "hold", tmp_path)

        assert second.wait(timeout=PATIENCE) == 0, (tmp_path / "press.log").read_text()
    finally:
        place.close()
