"""A service killed in the middle of saving marks leaves whole marks behind."""

import subprocess
import sys

import pytest

from tests.worker.workplace import HOUSE

# Starts real processes, which takes seconds.
pytestmark = pytest.mark.slow


def test_marks_are_whole_however_often_the_service_is_killed(workplace):
    workplace.run_python("-m", "tests.worker.marking", "begin")
    marked = workplace.home / "marked"

    for _ in range(3):
        marked.unlink(missing_ok=True)
        marking = subprocess.Popen(
            [sys.executable, "-m", "tests.worker.marking", "mark"],
            cwd=HOUSE,
            env=workplace.environment,
        )
        workplace.workers.append(marking)
        workplace.wait_until(lambda: marked.exists() and int(marked.read_text() or 0) > 5)
        workplace.kill(marking)

        workplace.run_python("-m", "tests.worker.marking", "check")
