"""Files changed by a fuzzer that sees which lines each change reaches are read or refused."""

import importlib.util
import resource
import subprocess
import sys

import pytest

from scripts import places
from tests.fuzzing.readers import READERS

# Long enough to leave the good files behind; by hand each ran for minutes.
SECONDS, RUNS = 4, 4_000
ROOM = 2_048  # MiB that a reader may take


def most_taken() -> int:
    """Return how many MiB this process has taken at most: the system counts them as the child's."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1_024


@pytest.mark.slow  # a process of its own that runs for seconds
@pytest.mark.parametrize("name", READERS)
def test_whatever_is_handed_in_is_read_or_refused_and_no_known_name_passes(name, tmp_path):
    if importlib.util.find_spec("atheris") is None:
        pytest.skip("atheris is not made for this machine")
    limits = [f"-max_total_time={SECONDS}", f"-runs={RUNS}", "-timeout=60", "-max_len=60000",
              "-seed=7", f"-artifact_prefix={tmp_path}/",
              f"-rss_limit_mb={ROOM + most_taken()}"]  # fmt: skip

    done = subprocess.run(
        [sys.executable, "-m", "tests.fuzzing.guided", name, tmp_path / "files", *limits],
        cwd=places.ROOT, capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-3_000:]
    assert "Done " in done.stderr


@pytest.mark.parametrize("name", READERS)
def test_the_files_that_it_begins_from_are_taken(name):
    for content in READERS[name].begins():
        READERS[name].read(content)
