import subprocess
import sys

import pytest

from scripts import places
from scripts.tally import Tally

TESTS = """
import pytest

class TestPage:
    @pytest.mark.parametrize("level", ["FULLY", "NOT_MET"])
    def test_mark(self, level):
        assert level == "FULLY", "the level was another"

def test_left_out():
    pytest.skip("not here")

@pytest.fixture
def broken():
    yield
    raise OSError("the fixture broke at its end")

def test_of_a_fixture(broken):
    pass
"""


@pytest.fixture
def tally(tmp_path, monkeypatch):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_marks.py").write_text(TESTS)
    monkeypatch.setattr(places, "ROOT", tmp_path)
    report = tmp_path / "report.xml"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junit-xml={report}"]
    subprocess.run(
        [*command, f"--rootdir={tmp_path}", "tests"], cwd=tmp_path, capture_output=True, check=False
    )
    tally = Tally()
    tally.add("tests on SQLite", report)
    return tally


def test_every_failure_is_listed_by_what_to_type_to_run_it_alone(tally):
    lines = list(tally.told_again())

    assert lines[-3:] == [
        "\nThese failed:",
        "  tests/test_marks.py::TestPage::test_mark[NOT_MET] (tests on SQLite)",
        "  tests/test_marks.py::test_of_a_fixture (tests on SQLite)",
    ]


def test_what_a_failing_test_printed_is_told_again(tally):
    told = "\n".join(tally.told_again())

    assert "the level was another" in told
    assert "the fixture broke at its end" in told


def test_each_test_is_counted_once(tally):
    assert str(tally) == "1 passed, 2 failed, 1 skipped"


def test_a_file_that_cannot_even_be_read_is_listed_too(tmp_path, monkeypatch):
    (tmp_path / "test_broken.py").write_text("import nowhere")
    monkeypatch.setattr(places, "ROOT", tmp_path)
    report = tmp_path / "report.xml"
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junit-xml={report}"]
    subprocess.run(
        [*command, f"--rootdir={tmp_path}", "."], cwd=tmp_path, capture_output=True, check=False
    )
    tally = Tally()

    tally.add("tests on SQLite", report)

    assert "test_broken" in "\n".join(tally.told_again())
    assert str(tally) == "0 passed, 1 failed, 0 skipped"


def test_nothing_is_told_again_when_all_is_well():
    assert list(Tally(passed=3).told_again()) == []
