"""Real processes, started as they are in earnest."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import migrated

pytestmark = pytest.mark.slow  # each test starts a whole process, as in earnest
HOUSE = Path(__file__).resolve().parents[2]
KEY = "a secret key that is only ever used by this test"
MADE_UP = """
import django; django.setup()
from forthright.accounts.models import Area, User
area = Area.objects.create(name="Mercia", is_demo=True)
User.objects.create(email="a@b.test", full_name="A", role="INSPECTOR", area=area, is_demo=True)
"""


def run(*command, home, **settings):
    """Run a program with only these settings of ours."""
    ours = ("FORTHRIGHT_", "DJANGO_", "DATABASE_URL")
    env = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    env |= {"FORTHRIGHT_HOME": str(home), "DJANGO_SETTINGS_MODULE": "config.settings", **settings}
    return subprocess.run(
        [sys.executable, *command], cwd=HOUSE, env=env, capture_output=True, text=True,
        check=False, timeout=300,
    )  # fmt: skip


def start(home, **settings):
    return run("-c", "import config.wsgi", home=home, **settings)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """Return a data folder with a database in which nobody is yet."""
    home = tmp_path_factory.mktemp("empty")
    migrated.copy_to(home / "forthright.sqlite3")
    return home


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory, empty):
    """Return a data folder with a made-up person in its database."""
    home = tmp_path_factory.mktemp("demonstration")
    (home / "forthright.sqlite3").write_bytes((empty / "forthright.sqlite3").read_bytes())
    made = run("-c", MADE_UP, home=home, FORTHRIGHT_SECRET_KEY=KEY)
    assert made.returncode == 0, made.stderr
    return home


def test_it_starts_with_a_key_and_real_people_only(empty):
    assert start(empty, FORTHRIGHT_SECRET_KEY=KEY).returncode == 0


def test_it_does_not_start_without_a_secret_key(empty):
    tried = start(empty)

    assert tried.returncode != 0
    assert "will not start without a secret key. Set FORTHRIGHT_SECRET_KEY" in tried.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        pytest.param({"FORTHRIGHT_DEBUG": "1"}, "Take FORTHRIGHT_DEBUG away", id="debug mode"),
        pytest.param(
            {"FORTHRIGHT_SECRET_KEY": "guess me"}, "at least 32 random characters", id="weak key"
        ),
    ],
)
def test_it_does_not_start_with_an_unsafe_setting(empty, settings, words):
    tried = start(empty, **{"FORTHRIGHT_SECRET_KEY": KEY, **settings})

    assert tried.returncode == 3
    assert words in tried.stderr
    assert "Traceback" not in tried.stderr


def test_it_does_not_start_on_a_demonstration_as_if_it_were_real(demonstration):
    tried = start(demonstration, FORTHRIGHT_SECRET_KEY=KEY)

    assert tried.returncode == 3
    assert "1 made-up people" in tried.stderr
    assert "start it with ./run" in tried.stderr
    assert "FORTHRIGHT_HOME=/some/folder ./run --empty" in tried.stderr


def test_a_folder_for_real_people_gets_no_advice_to_start_a_demonstration_in_it(
    demonstration, tmp_path
):
    (tmp_path / "forthright.sqlite3").write_bytes(
        (demonstration / "forthright.sqlite3").read_bytes()
    )
    (tmp_path / "kind").write_text("real\n")

    tried = start(tmp_path, FORTHRIGHT_SECRET_KEY=KEY)

    assert tried.returncode == 3
    assert f"{tmp_path} was prepared for real people and cases" in tried.stderr
    assert "FORTHRIGHT_HOME=/another/folder ./run" in tried.stderr


def test_no_demonstration_is_loaded_where_real_people_are_to_be(empty, tmp_path):
    database = tmp_path / "forthright.sqlite3"
    database.write_bytes((empty / "forthright.sqlite3").read_bytes())
    (tmp_path / "kind").write_text("real\n")
    before = database.read_bytes()

    tried = run(
        "-c", "from forthright.cli.main import run; run()", "demo",
        home=tmp_path, FORTHRIGHT_SECRET_KEY=KEY, FORTHRIGHT_DEMO="1",
    )  # fmt: skip

    assert tried.returncode == 1
    assert f"{tmp_path} was prepared for real people and cases" in tried.stderr
    assert "Name another folder for the demonstration: FORTHRIGHT_HOME=" in tried.stderr
    assert database.read_bytes() == before


def test_the_demonstration_starts_when_it_is_said_to_be_one(demonstration):
    tried = start(demonstration, FORTHRIGHT_SECRET_KEY=KEY, FORTHRIGHT_DEMO="1")

    assert tried.returncode == 0


def test_a_demonstration_said_to_be_none_is_refused_in_its_own_folder_too(demonstration, tmp_path):
    (tmp_path / "forthright.sqlite3").write_bytes(
        (demonstration / "forthright.sqlite3").read_bytes()
    )
    (tmp_path / "kind").write_text("demo\n")

    assert start(tmp_path, FORTHRIGHT_SECRET_KEY=KEY).returncode == 0
    assert start(tmp_path, FORTHRIGHT_SECRET_KEY=KEY, FORTHRIGHT_DEMO="0").returncode == 3


def test_gunicorn_gives_up_at_once_and_says_why(demonstration):
    tried = run(
        "-m", "gunicorn", "config.wsgi:application", "--bind", "127.0.0.1:0",
        home=demonstration, FORTHRIGHT_SECRET_KEY=KEY,
    )  # fmt: skip

    assert tried.returncode == 3
    assert "Forthright will not start." in tried.stderr


def test_the_worker_gives_up_at_once_and_says_why(demonstration):
    command = Path(sys.executable).with_name("forthright")

    tried = run(str(command), "worker", home=demonstration, FORTHRIGHT_SECRET_KEY=KEY)

    assert tried.returncode == 1
    assert "Forthright will not start." in tried.stderr
    assert "Traceback" not in tried.stderr


def test_djangos_own_checks_say_the_same(demonstration):
    tried = run(
        "manage.py", "check", "--database", "default",
        home=demonstration, FORTHRIGHT_SECRET_KEY=KEY, FORTHRIGHT_DEBUG="1",
    )  # fmt: skip

    assert tried.returncode == 1
    assert "forthright.E001" in tried.stderr
    assert "forthright.E002" in tried.stderr


def test_an_area_is_founded_and_its_administrator_gets_a_link(empty):
    tried = run(
        "manage.py", "found_area", "Mercia", "chief@example.test", "Pat Chief",
        home=empty, FORTHRIGHT_SECRET_KEY=KEY,
    )  # fmt: skip
    again = run(
        "manage.py", "found_area", "Mercia", "other@example.test", "Pat Other",
        home=empty, FORTHRIGHT_SECRET_KEY=KEY,
    )  # fmt: skip

    assert "http://127.0.0.1:8000/sign-in/password/" in tried.stdout
    assert "There is an Area called Mercia already" in again.stderr


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        pytest.param({}, "http://127.0.0.1:8123/", id="where ./run --port last served"),
        pytest.param(
            {"FORTHRIGHT_SITE": "https://forthright.example.test/"},
            "https://forthright.example.test/",
            id="the address that people type",
        ),
    ],
)
def test_the_link_leads_to_where_people_reach_it(empty, tmp_path, settings, address):
    (tmp_path / "forthright.sqlite3").write_bytes((empty / "forthright.sqlite3").read_bytes())
    (tmp_path / "site_address").write_text("http://127.0.0.1:8123\n")

    tried = run(
        "manage.py", "found_area", "Wessex", "first@example.test", "Pat Chief",
        home=tmp_path, FORTHRIGHT_SECRET_KEY=KEY, **settings,
    )  # fmt: skip

    assert f"{address}sign-in/password/" in tried.stdout
