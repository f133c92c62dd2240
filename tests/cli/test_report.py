"""`forthright report weekly`: what leaves the product by the command line is recorded too."""

import pytest
from typer.testing import CliRunner

from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.reports.models import WeeklyReport
from tests import given

pytestmark = pytest.mark.django_db


# Slow: it draws a PDF.
@pytest.mark.slow
def test_files_written_to_a_folder_leave_an_event(tmp_path):
    given.an_area_that_reports()

    told = CliRunner().invoke(
        run, ["report", "weekly", "--week", "2026-W40", "--out", str(tmp_path)]
    )

    assert told.exit_code == 0, told.output
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "figures.json", "report.html", "report.pdf", "report.xlsx",
    ]  # fmt: skip
    taken_out = Event.objects.get(name="report.taken_out")
    assert taken_out.detail == {"kind": "every", "where": "command"}


@pytest.fixture
def taken(tmp_path):
    """Return a folder in which names are taken: by a file, and by a folder of a file's name."""
    (tmp_path / "file.txt").write_text("kept")
    (tmp_path / "taken/report.pdf").mkdir(parents=True)
    return tmp_path


@pytest.mark.parametrize(
    ("out", "why"),
    [
        pytest.param("file.txt", "it is a file, or lies in one", id="a file"),
        pytest.param("file.txt/reports", "it is a file, or lies in one", id="inside a file"),
        pytest.param("taken", "a folder there is called report.pdf", id="a folder in the way"),
        pytest.param("/proc/reports", "no such file or directory", id="where nobody may write"),
    ],
)
def test_a_folder_that_cannot_be_written_to_is_refused_before_anything_is_frozen(taken, out, why):
    given.an_area_that_reports()

    told = CliRunner().invoke(
        run, ["report", "weekly", "--week", "2026-W40", "--out", str(taken / out)]
    )

    assert told.exit_code == 1
    assert why in told.stderr
    assert "No report was made." in told.stderr
    assert not WeeklyReport.objects.exists()
    assert (taken / "file.txt").read_text() == "kept"


@pytest.mark.parametrize(
    "week", [pytest.param("2099-W40", id="not begun"), pytest.param("soon", id="no week")]
)
def test_a_refused_report_leaves_no_empty_folder(tmp_path, week):
    given.an_area_that_reports()
    out = tmp_path / "reports/w40"

    told = CliRunner().invoke(run, ["report", "weekly", "--week", week, "--out", str(out)])

    assert told.exit_code in {1, 2}
    assert list(tmp_path.iterdir()) == []


def test_a_refused_report_leaves_a_folder_that_was_there(tmp_path):
    given.an_area_that_reports()
    (tmp_path / "kept").mkdir()

    CliRunner().invoke(run, ["report", "weekly", "--week", "soon", "--out", str(tmp_path / "kept")])

    assert [each.name for each in tmp_path.iterdir()] == ["kept"]
