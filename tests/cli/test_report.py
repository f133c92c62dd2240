"""`forthright report weekly`: what leaves the product by the command line is recorded too."""

import pytest
from typer.testing import CliRunner

from forthright.audit.models import Event
from forthright.cli.main import run
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
