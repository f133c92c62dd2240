"""`forthright import`, as a person or another program runs it."""

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from tests import migrated
from tests.extracts.files import HEADER, ROW, a_csv, a_row

_number = count(1)
TABLES = ("cases_case", "cases_decision", "schemes_duty", "extracts_importrun",
          "extracts_importchange")  # fmt: skip
ROOT = Path(__file__).resolve().parents[2]
PREPARE = """
import django; django.setup()
from tests.extracts.files import an_area
an_area()
"""


@dataclass(frozen=True)
class Place:
    """A data folder with a database of the test's own, of the kind that the tests run on."""

    folder: Path
    address: str  # of the PostgreSQL database, or nothing for SQLite

    @property
    def surroundings(self) -> dict[str, str]:
        """Return the environment of a command that works here."""
        kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        kept |= {"DATABASE_URL": self.address} if self.address else {}
        return {
            **kept,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "FORTHRIGHT_HOME": str(self.folder),
            "FORTHRIGHT_TESTING": "1",
        }

    def count(self) -> dict[str, int]:
        """Return how many records there are, after making sure that the database is whole."""
        if self.address:
            with psycopg.connect(self.address) as database:
                return {table: _count(database, table) for table in TABLES}
        with closing(sqlite3.connect(self.folder / "forthright.sqlite3")) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
            return {table: _count(database, table) for table in TABLES}


def _count(database, table: str) -> int:
    return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


SERVER = os.environ.get("DATABASE_URL", "")
IS_POSTGRES = SERVER.startswith("postgres")


@contextmanager
def a_place(folder: Path, like: Place | None = None) -> Iterator[Place]:
    """Make an empty place, or one like another, and clear it away afterwards."""
    if not IS_POSTGRES:
        if like:
            kept = (like.folder / "forthright.sqlite3").read_bytes()
            (folder / "forthright.sqlite3").write_bytes(kept)
        else:
            migrated.copy_to(folder / "forthright.sqlite3")
        yield Place(folder, "")
        return
    name = f"forthright_import_{os.getpid()}_{next(_number)}"
    template = urlsplit(like.address).path.strip("/") if like else migrated.made_on(SERVER)
    with psycopg.connect(SERVER, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    yield Place(folder, urlsplit(SERVER)._replace(path=f"/{name}").geturl())
    with psycopg.connect(SERVER, autocommit=True) as database:
        database.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Iterator[Place]:
    """Return a place with an Area in it, made once for the module."""
    with a_place(tmp_path_factory.mktemp("prepared")) as place:
        ran = subprocess.run(
            [sys.executable, "-c", PREPARE], cwd=ROOT, env=place.surroundings, check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stderr
        if not IS_POSTGRES:
            with closing(sqlite3.connect(place.folder / "forthright.sqlite3")) as database:
                database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield place


@pytest.fixture
def home(prepared, tmp_path) -> Iterator[Place]:
    """Return a place of the test's own with an Area in it."""
    with a_place(tmp_path, like=prepared) as place:
        yield place


def command(*words: str) -> list[str]:
    return [sys.executable, "-c", "from forthright.cli.main import run; run()", "import", *words]


def run(home: Place, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
    return subprocess.run(
        command(*words), cwd=ROOT, env=home.surroundings, capture_output=True, text=True,
        check=False,
    )  # fmt: skip


def test_the_command_prints_counts_and_problems_that_a_program_can_read(home, tmp_path):
    path = str(a_csv(tmp_path / "week.csv", HEADER, ROW, a_row(URN="20AB0123526")))

    first = run(home, path, "--json")
    again = run(home, path, "--json")

    assert (first.returncode, again.returncode) == (0, 0), first.stderr
    told = json.loads(first.stdout)
    assert {key: told[key] for key in ("added", "changed", "unchanged", "refused")} == {
        "added": 2, "changed": 0, "unchanged": 0, "refused": 0,
    }  # fmt: skip
    assert told["problems"] == []
    assert json.loads(again.stdout)["unchanged"] == 2
    assert home.count()["schemes_duty"] == 2


def test_a_dry_run_writes_nothing(home, tmp_path):
    path = str(a_csv(tmp_path / "week.csv", HEADER, ROW))

    told = run(home, path, "--dry-run")

    assert told.returncode == 0
    assert (
        "1 row to add; 1 letter becomes owed. Nothing was imported: this was a dry run."
        in told.stdout
    )
    assert home.count()["cases_case"] == 0


def test_rows_that_repeat_a_name_are_refused_until_the_question_is_answered(home, tmp_path):
    path = str(a_csv(tmp_path / "week.csv", HEADER, ROW, ROW))

    asked = run(home, path)
    answered = run(home, path, "--repeats-are-one")

    assert asked.returncode == 1
    assert "Are they two people?" in asked.stderr
    assert "--repeats-are-one" in asked.stderr
    assert answered.returncode == 0
    assert home.count()["schemes_duty"] == 1


@pytest.mark.parametrize(
    ("cells", "option", "letters"),
    [
        ({"Decision_date": "01/04/2026"}, "--near-decisions", {"corrected": 1, "another": 2}),
        ({"Victim_name": "Jane Smyth"}, "--near-names", {"corrected": 1, "another": 2}),
    ],
)
@pytest.mark.parametrize("answer", ["corrected", "another"])
def test_what_is_nearly_held_is_refused_until_it_is_said_what_it_is(
    home, tmp_path, cells, option, letters, answer
):
    run(home, str(a_csv(tmp_path / "first.csv", HEADER, ROW)))
    path = str(a_csv(tmp_path / "week.csv", HEADER, a_row(**cells)))

    asked = run(home, path)
    answered = run(home, path, option, answer)

    assert (asked.returncode, answered.returncode) == (1, 0)
    assert f"{option} corrected or {option} another" in asked.stderr
    assert home.count()["schemes_duty"] == letters[answer]


def test_a_refused_file_ends_with_1_and_names_file_row_column_and_mend(home, tmp_path):
    path = str(a_csv(tmp_path / "week.csv", HEADER, ROW, a_row(Decision_date="01/01/1900")))

    words = run(home, path)
    told = json.loads(run(home, path, "--json").stdout)

    assert words.returncode == 1
    assert "week.csv: refused, so nothing was imported" in words.stdout
    assert "Row 3, column Decision date: 1 January 1900" in words.stderr
    assert (told["added"], told["changed"], told["refused"]) == (0, 0, 1)
    assert "no row was added or changed (1 row refused)" in words.stdout
    assert set(told["problems"][0]) >= {"sheet", "row", "column", "message", "mend"}
    assert home.count()["cases_case"] == 0


@pytest.mark.parametrize(
    "words", [["absent.csv"], ["week.csv", "--kind", "letters"], ["week.csv", "--area", "Nowhere"]]
)
def test_wrong_use_ends_with_2(home, tmp_path, words):
    a_csv(tmp_path / "week.csv", HEADER, ROW)

    told = run(home, str(tmp_path / words[0]), *words[1:])

    assert told.returncode == 2
    assert told.stdout == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("stage", "count"),
    # The last writes for a good part of a second: it must still be writing when it is killed.
    [("Comparing", 500), ("Working out", 3000), ("Writing", 9000)],
)
def test_killed_at_any_stage_it_leaves_nothing_and_can_be_run_again(home, tmp_path, stage, count):
    rows = [a_row(URN=f"20AB{number:05d}26") for number in range(1, count + 1)]
    path = str(a_csv(tmp_path / "week.csv", HEADER, *rows))

    killed = subprocess.Popen(
        command(path), cwd=ROOT, env=home.surroundings, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip
    wait_for(killed, stage)
    killed.send_signal(signal.SIGKILL)
    killed.wait(timeout=300)
    killed.stderr.close()
    left = home.count()
    commands = home.folder / "uploads/commands"
    left_modes = [stat.S_IMODE(each.stat().st_mode) for each in commands.iterdir()]
    again = run(home, path, "--json")

    assert killed.returncode == -signal.SIGKILL
    assert set(left.values()) == {0}
    assert json.loads(again.stdout)["added"] == count
    assert home.count()["schemes_duty"] == count
    # What it was working with names people: it was closed to others, and is gone by now.
    assert left_modes == [0o700]
    assert list(commands.iterdir()) == []


def wait_for(process: subprocess.Popen[bytes], word: str) -> None:
    """Read what a process says until it has said this."""
    said = b""
    until = time.monotonic() + 300
    assert process.stderr is not None
    while word.encode() not in said:
        assert time.monotonic() < until, said
        part = os.read(process.stderr.fileno(), 4096)
        assert part, f"it ended without saying {word}: {said.decode()}"
        said += part
