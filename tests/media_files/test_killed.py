"""Whoever begins or receives a file may be killed at any moment: what was noted is there."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.media_files.killing import lying_in

HOUSE = Path(__file__).parents[2]


def test_whoever_was_killed_before_anything_was_made_left_nothing(tmp_path):
    assert lying_in(tmp_path / "never-made") == []

    (tmp_path / "arriving" / "half").mkdir(parents=True)
    assert lying_in(tmp_path) == ["half"]


@pytest.mark.slow  # a thousand kills
def test_a_thousand_kills_lose_nothing_that_was_noted_and_at_most_8_mib_of_what_came(tmp_path):
    command = [sys.executable, "-m", "tests.media_files.killing", str(tmp_path)]

    done = subprocess.run(command, cwd=HOUSE, check=False, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
