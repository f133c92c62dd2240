"""Where the bytes of an arriving file come from."""

import os
from collections.abc import Callable
from typing import Protocol


class Silence(Exception):
    """Nothing came for a second; more may still come."""


class Source(Protocol):
    """Something that bytes come from, in order."""

    def fill(self, into: memoryview) -> int:
        """Put the next bytes in and return how many; 0 when no more come.

        :raises Silence: if nothing came for a second
        :raises OSError: if the sender is gone
        """


class ReadSource:
    """What a plain `read(number)` gives, as a request's body or a file does."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        """Take bytes from there."""
        self._read = read

    def fill(self, into: memoryview) -> int:
        """Put the next bytes in and return how many; 0 when no more come."""
        got = self._read(len(into))
        into[: len(got)] = got
        return len(got)


class FileSource:
    """A file that is open for reading from where it stands."""

    def __init__(self, file: int) -> None:
        """Take bytes from an open file."""
        self._file = file

    def fill(self, into: memoryview) -> int:
        """Put the next bytes in and return how many; 0 when no more come."""
        return os.readv(self._file, [into])
