"""Has recordings looked at by ClamAV, over its own socket, before they are kept."""

import socket
import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

PART = 64 * 1024
PATIENCE = 600  # seconds that looking at a large file may take


class Found(StrEnum):
    """What the scanner says of a file."""

    CLEAN = "nothing harmful found"
    HARMFUL = "harmful"
    NOT_LOOKED_AT = "not looked at"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the scanner says, with the name of what it found or the reason it did not look."""

    found: Found
    words: str = ""

    def __str__(self) -> str:
        """Return it as it is shown and kept."""
        return f"{self.found}: {self.words}" if self.words else str(self.found)


Scan = Callable[[Iterable[memoryview | bytes]], Finding]


class ScannerSilent(OSError):
    """The scanner does not answer; whether the file is harmful is not known."""


def clamd_scan(address: str, *, patience: float = PATIENCE) -> Scan:
    """Return what has a file looked at by a running clamd.

    :param address: the path of its socket, or host:port
    :param patience: seconds without a sign of life after which it counts as silent
    """

    def scan(parts: Iterable[memoryview | bytes]) -> Finding:
        try:
            with _connected(address, patience) as line:
                return finding_in(_asked(line, parts))
        except OSError as fault:
            raise ScannerSilent(
                "The malware scanner does not answer, so the file is not kept yet. Tell an "
                "administrator; it will be tried again."
            ) from fault

    return scan


def finding_in(answer: str) -> Finding:
    """Return what an answer of clamd means."""
    words = answer.strip("\0\n ").removeprefix("stream:").strip()
    if words == "OK":
        return Finding(Found.CLEAN)
    if words.endswith(" FOUND"):
        return Finding(Found.HARMFUL, words.removesuffix(" FOUND"))
    if "size limit exceeded" in words:
        return Finding(Found.NOT_LOOKED_AT, "the file is longer than the scanner takes")
    raise ScannerSilent(f"The malware scanner says: {words or 'nothing'}.")


def _connected(address: str, patience: float) -> socket.socket:
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(patience)
        try:
            line.connect(address)
        except OSError:
            line.close()
            raise
        return line
    host, _, port = address.rpartition(":")
    if not port.isdigit():
        raise ConnectionRefusedError(f"{address} is neither a path nor host:port")
    return socket.create_connection((host, int(port)), timeout=patience)


def _asked(line: socket.socket, parts: Iterable[memoryview | bytes]) -> str:
    """Send a file by INSTREAM and return the answer; it may come before all is sent."""
    line.sendall(b"zINSTREAM\0")
    try:
        for part in parts:
            for place in range(0, len(part), PART):
                piece = part[place : place + PART]
                line.sendall(struct.pack("!I", len(piece)))
                line.sendall(piece)
        line.sendall(struct.pack("!I", 0))
    except (BrokenPipeError, ConnectionResetError):
        pass  # it hung up on a file that is too long; why is in its answer
    answer = b""
    while not answer.endswith(b"\0") and (got := line.recv(4096)):
        answer += got
    return answer.decode(errors="replace")
