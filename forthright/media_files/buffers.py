"""The memory that arriving files are taken in with: a fixed stock that all of them share.

Each file owns one buffer, so that none ever waits for another; what else there is is shared
evenly among those under way. So fifty files at once need little more memory than one, and none
of them is served better than the others.
"""

import mmap
from contextlib import suppress
from ctypes import addressof, c_char
from queue import Empty, SimpleQueue
from threading import Lock

from forthright.media_files.segments import MOST

IN_STOCK = 16
MOST_BORROWED = 3  # with its own, a file has at most 8 MiB that came in and are not noted yet

_lock = Lock()
_under_way: set["Buffers"] = set()
_unused: SimpleQueue[memoryview] = SimpleQueue()


class Buffers:
    """The buffers of one file that is arriving; they begin on a page, as direct writing wants."""

    def __init__(self) -> None:
        """Begin with its own one."""
        self._free: SimpleQueue[memoryview] = SimpleQueue()
        self._free.put(_buffer())
        self._borrowed = 0
        with _lock:
            _under_way.add(self)

    def take(self) -> memoryview:
        """Return an empty one; waits while all are full."""
        try:
            return self._free.get_nowait()
        except Empty:
            if self._borrows():
                return _buffer()
        return self._free.get()

    def put_back(self, buffer: memoryview) -> None:
        """Let it be filled again, here or, where this file has more than its share, elsewhere."""
        with _lock:
            has_too_many = self._borrowed > _share()
            self._borrowed -= has_too_many
        (_unused if has_too_many else self._free).put(buffer)

    def close(self) -> None:
        """Give all back; none may be in use any more."""
        with _lock:
            _under_way.discard(self)
        while not self._free.empty():
            _unused.put(self._free.get())
        while _unused.qsize() > IN_STOCK:
            _unused.get().release()

    def _borrows(self) -> bool:
        with _lock:
            in_stock = IN_STOCK - sum(each._borrowed for each in _under_way)
            may = in_stock > 0 and self._borrowed < _share()
            self._borrowed += may
        return may


def _share() -> int:
    """Return how many each file may borrow just now."""
    return min(MOST_BORROWED, IN_STOCK // max(1, len(_under_way)))


def _buffer() -> memoryview:
    try:
        return _unused.get_nowait()
    except Empty:
        return _one_page()


def _one_page() -> memoryview:
    """Return a new buffer that is one large page of memory, where the system has such.

    What is received, hashed and written a page at a time costs a tenth more of the processor when
    the pages are small.
    """
    around = mmap.mmap(-1, 2 * MOST, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    with suppress(OSError):
        around.madvise(mmap.MADV_HUGEPAGE)
    begins = -addressof(c_char.from_buffer(around)) % MOST
    return memoryview(around)[begins : begins + MOST]
