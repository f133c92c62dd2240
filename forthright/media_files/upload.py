"""Sends a file to a server that speaks tus, and goes on wherever the line broke."""

import fcntl
import hashlib
import json
import os
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from blake3 import blake3

from forthright.media_files.incoming import write_whole
from forthright.media_files.line import Again, Line, NoAnswer, UploadRefused
from forthright.media_files.names import found_name
from forthright.media_files.reading import digests_of
from forthright.rules.words import count_words

PART = 8 * 1024 * 1024  # bytes sent in one go; a lost line costs at most as many again
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 30.0  # seconds
PATIENCE = 3600.0  # seconds without a byte getting through after which it is given up
# Seconds after which an address is given up that never answered: it may be mistyped.
FIRST_PATIENCE = 60.0
GONE = {404, 410}
Progress = Callable[[int, int], None]
# By this header a server says in words what becomes of a file that is gone on with.
NOTICE = "forthright-notice"
MOST_NOTICE = 1_000  # characters of it that are told


class LineLost(Exception):
    """The server could not be reached for too long; sending again goes on from there."""


class FileChanged(Exception):
    """The file changed while it was sent, so what arrived is none of its states."""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A file that has arrived: its address at the server and what it comes to."""

    address: str
    length: int
    sha256: str


class Uploader:
    """Sends files to one address."""

    def __init__(
        self, address: str, *, headers: Mapping[str, str] | None = None,
        remember_in: Path | None = None, patience: float = PATIENCE,
    ) -> None:  # fmt: skip
        """Send to an address.

        :param headers: what lets the server know who sends
        :param remember_in: a file that says what was begun, so that a later start goes on
        :param patience: seconds without a byte getting through after which it is given up
        """
        self.address, self.patience = address, patience
        self._line = Line(address, headers or {})
        self._begun = _Begun(remember_in)

    def send(
        self, path: Path, *, said: Mapping[str, str] | None = None,
        progress: Progress = lambda sent, length: None,
        tell: Callable[[str], None] = lambda words: None,
        waits: Callable[[str], None] = lambda why: None,
    ) -> Uploaded:  # fmt: skip
        """Send a file, and go on after lost lines until all of it has arrived.

        Its SHA-256 is taken first and said to the server, which keeps the file only if it is the
        same there.

        :param said: what else the server is to know of the file
        :param progress: is told how many bytes have arrived, of how many
        :param tell: is told what the server says becomes of the file, once for all that it says
        :param waits: is told why it waits and tries again, once for each reason after another
        :raises UploadRefused: if the server does not take it
        :raises LineLost: if the server could not be reached for too long
        :raises FileChanged: if the file changed meanwhile
        """
        before = path.stat()
        digests, length = digests_of(path)
        said = {**(said or {}), "filename": found_name(path.name).name, "sha256": digests.sha256}
        key = f"{self.address} {digests.sha256}"
        try:
            with path.open("rb") as file:
                sending = _Sending(self._line, file.fileno(), length, said)
                sending.tell = tell
                sending.address = self._begun.address_of(key)
                self._send_all(sending, key, progress, waits)
        finally:
            self._line.close()
        self._begun.forget(key)
        after = path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            raise FileChanged("The file changed while it was sent. Send it again.")
        return Uploaded(sending.address, length, digests.sha256)

    def _send_all(
        self, sending: "_Sending", key: str, progress: Progress, waits: Callable[[str], None]
    ) -> None:
        # What was begun there before is no mistyped address.
        first = self.patience if sending.address else min(self.patience, FIRST_PATIENCE)
        patience, furthest, waited_for = _Patience(first), -1, ""
        while not sending.is_done:
            try:
                sending.step()
            except Again as fault:
                sending.offset = None  # ask how far it has arrived
                if not isinstance(fault, NoAnswer):
                    patience.is_at_least(self.patience)
                if str(fault) != waited_for:
                    waited_for = str(fault)
                    waits(waited_for)
                patience.wait(fault)
            if sending.offset is not None and sending.offset > furthest:
                furthest, waited_for = sending.offset, ""
                patience.is_at_least(self.patience)
                patience.begin_again()
                self._begun.note(key, sending.address)
                progress(furthest, sending.length)


class _Sending:
    """One file on its way; `offset` is how far it has arrived, or None while that is not known."""

    def __init__(self, line: Line, file: int, length: int, said: Mapping[str, str]) -> None:
        self.address = ""
        self.offset: int | None = None
        self.length = length
        self._line, self._file, self._said = line, file, said
        self._checksum: Callable[[bytes], str] | None = None
        self.tell: Callable[[str], None] = lambda words: None
        self._told = ""

    @property
    def is_done(self) -> bool:
        return self.offset is not None and self.offset >= self.length

    def step(self) -> None:
        """Do what comes next: begin it, ask how far it has arrived, or send the next part.

        :raises Again: if it did not work this time
        """
        if self._checksum is None:
            known = self._line.ask("OPTIONS", self._line.address).get("tus-checksum-algorithm", "")
            # The quick one where the server knows it: while it is taken nothing is sent.
            self._checksum = _blake3 if "blake3" in known.split(",") else _sha1
        if not self.address:
            self._begin()
        elif self.offset is None:
            self._ask_how_far()
        else:
            self._send_part(self.offset, self._checksum)

    def _begin(self) -> None:
        written = [f"{key} {b64encode(said.encode()).decode()}" for key, said in self._said.items()]
        answer = self._line.ask(
            "POST", self._line.address,
            headers={"Upload-Length": str(self.length), "Upload-Metadata": ",".join(written)},
        )  # fmt: skip
        self.address, self.offset = urljoin(self._line.address, answer["location"]), 0

    def _ask_how_far(self) -> None:
        try:
            answer = self._line.ask("HEAD", self.address)
            self.offset = int(answer["upload-offset"])
            self._pass_on(answer)
        except UploadRefused as refusal:
            if refusal.status not in GONE:
                raise
            self.address = ""  # the server no longer knows it

    def _send_part(self, offset: int, checksum: Callable[[bytes], str]) -> None:
        part = os.pread(self._file, min(PART, self.length - offset), offset)
        if not part:
            raise FileChanged("The file became shorter while it was sent. Send it again.")
        answer = self._line.ask(
            "PATCH", self.address, body=part,
            headers={"Content-Type": "application/offset+octet-stream",
                     "Upload-Offset": str(offset), "Upload-Checksum": checksum(part)},
        )  # fmt: skip
        self.offset = int(answer["upload-offset"])
        self._pass_on(answer)

    def _pass_on(self, answer: Mapping[str, str]) -> None:
        """Tell what the server says becomes of the file, where it says something new."""
        words = "".join(each for each in answer.get(NOTICE, "") if each.isprintable())
        if words and words != self._told:
            self._told = words
            self.tell(words[:MOST_NOTICE])


class _Patience:
    """Waits longer and longer, and no longer than was said."""

    def __init__(self, most: float) -> None:
        self._most = most
        self.begin_again()

    def begin_again(self) -> None:
        self._pause, self._ends = SHORTEST_PAUSE, time.monotonic() + self._most

    def is_at_least(self, most: float) -> None:
        if self._most < most:
            self._ends += most - self._most
            self._most = most

    def wait(self, fault: Exception) -> None:
        if time.monotonic() + self._pause > self._ends:
            minutes = count_words(round(self._most / 60), "minute")
            raise LineLost(
                f"Nothing got through for {minutes}: {fault}. Look whether the address is right, "
                "and start again later: it goes on from where it stopped."
            ) from fault
        time.sleep(self._pause)
        self._pause = min(2 * self._pause, LONGEST_PAUSE)


class _Begun:
    """What was begun and has not arrived: addresses, kept in a file where one is named.

    Several uploads of one machine share the file, so each changes nothing in it but its own entry.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._held: dict[str, str] = _read(path)

    def address_of(self, key: str) -> str:
        return self._held.get(key, "")

    def note(self, key: str, address: str) -> None:
        if self._held.get(key) != address:
            self._held[key] = address
            self._change(key, address)

    def forget(self, key: str) -> None:
        if self._held.pop(key, None) is not None:
            self._change(key, "")

    def _change(self, key: str, address: str) -> None:
        if self._path is None:
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        # A file of its own: the one that is written anew is another each time.
        with self._path.with_name(f"{self._path.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            there = _read(self._path)
            there.pop(key, None)
            if address:
                there[key] = address
            write_whole(self._path, json.dumps(there, indent=1))


def _read(path: Path | None) -> dict[str, str]:
    """Return the addresses that a file keeps; none where it is not there or spoilt.

    What is lost with it is only from where to go on: the file is then sent from its beginning.
    """
    try:
        kept = json.loads(path.read_text()) if path is not None else {}
    except (FileNotFoundError, ValueError):
        return {}
    entries = kept.items() if isinstance(kept, dict) else ()
    return {key: address for key, address in entries if isinstance(address, str)}


def _blake3(part: bytes) -> str:
    return f"blake3 {b64encode(blake3(part).digest()).decode()}"


def _sha1(part: bytes) -> str:
    digest = hashlib.sha1(part, usedforsecurity=False).digest()
    return f"sha1 {b64encode(digest).decode()}"
