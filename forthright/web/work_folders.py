"""Folders to work in: inside the data folder, closed to others, gone at the end of the work."""

import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings

IN_USE = "in-use"
CUT_OFF_SECONDS = 3600


@contextmanager
def work_folder() -> Iterator[Path]:
    """Give a folder of its own to one work; what killed ones left behind is removed first.

    It holds names, so only the account that Forthright runs as can look into it.
    """
    with _one_at_a_time() as parent:
        _remove_those_left(parent)
        _remove_cut_off()
        folder = Path(tempfile.mkdtemp(prefix="import-", dir=parent))
        # The lock is let go of when the process ends, however it ends.
        in_use = (folder / IN_USE).open("w")
        fcntl.flock(in_use, fcntl.LOCK_EX)
    with in_use:
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def remove_left_folders() -> None:
    """Remove what killed work left: its folders, and the files that a browser was sending."""
    with _one_at_a_time() as parent:
        _remove_those_left(parent)
    _remove_cut_off()


@contextmanager
def _one_at_a_time() -> Iterator[Path]:
    """Give the folder that they all lie in, while no other process makes or removes one there."""
    parent = Path(settings.MEDIA_ROOT) / "commands"
    parent.mkdir(parents=True, exist_ok=True)
    parent.chmod(0o700)
    opened = os.open(parent, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield parent
    finally:
        os.close(opened)


def _remove_those_left(parent: Path) -> None:
    for folder in parent.glob("import-*"):
        if not _is_in_use(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _remove_cut_off() -> None:
    """Remove files that were on their way from a browser and have not grown for an hour."""
    for file in Path(settings.FILE_UPLOAD_TEMP_DIR).glob("*.upload*"):
        with suppress(FileNotFoundError):
            if time.time() - file.stat().st_mtime > CUT_OFF_SECONDS:
                file.unlink()


def _is_in_use(folder: Path) -> bool:
    try:
        mark: IO[str] = (folder / IN_USE).open()
    except OSError:
        return False
    with mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
