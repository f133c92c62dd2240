import stat

import pytest

from scripts import data_folder
from scripts.words import Refused


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("FORTHRIGHT_HOME", str(tmp_path / "data"))
    return tmp_path / "data"


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(home):
    data_folder.make()
    first = (home / "secret_key").read_text()

    data_folder.make()

    assert (home / "secret_key").read_text() == first
    assert len(first.strip()) >= 50
    assert stat.S_IMODE((home / "secret_key").stat().st_mode) == 0o600


def test_a_second_run_is_refused_and_told_where_the_first_one_serves(home):
    data_folder.make()

    with data_folder.held_alone():
        data_folder.tell("http://127.0.0.1:8123")
        with pytest.raises(Refused, match=r"already running at http://127\.0\.0\.1:8123"):
            data_folder.held_alone().__enter__()


def test_a_second_run_is_refused_while_the_first_one_sets_up(home):
    data_folder.make()

    with data_folder.held_alone(), pytest.raises(Refused, match="setting up"):
        data_folder.held_alone().__enter__()


def test_the_folder_is_free_again_afterwards(home):
    data_folder.make()
    with data_folder.held_alone():
        data_folder.tell("http://127.0.0.1:8123")

    with data_folder.held_alone():
        assert not (home / "running.json").exists()


def test_a_folder_that_cannot_be_written_to_is_refused_in_words(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("FORTHRIGHT_HOME", str(tmp_path / "file" / "data"))

    with pytest.raises(Refused, match="cannot be written to"):
        data_folder.make()


def test_where_people_reach_it_is_remembered_for_the_links_of_other_commands(home):
    data_folder.make()

    data_folder.keep_site_address("http://127.0.0.1:8123")

    assert (home / "site_address").read_text() == "http://127.0.0.1:8123\n"


def test_whether_people_are_made_up_is_remembered(home):
    data_folder.make()
    assert data_folder.kind() == ""

    data_folder.settle_kind("demo")

    assert data_folder.kind() == "demo"
