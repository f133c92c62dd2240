"""The folder that holds the data of one Forthright: FORTHRIGHT_HOME, or var in the checkout."""

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scripts import places
from scripts.words import Refused, say


def make() -> Path:
    """Make the folder and its secret key, once; return the folder.

    :raises Refused: if it cannot be written to
    """
    home = places.home()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        (home / "uploads").mkdir(exist_ok=True)
        _write_once(home / "secret_key", secrets.token_urlsafe(48))
    except OSError as fault:
        raise Refused(
            f"The data folder {home} cannot be written to ({fault.strerror}).\n"
            "  Make it yours, or name another: FORTHRIGHT_HOME=/some/folder ./run"
        ) from fault
    return home


def _write_once(file: Path, text: str) -> None:
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(opened, "w") as stream:
        stream.write(text + "\n")


def kind() -> str:
    """Return "demo" or "real", or nothing when that has not been settled yet."""
    try:
        return (places.home() / "kind").read_text().strip()
    except OSError:
        return ""


def settle_kind(name: str) -> None:
    """Remember, for the settings too, whether the people and cases in this folder are made up."""
    (places.home() / "kind").write_text(name + "\n")


def environment() -> dict[str, str]:
    """Return the settings that follow from the folder, for the programs that run on it."""
    return {
        "FORTHRIGHT_HOME": str(places.home()),
        "PATH": f"{places.VENV / 'bin'}:{os.environ.get('PATH', '')}",
    }


@contextmanager
def held_alone() -> Iterator[None]:
    """Hold the data folder, so that no second ./run serves or changes it at the same time.

    :raises Refused: if another one holds it, saying where that one is
    """
    with _locked(places.home()) as is_ours:
        if not is_ours:
            raise Refused(f"{_told_by_other()}\n  Stop it with Ctrl-C where it was started.")
        try:
            yield
        finally:
            tell(None)


def keep_site_address(address: str) -> None:
    """Remember, for commands typed beside ./run, which address the links they make begin with."""
    (places.home() / "site_address").write_text(address + "\n")


def tell(address: str | None) -> None:
    """Leave word, for a second ./run, of where this one serves."""
    note = places.home() / "running.json"
    if address is None:
        note.unlink(missing_ok=True)
    else:
        note.write_text(json.dumps({"process": os.getpid(), "address": address}) + "\n")


def _told_by_other() -> str:
    home = places.home()
    try:
        note = json.loads((home / "running.json").read_text())
        return f"Forthright is already running at {note['address']} (process {note['process']})."
    except (OSError, ValueError, KeyError):
        return f"Another ./run is setting up the data folder {home}."


@contextmanager
def set_up_alone() -> Iterator[None]:
    """Wait until no other command sets up this checkout, then hold it."""
    with _locked(places.ROOT) as is_ours:
        if is_ours:
            yield
            return
    say("  Another command is setting up this checkout; waiting for it to finish …")
    with _locked(places.ROOT, wait=True):
        yield


@contextmanager
def _locked(folder: Path, *, wait: bool = False) -> Iterator[bool]:
    """Lock a folder; the lock ends with the process, however that ends."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        is_ours = True
    except BlockingIOError:
        is_ours = False
    try:
        yield is_ours
    finally:
        os.close(opened)
