import os
import shutil
import sqlite3

import pytest

from scripts import data_folder, prepare
from scripts.words import Refused
from tests import migrated


class Stand:
    """Stands in for the product's own programs: a table of people in a SQLite file."""

    def __init__(self, home):
        self.file = home / "forthright.sqlite3"
        self.breaks_down = False

    def migrate(self, env=None):
        with sqlite3.connect(self.file_of(env)) as opened:
            opened.execute("CREATE TABLE IF NOT EXISTS person (name TEXT)")
            names = [name for (name,) in opened.execute("SELECT name FROM person")]
        opened.close()
        made_up = names.count("Made Up")
        return {"people": len(names), "cases": 0, "demo_people": made_up, "table": []}

    def load_demo(self, env):
        self.add("Made Up", self.file_of(env))
        if self.breaks_down:
            raise Refused("the power went")

    def file_of(self, env):
        return (env or {}).get("DATABASE_URL", f"sqlite:///{self.file}").removeprefix("sqlite:///")

    def add(self, name, file=None):
        with sqlite3.connect(file or self.file) as opened:
            opened.execute("INSERT INTO person VALUES (?)", [name])
        opened.close()

    def names(self):
        with sqlite3.connect(self.file) as opened:
            found = [name for (name,) in opened.execute("SELECT name FROM person")]
        opened.close()
        return found


@pytest.fixture
def stand(tmp_path, monkeypatch):
    monkeypatch.setenv("FORTHRIGHT_HOME", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    stand = Stand(data_folder.make())
    monkeypatch.setattr(prepare, "_migrate", stand.migrate)
    monkeypatch.setattr(prepare, "_load_demo", stand.load_demo)
    return stand


def test_a_new_folder_gets_the_demo_area_once(stand):
    prepare.database(wants_demo=True)
    prepare.database(wants_demo=True)

    assert stand.names() == ["Made Up"]
    assert data_folder.kind() == "demo"


def test_an_interrupted_demo_leaves_nothing_and_is_made_at_the_next_try(stand):
    stand.breaks_down = True
    with pytest.raises(Refused):
        prepare.database(wants_demo=True)
    assert not stand.file.exists()
    assert data_folder.kind() == ""

    stand.breaks_down = False
    prepare.database(wants_demo=True)

    assert stand.names() == ["Made Up"]


def test_no_demo_is_loaded_beside_real_people(stand):
    stand.migrate()
    stand.add("Real Person")

    prepare.database(wants_demo=True)

    assert stand.names() == ["Real Person"]
    assert data_folder.kind() == "real"


def test_a_folder_that_was_started_empty_stays_without_the_demo(stand):
    prepare.database(wants_demo=False)

    prepare.database(wants_demo=True)

    assert stand.names() == []
    assert data_folder.kind() == "real"


def test_a_database_of_ones_own_with_people_in_it_is_left_alone(stand, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{stand.file}")
    stand.migrate()
    stand.add("Real Person")

    prepare.database(wants_demo=True)

    assert stand.names() == ["Real Person"]
    assert data_folder.kind() == "real"


def test_a_database_of_ones_own_that_holds_the_demo_is_known_as_that(stand, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{stand.file}")
    stand.migrate()
    stand.add("Made Up")

    prepare.database(wants_demo=True)

    assert stand.names() == ["Made Up"]
    assert data_folder.kind() == "demo"


@pytest.mark.parametrize("wants_demo", [True, False])
def test_made_up_people_where_real_ones_are_to_be_stop_the_start_with_the_way_out(
    stand, wants_demo
):
    prepare.database(wants_demo=False)
    stand.add("Made Up")

    with pytest.raises(Refused) as refusal:
        prepare.database(wants_demo=wants_demo)

    assert "was prepared for real people and cases" in str(refusal.value)
    assert f"mv {stand.file}* " in str(refusal.value)
    assert "FORTHRIGHT_HOME=/some/folder ./run" in str(refusal.value)


def test_made_up_people_beside_real_ones_are_never_put_away_together(stand):
    prepare.database(wants_demo=False)
    stand.add("Real Person")
    stand.add("Made Up")

    with pytest.raises(Refused, match="holds 1 other people too"):
        prepare.database(wants_demo=True)


def test_a_demo_database_that_was_moved_away_is_made_anew(stand):
    prepare.database(wants_demo=True)
    stand.file.rename(stand.file.with_name("moved.sqlite3"))

    prepare.database(wants_demo=True)

    assert stand.names() == ["Made Up"]


def forget_newest(file, app):
    """Take the newest migration of a room from the database's list."""
    newest = f"SELECT max(id) FROM django_migrations WHERE app = '{app}'"
    type_sql(file, f"DELETE FROM django_migrations WHERE id = ({newest})")


DAMAGE = {
    "overwritten": (lambda file: file.write_bytes(b"garbage" * 900), "not a SQLite database"),
    "cut short": (lambda file: os.truncate(file, 100_000), "the file is damaged"),
    "a table is gone": (
        lambda file: type_sql(file, "DROP TABLE cases_case"), "not as Forthright left them",
    ),
    "its list of migrations is gone": (
        lambda file: type_sql(file, "DELETE FROM django_migrations"),
        "lacks some that were done",
    ),
    "one of a new table is gone from that list": (
        lambda file: forget_newest(file, "watches"), "watches 0001_initial (",
    ),
    "one of new columns is gone from that list": (
        lambda file: forget_newest(file, "calibration"), "calibration 0010_agreed_marks_wrong (",
    ),
    "one in the middle is gone from that list": (
        lambda file: type_sql(
            file, "DELETE FROM django_migrations WHERE app = 'letters' AND name LIKE '0003%'"
        ),
        "lacks some that were done",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def whole_database(tmp_path_factory):
    file = tmp_path_factory.mktemp("whole") / "forthright.sqlite3"
    migrated.copy_to(file)
    return file


@pytest.mark.parametrize("name", DAMAGE)
def test_a_damaged_database_is_refused_in_words_and_left_as_it_is(
    name, whole_database, tmp_path, monkeypatch
):
    for each in whole_database.parent.glob("forthright.sqlite3*"):
        shutil.copy(each, tmp_path)
    file = tmp_path / "forthright.sqlite3"
    change, says = DAMAGE[name]
    change(file)
    before = file.read_bytes()
    for variable, value in env_of(tmp_path).items():
        monkeypatch.setenv(variable, value)
    (tmp_path / "record_heads.txt").write_text("1 a\n")
    data_folder.make()
    data_folder.settle_kind("demo")

    with pytest.raises(Refused) as refused:
        prepare.database(wants_demo=True)

    told = str(refused.value)
    assert f"The database cannot be used: {file}" in told
    assert says in told
    assert "Put a backup of the file in its place" in told
    assert f"mv {file}* {tmp_path}/record_heads.txt {tmp_path}/put-away/" in told
    assert "Traceback" not in told
    assert file.read_bytes() == before


def type_sql(file, words):
    with sqlite3.connect(file) as opened:
        opened.execute(words)
    opened.close()


def env_of(home):
    return {**os.environ, "FORTHRIGHT_HOME": str(home), "DATABASE_URL": ""}
