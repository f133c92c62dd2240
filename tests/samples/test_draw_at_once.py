"""Two who draw at once, and one who is killed: there is one whole sample or none."""

import subprocess
import sys

import pytest

from tests.worker.workplace import HOUSE, PATIENCE, Workplace

# Each test starts real processes on a database of their own, which takes seconds.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    folder = tmp_path_factory.mktemp("samples")
    place = Workplace(folder / "home")
    place.run_python("-m", "tests.samples.apart", "prepare", str(folder))
    yield place
    place.close()


@pytest.fixture
def workplace(prepared, tmp_path):
    place = Workplace(tmp_path / "home", like=prepared)
    yield place
    place.close()


def start(place: Workplace, act: str, folder) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.samples.apart", act, str(folder)],
        cwd=HOUSE, env=place.environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    place.workers.append(process)
    return process


def counts(place: Workplace) -> list[int]:
    tables = ["samples_frame", "samples_draw", "samples_drawnletter"]
    found = [place.rows(f"SELECT count(*) FROM {table}")[0][0] for table in tables]
    events = place.rows("SELECT count(*) FROM audit_event WHERE name = 'sample.drawn'")
    return [*found, events[0][0]]


def test_two_who_draw_at_once_get_one_sample(workplace, tmp_path):
    both = [start(workplace, "draw", tmp_path) for _ in range(2)]
    workplace.wait_until(lambda: len(list(tmp_path.glob("ready-*"))) == 2)
    (tmp_path / "go").touch()

    said = sorted(process.communicate(timeout=PATIENCE)[0] for process in both)

    assert said == ["drew 5", "refused"]
    assert counts(workplace) == [1, 1, 5, 1]


def test_a_draw_killed_half_way_leaves_nothing_and_can_be_made_again(workplace, tmp_path):
    killed = start(workplace, "hang", tmp_path)
    workplace.wait_until((tmp_path / "drawn").exists)
    workplace.kill(killed)
    killed.communicate()

    left = counts(workplace)
    (tmp_path / "go").touch()
    again = start(workplace, "draw", tmp_path).communicate(timeout=PATIENCE)[0]

    assert left == [0, 0, 0, 0]
    assert again == "drew 5"
    assert counts(workplace) == [1, 1, 5, 1]
