"""What a command works with names people, so it never outlives the command for long."""

import os
import stat
import subprocess
import sys
import time

import pytest

from forthright.extracts import services
from forthright.web.work_folders import work_folder
from tests import given

# Holds a folder until it is told to end, as another import would.
HOLD = """
import django; django.setup()
from forthright.web.work_folders import work_folder
with work_folder() as folder:
    print(folder, flush=True)
    input()
"""


@pytest.fixture(autouse=True)
def commands(settings, tmp_path):
    """Return the folder in which commands work."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return tmp_path / "uploads" / "commands"


def test_a_folder_is_closed_to_others_and_gone_at_the_end(commands):
    with work_folder() as folder:
        assert folder.parent == commands
        modes = [stat.S_IMODE(each.stat().st_mode) for each in (folder, commands)]

    assert modes == [0o700, 0o700]
    assert list(commands.iterdir()) == []


def test_a_folder_is_gone_when_the_work_fails(commands):
    with pytest.raises(RuntimeError), work_folder():
        raise RuntimeError

    assert list(commands.iterdir()) == []


def test_what_a_killed_import_left_is_removed_at_the_next_import(commands):
    (commands / "import-killed").mkdir(parents=True)
    (commands / "import-killed" / "plan.sqlite3").touch()

    with work_folder() as folder:
        assert list(commands.iterdir()) == [folder]


@pytest.mark.django_db(transaction=False)
def test_what_a_killed_import_left_is_removed_by_the_nightly_clean_up(
    commands, django_capture_on_commit_callbacks
):
    (commands / "import-killed").mkdir(parents=True)

    with django_capture_on_commit_callbacks(execute=True):
        services.remove_forgotten(by=None, at=given.NOON)

    assert list(commands.iterdir()) == []


# Starts another process, which takes a second.
@pytest.mark.slow
def test_the_folder_of_an_import_that_goes_on_is_left(tmp_path, commands, monkeypatch):
    monkeypatch.setenv("FORTHRIGHT_HOME", str(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-c", HOLD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        theirs = other.stdout.readline().strip()
        with work_folder() as ours:
            beside = {str(each) for each in commands.iterdir()}
        other.kill()

    assert beside == {theirs, str(ours)}
    with work_folder() as ours:
        assert list(commands.iterdir()) == [ours]


@pytest.mark.parametrize(("age", "is_left"), [(3590, True), (3610, False)])
def test_a_file_that_a_browser_no_longer_sends_is_removed(settings, tmp_path, age, is_left):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    file = tmp_path / "tmp1.upload.csv"
    file.write_text("MG6D")
    then = time.time() - age
    os.utime(file, (then, then))

    with work_folder():
        assert file.exists() is is_left
