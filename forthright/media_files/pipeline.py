"""Takes the digests of the parts of a file and writes them, side by side with their coming in.

Each of the three waits for something else: the network, the processor, the disk. Done one after
another they would take the sum of their times; side by side, about that of the slowest. SHA-256 is
the slowest on most machines and has a thread to itself; BLAKE3 is taken by whoever received the
part. Whole parts go straight to the disk, past the memory of the system, which here only costs
time.
"""

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import TracebackType

from forthright.media_files.buffers import Buffers
from forthright.media_files.digests import Hashing
from forthright.media_files.segments import Segment, SegmentNotes

MOST_AT_RISK = 8 * 1024 * 1024  # bytes that came in and that a kill may take away
SETTLED_EVERY = 64 * 1024 * 1024  # bytes that a power cut may take away, unless all was asked for
BLOCK = 4096  # what is written past the system's memory begins and ends at multiples of this


@dataclass(frozen=True, slots=True)
class Part:
    """So many bytes at the beginning of a buffer, and what is to be noted of them."""

    buffer: memoryview
    segment: Segment

    @property
    def place(self) -> int:
        """Return where they begin in the file."""
        return self.segment.start

    @property
    def length(self) -> int:
        """Return how many there are."""
        return self.segment.length


class Pipeline:
    """Takes parts one by one; on leaving it, all of them are on the disk and noted.

    :param hashing: digests to go on with
    :param holds_back: note nothing before `let_go` is called, so that all is kept, or nothing
    """

    def __init__(
        self, path: Path, notes: SegmentNotes, hashing: Hashing, *, at: int,
        holds_back: bool = False,
    ) -> None:  # fmt: skip
        """Begin after the first `at` bytes."""
        self.noted_up_to = self._settled = self._at = at
        self._notes, self._hashing = notes, hashing
        self._held: list[Segment] | None = [] if holds_back else None
        self._may_go = not holds_back
        self._buffers = Buffers()
        self._to_digest: SimpleQueue[Part | None] = SimpleQueue()
        self._to_write: SimpleQueue[Part | None] = SimpleQueue()
        self._digested: SimpleQueue[Part] = SimpleQueue()
        self._fault: OSError | None = None
        self._plain = os.open(path, os.O_WRONLY)
        self._direct = _open_direct(path)
        self._threads = [Thread(target=self._digest_all, daemon=True),
                         Thread(target=self._write_all, daemon=True)]  # fmt: skip

    def __enter__(self) -> "Pipeline":
        """Set the other two to work."""
        for each in self._threads:
            each.start()
        return self

    def buffer(self) -> memoryview:
        """Return a buffer to fill; waits while too much is not on the disk yet.

        :raises OSError: if an earlier part could not be written
        """
        if self._fault is not None:
            raise self._fault
        return self._buffers.take()

    def put(self, buffer: memoryview, length: int) -> None:
        """Take over the first bytes of a filled buffer; none, when there are none."""
        if not length:
            self._buffers.put_back(buffer)
            return
        with buffer[:length] as content:
            digest = self._hashing.take_blake3(content)
        part = Part(buffer, Segment(self._at, length, digest, self._hashing.since))
        self._to_digest.put(part)
        self._to_write.put(part)
        self._at += length

    def let_go(self) -> None:
        """Let what was held back be noted."""
        self._may_go = True

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        """Wait until all is on the disk and noted.

        :raises OSError: if a part could not be written
        """
        self._to_digest.put(None)
        self._to_write.put(None)
        for each in self._threads:
            each.join()
        try:
            if self._held and self._may_go and self._fault is None:
                self._note(self._held)
            if self.noted_up_to > self._settled:
                self._notes.settle(self._plain, self.noted_up_to)
        finally:
            self._close()
        if fault is None and self._fault is not None:
            raise self._fault

    def _close(self) -> None:
        self._buffers.close()
        os.close(self._plain)
        if self._direct is not None:
            os.close(self._direct)

    def _digest_all(self) -> None:
        while (part := self._to_digest.get()) is not None:
            with part.buffer[: part.length] as content:
                self._hashing.take_sha256(content)
            self._digested.put(part)

    def _write_all(self) -> None:
        while (part := self._to_write.get()) is not None:
            try:
                if self._fault is None:
                    self._write(part)
            except OSError as fault:
                self._fault = fault
            self._digested.get()
            try:
                if self._fault is None:
                    self._settle(part.segment)
            except OSError as fault:
                self._fault = fault
            self._buffers.put_back(part.buffer)

    def _write(self, part: Part) -> None:
        is_whole = part.place % BLOCK == 0 and part.length % BLOCK == 0
        file = self._direct if is_whole and self._direct is not None else self._plain
        with part.buffer[: part.length] as content:
            written = os.pwrite(file, content, part.place)
            while written < part.length:  # what is left need not end with a block
                rest = content[written:]
                written += os.pwrite(self._plain, rest, part.place + written)

    def _settle(self, segment: Segment) -> None:
        if self._held is not None:
            self._held.append(segment)
            return
        self._note([segment])
        if self.noted_up_to - self._settled >= SETTLED_EVERY:
            self._notes.settle(self._plain, self.noted_up_to)
            self._settled = self.noted_up_to

    def _note(self, segments: list[Segment]) -> None:
        self._notes.add(segments)
        self.noted_up_to = segments[-1].end


def _open_direct(path: Path) -> int | None:
    """Open a file for writing past the system's memory, or return None where that cannot be."""
    try:
        return os.open(path, os.O_WRONLY | os.O_DIRECT)
    except OSError as fault:
        if fault.errno != errno.EINVAL:
            raise
        return None
