"""A place for a file that is being made: it gets its name only once it is whole and proved."""

import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BEGINNING = ".half-made-"
READ_ONLY = 0o440


class AlreadyThere(Exception):
    """A file of this name is there, and what is there is never replaced."""


@contextmanager
def half_made(into: Path) -> Iterator[Path]:
    """Give a place beside a file's own, on the same disk, and clear it whatever happens.

    It is locked while somebody makes it, and the lock ends with the process, however that ends. So
    whoever comes next clears what a killed one left, and nothing that is still being made.

    :raises AlreadyThere: if there is a file of that name
    """
    check_free(into)
    clear(into.parent)
    place = into.parent / f"{BEGINNING}{secrets.token_hex(8)}"
    held = os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield place
    finally:
        place.unlink(missing_ok=True)
        os.close(held)


def check_free(into: Path) -> None:
    """Refuse a name that is taken.

    :raises AlreadyThere: if there is a file of that name
    """
    if into.exists():
        raise AlreadyThere(f"{into.name} is there already. Nothing is replaced.")


def clear(folder: Path) -> None:
    """Remove what killed processes left half made in a folder."""
    for place in folder.glob(f"{BEGINNING}*"):
        try:
            held = os.open(place, os.O_RDWR)
        except FileNotFoundError:
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            place.unlink(missing_ok=True)
        except BlockingIOError:
            continue
        finally:
            os.close(held)


def give_name(place: Path, into: Path) -> None:
    """Bring a file to the disk itself and give it its name, in one step; nobody may change it.

    :raises AlreadyThere: if there is a file of that name by now
    """
    place.chmod(READ_ONLY)
    _sync(place)
    try:
        os.link(place, into)
    except FileExistsError as fault:
        raise AlreadyThere(f"{into.name} is there already. Nothing is replaced.") from fault
    _sync(into.parent)


def _sync(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
