import subprocess
import sys
import time

import pytest

from scripts import places
from scripts.running import Stage, run
from scripts.tally import Tally

pytestmark = pytest.mark.slow  # starts pytest inside pytest, as nothing else shows it is heard
BARE = ("-p", "no:django", "-p", "no:cacheprovider", "-c", "/dev/null")


@pytest.fixture
def stages(tmp_path):
    """Return a run that passes and one that fails."""
    (tmp_path / "test_good.py").write_text("def test_good(): pass\n")
    (tmp_path / "test_bad.py").write_text("def test_bad(): assert not 'a word of its own'\n")
    return [
        Stage("walks on SQLite", "SQLite", (*BARE, str(tmp_path / "test_bad.py"))),
        Stage("walks elsewhere", "SQLite", (*BARE, str(tmp_path / "test_good.py"))),
    ]


def test_each_run_is_heard_and_counted(stages, capfd):
    tally = Tally()

    passed = run(stages, {}, {"SQLite": None}, tally)

    assert passed == {"walks on SQLite": False, "walks elsewhere": True}
    assert str(tally) == "1 passed, 1 failed, 0 skipped"
    heard = capfd.readouterr().out
    assert heard.index("Walks on SQLite") < heard.index("a word of its own")
    assert heard.index("a word of its own") < heard.index("Walks elsewhere")


LONG = """
import os, pathlib, time, pytest
here = pathlib.Path(__file__).parent

@pytest.fixture
def held():
    yield
    (here / "cleaned").touch()

def test_long(held):
    (here / "begun").touch()
    time.sleep(60)
"""
ONE_RUN = """
import sys
from scripts.running import Stage, end_when_terminated, run
from scripts.tally import Tally
end_when_terminated()
try:
    run([Stage("long", "SQLite", tuple(sys.argv[1:]))], {}, {"SQLite": None}, Tally())
except KeyboardInterrupt:
    sys.exit(130)
"""


# As a shell that is no terminal starts what runs in its background.
DEAF = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")


@pytest.mark.parametrize("started_by", [(), DEAF], ids=["as usual", "in a background"])
def test_told_to_end_it_lets_what_it_started_clean_up(tmp_path, started_by):
    (tmp_path / "test_long.py").write_text(LONG)
    started = subprocess.Popen(
        [*started_by, sys.executable, "-c", ONE_RUN, *BARE, str(tmp_path / "test_long.py")],
        cwd=places.ROOT,
        stdout=subprocess.DEVNULL,
    )
    while not (tmp_path / "begun").exists():
        assert started.poll() is None
        time.sleep(0.05)

    started.terminate()

    assert started.wait(timeout=300) == 130
    assert (tmp_path / "cleaned").exists()
