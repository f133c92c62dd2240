"""The two digests of a recording: SHA-256 for evidence, BLAKE3 to check quickly and often."""

import hashlib
from dataclasses import dataclass

from blake3 import blake3


@dataclass(frozen=True, slots=True)
class Digests:
    """What a whole file's bytes come to, in lower-case hexadecimal."""

    sha256: str
    blake3: str


class Hashing:
    """Digests of bytes as they pass, from a place in a file on.

    The SHA-256 of what begins in the middle of a file is good for nothing, so it is taken only
    from the beginning on.
    """

    def __init__(self, since: int = 0) -> None:
        """Begin at a place, with nothing."""
        self.since = self.place = since
        self._sha256 = None if since else hashlib.sha256()
        self._blake3 = blake3()

    def take(self, part: bytes | memoryview) -> str:
        """Take the next bytes in; return the BLAKE3 of all since the beginning."""
        self.take_sha256(part)
        return self.take_blake3(part)

    def take_sha256(self, part: bytes | memoryview) -> None:
        """Take the next bytes into the SHA-256 alone; another thread may take the BLAKE3."""
        if self._sha256 is not None:
            self._sha256.update(part)

    def take_blake3(self, part: bytes | memoryview) -> str:
        """Take the next bytes into the BLAKE3 alone; return that of all since the beginning."""
        self.place += len(part)
        self._blake3.update(part)
        return str(self._blake3.hexdigest())

    def copy(self) -> "Hashing":
        """Return another that goes on from here."""
        other = Hashing(self.since)
        other.place = self.place
        other._sha256 = self._sha256.copy() if self._sha256 is not None else None
        other._blake3 = self._blake3.copy()
        return other

    def digests(self) -> Digests | None:
        """Return the digests of all from the beginning of the file on, if all of it passed."""
        if self._sha256 is None:
            return None
        return Digests(self._sha256.hexdigest(), self._blake3.hexdigest())
