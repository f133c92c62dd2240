"""`forthright import` where there is nothing yet to import into."""

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run
from tests.extracts.files import HEADER, ROW, a_csv

pytestmark = pytest.mark.django_db


def test_without_an_area_it_says_how_to_make_one(tmp_path):
    path = a_csv(tmp_path / "week.csv", HEADER, ROW)

    told = CliRunner().invoke(run, ["import", str(path)])

    assert told.exit_code == 1
    assert "There is no Area yet. Make one with its first administrator" in told.stderr
    assert "manage.py found_area" in told.stderr
