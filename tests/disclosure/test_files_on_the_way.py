"""Schedules on their way in lie in the data folder alone, and a crash leaves none for long."""

import subprocess
import sys
from pathlib import Path

import pytest

from forthright.disclosure import imports
from forthright.schedule_files.reading import read_schedules
from forthright.web.work_folders import remove_left_folders
from tests.schedule_files.files import ROWS, a_workbook

# Is cut off while it reads a workbook, as by a machine that runs out of memory.
KILLED = """
import io, os
import django; django.setup()
from types import SimpleNamespace
from forthright.disclosure import imports
from forthright.table_files.workbooks import open_workbook
sent = SimpleNamespace(name="mg6d.xlsx", file=open(os.environ["SENT"], "rb"))
with imports.laid_out([sent]) as files, open_workbook(files[0].path) as book:
    list(book.rows(book.sheets[0]))
    os.kill(os.getpid(), 9)
"""


@pytest.fixture
def home(settings, tmp_path):
    home = tmp_path / "home"
    settings.MEDIA_ROOT = home / "uploads"
    return home


# Starts another process, which takes a second.
@pytest.mark.slow
def test_what_a_crash_leaves_lies_in_the_data_folder_and_is_gone_when_the_worker_is_back(
    home, tmp_path, monkeypatch
):
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "sent").write_bytes(a_workbook(ROWS))
    for name, value in (("FORTHRIGHT_HOME", home), ("TMPDIR", outside),
                        ("SENT", tmp_path / "sent")):  # fmt: skip
        monkeypatch.setenv(name, str(value))

    done = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, check=False)

    assert done.returncode == -9, done.stderr
    assert list(outside.iterdir()) == []
    assert list(home.rglob("mg6d.xlsx"))
    remove_left_folders()
    assert not list(home.rglob("mg6d.xlsx"))


def test_a_file_is_gone_once_it_was_read(home, tmp_path):
    (tmp_path / "sent").write_bytes(a_workbook(ROWS))
    with (tmp_path / "sent").open("rb") as sent:
        upload = type("Sent", (), {"name": "mg6c.xlsx", "file": sent})()
        with imports.laid_out([upload]) as [file]:
            assert read_schedules(file.path)
            assert home in Path(file.path).parents

    assert not list(home.rglob("mg6c.xlsx"))
