"""Every command refuses in words, and as one JSON object where JSON was asked for."""

import json
import os
import subprocess

import pytest
from typer.testing import CliRunner

from forthright.cli.main import run
from forthright.extracts.models import ImportRun
from scripts import places

pytestmark = pytest.mark.django_db


def asked(*words):
    return CliRunner().invoke(run, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "letter.pdf").write_bytes(b"%PDF-1.4 no more")
    (tmp_path / "letter.txt").write_text("Dear Ms Osei")
    (tmp_path / "case.json").write_text("{}")
    (tmp_path / "empty").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("command", "status"),
    [
        pytest.param("check {0}/letter.pdf", 2, id="a letter that cannot be read"),
        pytest.param("check {0}/letter.txt --case {0}/case.json", 2, id="no case"),
        pytest.param("check {0}/letter.txt --rules {0}/empty", 2, id="no rules"),
        pytest.param("check {0}/letter.txt --as-of soon", 2, id="no day"),
        pytest.param("check", 2, id="an argument is missing"),
        pytest.param("check {0}/letter.txt --nonsense", 2, id="no such option"),
        pytest.param("letter build nothing --case {0}/case.json --out {0}/a.pdf", 2, id="build"),
        pytest.param("letter build nothing --case {0}/a --out {0}/a.exe", 2, id="no such kind"),
        pytest.param("rules test {0}/empty", 2, id="rules test"),
        pytest.param("rules backtest {0}/absent --rules {0}/empty", 2, id="rules backtest"),
        pytest.param("due --decided soon --entitlement enhanced", 2, id="due"),
        pytest.param("due --decided 2099-01-01 --entitlement enhanced", 1, id="no calendar"),
        pytest.param("sample draw --week 2026-W40", 1, id="no Area"),
        pytest.param("sample draw --week soon", 2, id="no week"),
        pytest.param("sample verify 77", 1, id="no draw"),
        pytest.param("import {0}/letter.txt", 1, id="import with no Area"),
        pytest.param("import {0}/absent.csv", 2, id="import of nothing"),
        pytest.param("nonsense", 2, id="no such command"),
    ],
)
def test_a_refusal_is_told_in_words_and_as_json(folder, command, status):
    words = command.format(folder).split()

    plain, as_json = asked(*words), asked(*words, "--json")

    assert (plain.exit_code, as_json.exit_code) == (status, status)
    assert plain.stderr.strip()
    assert plain.stdout == ""
    told = json.loads(as_json.stdout)
    assert told["status"] == status
    assert told["refusal"].strip()
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(
    ("command", "key"), [("letter templates", "code"), ("rules test", "rules")]
)
def test_commands_that_print_data_print_json(command, key):
    said = json.loads(asked(*command.split(), "--json").stdout)

    assert key in (said[0] if isinstance(said, list) else said)


@pytest.mark.parametrize(
    "command", ["import", "audit", "audit verify", "report weekly", "media", "sample draw", "demo"]
)
def test_help_is_given_where_nothing_is_set_up(command, tmp_path):
    bare = {"PATH": os.environ["PATH"], "FORTHRIGHT_HOME": str(tmp_path)}

    told = subprocess.run(
        [places.VENV / "bin" / "forthright", *command.split(), "--help"],
        env=bare, check=False, capture_output=True, text=True,
    )  # fmt: skip

    assert (told.returncode, told.stderr) == (0, "")
    assert "Usage" in told.stdout
