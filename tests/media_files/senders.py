"""Bytes to send, and senders that stop, lie or break."""

import random
from datetime import UTC, datetime

from forthright.media_files.sources import ReadSource

# Seconds to wait for what must happen: a busy machine is slow, not wrong.
PATIENCE = 300
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def some_bytes(length: int, seed: int = 1) -> bytes:
    """Return bytes that are the same for the same seed."""
    return random.Random(seed).randbytes(length)


def sender_of(content: bytes, *, at_once: int = 1 << 20) -> ReadSource:
    """Return what gives these bytes, as a request does: at most so many at once."""
    view, place = memoryview(content), 0

    def read(number: int) -> bytes:
        nonlocal place
        part = bytes(view[place : place + min(number, at_once)])
        place += len(part)
        return part

    return ReadSource(read)
