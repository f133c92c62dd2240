"""The digests of files that arrive in several goes, as far as this process saw them come in.

They save reading a file once more. Where they are gone, as after a restart, that is done.
"""

from collections import OrderedDict
from pathlib import Path
from threading import Lock

from forthright.media_files.digests import Hashing

MOST = 1_000
_lock = Lock()
_held: OrderedDict[Path, Hashing] = OrderedDict()


def hashing_at(folder: Path, offset: int) -> Hashing:
    """Return digests to go on with from a place, or new ones that begin there."""
    with _lock:
        held = _held.get(folder)
    return held.copy() if held is not None and held.place == offset else Hashing(offset)


def keep_hashing(folder: Path, hashing: Hashing) -> None:
    """Keep the digests of a file for the next go."""
    with _lock:
        _held[folder] = hashing
        _held.move_to_end(folder)
        while len(_held) > MOST:
            _held.popitem(last=False)


def forget(folder: Path) -> None:
    """Let go of those of a file."""
    with _lock:
        _held.pop(folder, None)


def forget_all() -> None:
    """Let go of all, as a restart does."""
    with _lock:
        _held.clear()
