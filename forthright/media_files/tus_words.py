"""What is said over the tus protocol: requests, answers, and the headers both are made of."""

import base64
import binascii
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from blake3 import blake3

from forthright.media_files.sources import Source

ALGORITHMS: dict[str, Callable[[], Any]] = {
    "sha1": hashlib.sha1, "sha256": hashlib.sha256, "blake3": blake3,
}  # fmt: skip
WRONG_CHECKSUM = 460  # tus: a status of its own
MOST_DIGITS = 20  # of a number of bytes; with more it is no file's
OVERRIDE = "x-http-method-override"
# What is beyond the protocol: of which bytes that came a sender asks the SHA-256, and that.
COMPARE, COMPARED = "forthright-compare", "Forthright-SHA256"
MOST_COMPARED = 64 * 1024 * 1024  # bytes in one answer
FILENAMES = ("filename", "name")  # what clients call the name of a file


@dataclass(frozen=True, slots=True)
class TusRequest:
    """One request.

    :param name: the file it is about; "" for the place where files are begun
    :param headers: by their names in lower case
    :param source: where its body comes from
    :param caller: whoever asks, as the gate knows them
    """

    method: str
    name: str
    headers: Mapping[str, str]
    source: Source
    caller: Any = None

    @property
    def verb(self) -> str:
        """Return what is asked for, also by those who can only send POST."""
        return self.headers.get(OVERRIDE, self.method).upper()


@dataclass(frozen=True, slots=True)
class TusAnswer:
    """One answer; its words are for a person."""

    status: int
    headers: dict[str, str] = field(default_factory=dict)
    words: str = ""


class TusRefusal(Exception):
    """The request is refused: a status for the program, words for the person."""

    def __init__(self, status: int, words: str, **headers: str) -> None:
        """Refuse; headers are named with _ for -."""
        super().__init__(words)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class SaidChecksum:
    """What the sender says that the body of a request comes to."""

    def __init__(self, header: str) -> None:
        """Read the header Upload-Checksum.

        :raises TusRefusal: if it names no way that is known, or no digest
        """
        algorithm, _, digest = header.strip().partition(" ")
        if algorithm not in ALGORITHMS:
            raise TusRefusal(400, f"A checksum may be one of: {', '.join(ALGORITHMS)}.")
        try:
            self._wanted = base64.b64decode(digest, validate=True)
        except (binascii.Error, ValueError) as fault:
            raise TusRefusal(400, "The checksum is not written in base64.") from fault
        self._found = ALGORITHMS[algorithm]()

    def take(self, part: memoryview) -> None:
        """Take the next bytes in."""
        self._found.update(part)

    def is_right(self) -> bool:
        """Say whether all that passed comes to what was said."""
        return bool(self._found.digest() == self._wanted)


def number_in(headers: Mapping[str, str], name: str) -> int:
    """Return the number in a header.

    :raises TusRefusal: if there is none
    """
    text = headers.get(name.lower(), "").strip()
    if not (text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS):
        raise TusRefusal(400, f"The header {name} has to say a number of bytes.")
    return int(text)


def compared_in(header: str, offset: int) -> tuple[int, int]:
    """Return from which byte up to before which a sender asks what has come, as in "0-1000".

    :param offset: how many bytes have come
    :raises TusRefusal: if these have not come, or are too many for one answer
    """
    start, _, end = (each.strip() for each in header.partition("-"))
    known = {"start": start, "end": end}
    place = number_in(known, "start"), number_in(known, "end")
    if not place[0] < place[1] <= min(offset, place[0] + MOST_COMPARED):
        raise TusRefusal(
            400,
            f"The header {COMPARE} has to say a part of the {offset:,} bytes that have come, and "
            f"at most {MOST_COMPARED:,} bytes of them at once.",
        )
    return place


def metadata_in(header: str) -> dict[str, str]:
    """Return what the header Upload-Metadata says.

    :raises TusRefusal: if it is not written as the protocol wants
    """
    said = {}
    for pair in filter(None, (each.strip() for each in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            said[key] = base64.b64decode(value.strip(), validate=True).decode()
        except ValueError as fault:
            raise TusRefusal(400, f"The value of {key} in Upload-Metadata is spoilt.") from fault
    return said


def sha256_in(said: Mapping[str, str]) -> str:
    """Return what the whole file comes to, where its sender said so.

    :raises TusRefusal: if what was said can be no SHA-256
    """
    digest = said.get("sha256", "").strip().lower()
    if digest and not re.fullmatch("[0-9a-f]{64}", digest):
        raise TusRefusal(400, "The SHA-256 that was said of the file is not one.")
    return digest
