"""Where recordings are kept: each under its own SHA-256, so that none is changed or kept twice."""

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from forthright.media_files.digests import Digests
from forthright.media_files.incoming import sync_folder
from forthright.media_files.reading import digests_of
from forthright.media_files.segments import MOST

READ_ONLY = stat.S_IRUSR | stat.S_IRGRP
SHA256 = re.compile(r"[0-9a-f]{64}")


class NotThere(Exception):
    """No such file is kept here."""


class Shelf(Protocol):
    """A place where whole recordings are kept for good."""

    def put(self, data: Path, digests: Digests) -> None:
        """Keep a file that was read back; doing it again changes nothing.

        :raises ReadBackDiffers: if the place does not give back what it was given
        """

    def parts(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes of a recording from one place up to before another.

        :raises NotThere: if it is gone
        """

    def size(self, sha256: str) -> int:
        """Return how many bytes a recording has.

        :raises NotThere: if it is gone
        """

    def stamp(self, sha256: str) -> str:
        """Return what changes when anybody writes to a recording, or puts another in its place.

        :raises NotThere: if it is gone
        :raises OSError: if it cannot be asked for now
        """

    def digests(self, sha256: str) -> Digests:
        """Return what a recording comes to now, by reading all of it.

        :raises NotThere: if it is gone
        :raises OSError: if it cannot be read now
        """

    def kept(self) -> Iterator[str]:
        """Yield the SHA-256 of each recording."""


def checked_sha256(sha256: str) -> str:
    """Return a digest that may be part of a path.

    :raises NotThere: if it is none, so that nothing is kept under it
    """
    if not SHA256.fullmatch(sha256):
        raise NotThere("No recording is kept under what is not a SHA-256.")
    return sha256


class DiskShelf:
    """A folder of recordings that nobody may write to."""

    def __init__(self, root: Path) -> None:
        """Keep recordings below a folder."""
        self.root = root

    def path_of(self, sha256: str) -> Path:
        """Return where a recording lies, or would."""
        sha256 = checked_sha256(sha256)
        return self.root / sha256[:2] / sha256[2:4] / sha256

    def put(self, data: Path, digests: Digests) -> None:
        """Keep a file of the same disk, in one step: it is there as a whole or not at all.

        One that was kept before stays, unless it changed meanwhile; then the new one takes its
        place.
        """
        place = self.path_of(digests.sha256)
        place.parent.mkdir(parents=True, exist_ok=True)
        data.chmod(READ_ONLY)
        try:
            os.link(data, place)
        except FileExistsError:
            if digests_of(place)[0] == digests:
                return
            fresh = data.with_name("put")
            fresh.unlink(missing_ok=True)
            os.link(data, fresh)
            fresh.replace(place)
        for folder in (place.parent, place.parent.parent, self.root, self.root.parent):
            sync_folder(folder)

    def parts(self, sha256: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield the bytes of a recording from one place up to before another."""
        left = (self.size(sha256) if end is None else end) - start
        with self.path_of(sha256).open("rb", buffering=0) as file:
            file.seek(start)
            while left > 0 and (part := file.read(min(MOST, left))):
                left -= len(part)
                yield part

    def size(self, sha256: str) -> int:
        """Return how many bytes a recording has."""
        return self._there(sha256).stat().st_size

    def stamp(self, sha256: str) -> str:
        """Return what changes when anybody writes to a recording, or puts another in its place."""
        found = self._there(sha256).stat()
        told = found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
        return " ".join(map(str, told))

    def digests(self, sha256: str) -> Digests:
        """Return what a recording comes to now, by reading all of it."""
        return digests_of(self._there(sha256))[0]

    def kept(self) -> Iterator[str]:
        """Yield the SHA-256 of each recording."""
        for path in sorted(self.root.glob("??/??/*")):
            if SHA256.fullmatch(path.name):
                yield path.name

    def _there(self, sha256: str) -> Path:
        path = self.path_of(sha256)
        if not path.is_file():
            raise NotThere(f"The recording {sha256} is gone.")
        return path
