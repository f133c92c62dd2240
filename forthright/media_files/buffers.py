"""The memory that arriving files are taken in with: a fixed stock that all of them share.

Each file owns one buffer, so that none ever waits for another; what else there is goes to those
who come first. So fifty files at once need little more memory than one.
"""

import mmap
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore

from forthright.media_files.segments import MOST

IN_STOCK = 16
MOST_BORROWED = 3  # with its own, a file has at most 8 MiB that came in and are not noted yet

_stock = BoundedSemaphore(IN_STOCK)
_unused: SimpleQueue[mmap.mmap] = SimpleQueue()


class Buffers:
    """The buffers of one file that is arriving; they begin on a page, as direct writing wants."""

    def __init__(self) -> None:
        """Begin with its own one."""
        self._free: SimpleQueue[mmap.mmap] = SimpleQueue()
        self._free.put(_buffer())
        self._borrowed = 0

    def take(self) -> mmap.mmap:
        """Return an empty one; waits while all are full."""
        try:
            return self._free.get_nowait()
        except Empty:
            if self._borrowed < MOST_BORROWED and _stock.acquire(blocking=False):
                self._borrowed += 1
                return _buffer()
        return self._free.get()

    def put_back(self, buffer: mmap.mmap) -> None:
        """Let it be filled again."""
        self._free.put(buffer)

    def close(self) -> None:
        """Give all back; none may be in use any more."""
        while not self._free.empty():
            _unused.put(self._free.get())
        for _ in range(self._borrowed):
            _stock.release()
        while _unused.qsize() > IN_STOCK:
            _unused.get().close()


def _buffer() -> mmap.mmap:
    try:
        return _unused.get_nowait()
    except Empty:
        return mmap.mmap(-1, MOST)
