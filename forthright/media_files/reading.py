"""Reads kept and arriving files part by part, from the disk and not from memory."""

import errno
import hashlib
import mmap
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from forthright.media_files.digests import Digests, Hashing
from forthright.media_files.segments import Segment

AT_ONCE = 2 * 1024 * 1024  # bytes read in one go


class ReadBackDiffers(Exception):
    """What lies on the disk is not what came in; the message says from where on."""


def read_back(
    data: Path, segments: Iterable[Segment], as_sent: Digests | None = None
) -> Digests:  # fmt: skip
    """Return the digests of a file as the disk gives it back, part by part as it came in.

    :param as_sent: its digests as it came in, where they are known; then its SHA-256 is not taken
        again, since the quicker digest shows as surely that it is the same
    :raises ReadBackDiffers: if what the disk gives back is not what came in
    """
    whole = Hashing()
    differs = differs_at(data, segments, whole if as_sent is None else None)
    if differs is not None:
        raise ReadBackDiffers(
            f"From byte {differs:,} on the disk does not give back what came in. The file is not "
            "kept. Send it again, and tell an administrator: the disk may be failing."
        )
    return as_sent or known(whole)


def differs_at(
    data: Path, segments: Iterable[Segment], whole: Hashing | None = None
) -> int | None:  # fmt: skip
    """Return where the first part begins in which a file is not what came in; None if it all is.

    :param whole: takes in all that is read
    """
    since = Hashing(1)
    pieces = _Pieces(parts_of(data))
    for segment in segments:
        if segment.since == segment.start:
            since = Hashing(1)
        found = ""
        for piece in pieces.next(segment.length):
            found = since.take(piece)
            if whole is not None:
                whole.take(piece)
        if found != segment.digest:
            return segment.start
    return None


class _Pieces:
    """Parts of one length, cut anew to others."""

    def __init__(self, parts: Iterator[memoryview]) -> None:
        self._parts, self._held = parts, memoryview(b"")

    def next(self, length: int) -> Iterator[memoryview]:
        """Yield the next so many bytes in pieces."""
        while length:
            if not self._held:
                self._held = next(self._parts, memoryview(b""))
                if not self._held:
                    return
            piece = self._held[:length]
            self._held = self._held[len(piece) :]
            length -= len(piece)
            yield piece


def digests_of(path: Path) -> tuple[Digests, int]:
    """Return the digests of a file and how many bytes it has."""
    hashing = Hashing()
    for part in parts_of(path):
        hashing.take(part)
    return known(hashing), hashing.place


def sha256_between(path: Path, start: int, end: int) -> str:
    """Return the SHA-256 of the bytes of a file from one place up to before another."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        file.seek(start)
        while start < end and (part := file.read(min(AT_ONCE, end - start))):
            found.update(part)
            start += len(part)
    return found.hexdigest()


def known(hashing: Hashing) -> Digests:
    """Return the digests of a file that was read from its beginning on."""
    digests = hashing.digests()
    if digests is None:
        raise ValueError("what begins in the middle of a file has no digests")
    return digests


def parts_of(path: Path) -> Iterator[memoryview]:
    """Yield a file part by part, from the disk itself where that can be told.

    While one part is looked at, the next is read. Each is good until the one after the next.
    """
    file = _open(path)
    buffers = deque(mmap.mmap(-1, AT_ONCE) for _ in range(3))
    try:
        with ThreadPoolExecutor(1) as ahead:
            place, got = 0, AT_ONCE
            coming = ahead.submit(os.preadv, file, [buffers[0]], 0)
            while got == AT_ONCE:
                got = coming.result()
                place += got
                buffers.rotate(-1)
                if got == AT_ONCE:
                    coming = ahead.submit(os.preadv, file, [buffers[0]], place)
                if got:
                    yield memoryview(buffers[-1])[:got]
    finally:
        os.close(file)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDONLY | os.O_DIRECT)
    except OSError as fault:
        if fault.errno != errno.EINVAL:
            raise
        return os.open(path, os.O_RDONLY)
