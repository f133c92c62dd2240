"""Which kept recordings were read as a whole a short while ago and were what they had come as.

Whoever takes a long recording out in parts asks for it many times; to read all of it for each part
would take hours. A disk that fails without anybody writing to the file is found out once this is
forgotten.
"""

import time
from collections import OrderedDict
from threading import Lock

LASTS = 3600.0  # seconds
MOST = 10_000
_lock = Lock()
_proved: OrderedDict[str, tuple[str, float]] = OrderedDict()
# One for several recordings is enough, so that their number is bounded.
_reading = [Lock() for _ in range(64)]


def is_proved(sha256: str, stamp: str) -> bool:
    """Say whether a recording was read as a whole lately, and nobody has written to it since.

    :param stamp: what changes when somebody writes to it, see `Shelf.stamp`
    """
    with _lock:
        was, at = _proved.get(sha256, ("", 0.0))
    return was == stamp and time.monotonic() - at < LASTS


def keep_proved(sha256: str, stamp: str) -> None:
    """Keep that a recording is what it came as.

    :param stamp: as it was before it was read
    """
    with _lock:
        _proved[sha256] = stamp, time.monotonic()
        _proved.move_to_end(sha256)
        while len(_proved) > MOST:
            _proved.popitem(last=False)


def forget(sha256: str) -> None:
    """Let go of a recording that is not what it came as."""
    with _lock:
        _proved.pop(sha256, None)


def reading(sha256: str) -> Lock:
    """Return what lets only one at a time read a recording as a whole; the others wait for it."""
    return _reading[int(sha256[:8], 16) % len(_reading)]
