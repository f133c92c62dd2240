"""`forthright disclosure check --with` says of each file what it was taken as."""

import json

from typer.testing import CliRunner

from forthright.cli.main import run
from tests.schedule_files.files import ROWS, a_csv


def test_what_was_taken_as_another_paper_is_named(tmp_path):
    (tmp_path / "MG6C.csv").write_bytes(a_csv(ROWS))
    (tmp_path / "MG5.txt").write_text("Mr Marsden was seen by Mrs Oduya.\n")
    (tmp_path / "more.txt").write_text("List of unused, Marsden\n11. Letter from the landlord\n")
    asked = ["disclosure", "check", str(tmp_path / "MG6C.csv"), "--with", str(tmp_path / "MG5.txt"),
             "--with", str(tmp_path / "more.txt")]  # fmt: skip

    said = CliRunner().invoke(run, asked).stdout
    table = json.loads(CliRunner().invoke(run, [*asked, "--json"]).stdout)

    assert "READ AS ANOTHER PAPER, no schedule: MG5.txt.\n" in said
    assert "NOT READ: more.txt." in said
    assert table["papers"] == ["MG5.txt"]
    assert [each["file"] for each in table["unread"]] == ["more.txt"]
