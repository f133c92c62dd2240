"""Reads kept and arriving files part by part, from the disk and not from memory."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from forthright.media_files.digests import Digests, Hashing, quick_digest
from forthright.media_files.segments import MOST, Segment


class ReadBackDiffers(Exception):
    """What lies on the disk is not what came in; the message says from where on."""


def read_back(
    data: Path, segments: Iterable[Segment], as_sent: Digests | None = None
) -> Digests:  # fmt: skip
    """Return the digests of a file as the disk gives it back, part by part as it came in.

    :param as_sent: its digests as it came in, where they are known; then only the parts are
        checked, which is quicker and as sure
    :raises ReadBackDiffers: if a part is not what came in
    """
    hashing, segments = Hashing(), list(segments)
    lengths = [each.length for each in segments]
    for segment, part in zip(segments, parts_of(data, lengths), strict=True):
        if quick_digest(part) != segment.digest:
            raise ReadBackDiffers(
                f"From byte {segment.start:,} on the disk does not give back what came in. The "
                "file is not kept. Send it again, and tell an administrator: the disk may be "
                "failing."
            )
        if as_sent is None:
            hashing.take(part)
    return as_sent or hashing.digests()


def digests_of(path: Path) -> tuple[Digests, int]:
    """Return the digests of a file and how many bytes it has."""
    hashing = Hashing()
    for part in parts_of(path):
        hashing.take(part)
    return hashing.digests(), hashing.length


def parts_of(path: Path, lengths: Iterable[int] | None = None) -> Iterator[memoryview]:
    """Yield a file part by part; each part is good until the next one."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.posix_fadvise(opened, 0, 0, os.POSIX_FADV_DONTNEED)
        os.posix_fadvise(opened, 0, 0, os.POSIX_FADV_SEQUENTIAL)
        held = memoryview(bytearray(MOST))
        for length in lengths if lengths is not None else _even(os.fstat(opened).st_size):
            yield held[: os.readv(opened, [held[:length]])]
    finally:
        os.close(opened)


def _even(size: int) -> Iterator[int]:
    while size > 0:
        yield min(MOST, size)
        size -= MOST
