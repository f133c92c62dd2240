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
    """Digests of bytes as they pass, with how many passed."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.length = 0
        self._sha256 = hashlib.sha256()
        self._blake3 = blake3()

    def take(self, part: bytes | memoryview) -> None:
        """Take the next bytes in."""
        self.length += len(part)
        self._sha256.update(part)
        self._blake3.update(part)

    def copy(self) -> "Hashing":
        """Return another that goes on from here."""
        other = Hashing()
        other.length = self.length
        other._sha256 = self._sha256.copy()
        other._blake3 = self._blake3.copy()
        return other

    def digests(self) -> Digests:
        """Return the digests of all that passed."""
        return Digests(self._sha256.hexdigest(), self._blake3.hexdigest())


def quick_digest(part: bytes | memoryview) -> str:
    """Return the BLAKE3 of a part, by which it is known again when it is read back."""
    return str(blake3(part).hexdigest())
