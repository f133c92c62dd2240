"""One file that is arriving: taken in parts, in order, and never counted before it is written.

Nothing of what was told to have arrived is lost, whatever is killed or cut off. At most
`pipeline.MOST_AT_RISK` bytes that came in since have to be sent again.
"""

import errno
import fcntl
import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from forthright.media_files import memory
from forthright.media_files.digests import Digests
from forthright.media_files.names import size_words
from forthright.media_files.pipeline import Pipeline
from forthright.media_files.segments import MOST, Arrived, SegmentNotes, read_arrived
from forthright.media_files.sources import Silence, Source

DATA, NOTES, ABOUT, WANTED, DIGESTS = "data", "arrived", "about", "wanted", "digests"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
PATIENCE = 60  # seconds of silence after which a sender counts as gone
MOST_WAIT = 2.5  # seconds that a new sender waits for a silent one to be let go


class Checksum(Protocol):
    """What the sender says that some bytes come to."""

    def take(self, part: memoryview) -> None:
        """Take the next bytes in."""

    def is_right(self) -> bool:
        """Say whether all that passed comes to what was said."""


class NoRoom(Exception):
    """The disk has no room for the file; the message says how much it needs."""


class EmptyFile(ValueError):
    """A file without bytes is no recording."""


class WrongPlace(Exception):
    """The bytes sent do not go on where the last ones ended; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        """Say where to go on."""
        super().__init__(f"The file has arrived up to byte {offset:,}. Go on from there.")
        self.offset = offset


class TooMuch(Exception):
    """More bytes came than the file was said to have."""


class AlreadyArriving(Exception):
    """Somebody else is sending the same file just now."""


class BrokenOnTheWay(Exception):
    """The bytes are not those that were sent; none of them is kept."""


@dataclass(frozen=True, slots=True)
class About:
    """What was said of a file when it was begun.

    :param begun_at: when, with the time zone
    :param notes: what the caller wants to find again with it
    :param sha256: what its sender says it comes to; "" where nobody said
    """

    length: int
    name: str
    begun_at: datetime
    notes: dict[str, Any] = field(default_factory=dict)
    sha256: str = ""

    def to_json(self) -> str:
        """Return it as it is kept."""
        return json.dumps({**asdict(self), "begun_at": self.begun_at.isoformat()}, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "About":
        """Return what was kept."""
        kept = json.loads(text)
        return cls(**{**kept, "begun_at": datetime.fromisoformat(kept["begun_at"])})


class Incoming:
    """A file that is arriving, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        """Look at one that was begun."""
        self.folder = folder

    @classmethod
    def begin(cls, folder: Path, about: About) -> "Incoming":
        """Make room for a file.

        :raises EmptyFile: if it is said to have no bytes
        :raises NoRoom: if the disk cannot hold it; then nothing is left behind
        """
        if about.length <= 0:
            raise EmptyFile("The file is empty: it has 0 bytes. Look at where it came from.")
        folder.mkdir(parents=True)
        begun = cls(folder)
        try:
            _make_room(folder / DATA, about.length)
            (folder / NOTES).touch(0o600)
            write_whole(folder / ABOUT, about.to_json())
        except OSError as fault:
            begun.give_up()
            if fault.errno not in NO_ROOM:
                raise
            space = os.statvfs(folder.parent)
            raise NoRoom(
                f"The file needs {size_words(about.length)} and there is room for "
                f"{size_words(space.f_bavail * space.f_frsize)}. Ask an administrator to make "
                "room, then send it again."
            ) from fault
        sync_folder(folder.parent)
        return begun

    @property
    def name(self) -> str:
        """Return what it is called while it arrives; not the name its sender gave it."""
        return self.folder.name

    @property
    def data(self) -> Path:
        """Return where its bytes lie."""
        return self.folder / DATA

    @property
    def about(self) -> About:
        """Return what was said of it when it was begun."""
        return About.from_json((self.folder / ABOUT).read_text())

    @property
    def arrived(self) -> Arrived:
        """Return what has arrived and is there."""
        return read_arrived(self.folder / NOTES)

    @property
    def offset(self) -> int:
        """Return how many bytes have arrived and are there."""
        return self.arrived.offset

    @property
    def is_whole(self) -> bool:
        """Say whether every byte has arrived."""
        return self.offset == self.about.length

    @property
    def digests_as_sent(self) -> Digests | None:
        """Return what all of it came to as it came in, or None where no process saw all of it."""
        path = self.folder / DIGESTS
        return Digests(**json.loads(path.read_text())) if path.is_file() else None

    def take(self, source: Source, *, offset: int, checksum: Checksum | None = None) -> int:
        """Take in bytes until no more come; return how many have arrived.

        With a checksum either all of them are kept, or none. A sender that falls silent or goes
        away is one from whom no more come.

        :raises AlreadyArriving: if somebody else is sending it
        :raises WrongPlace: if it has arrived up to another place
        :raises TooMuch: if more came than the file has; then it is not whole, since what would
            have been its last part is not kept
        :raises BrokenOnTheWay: if the bytes do not come to the checksum
        :raises NoRoom: if the disk is full; what came before is kept
        """
        length = self.about.length
        with self.alone(), _room_told():
            kept = self.arrived
            if kept.offset != offset:
                raise WrongPlace(kept.offset)
            return self._take(source, kept, length - offset, checksum)

    def _take(self, source: Source, kept: Arrived, most: int, checksum: Checksum | None) -> int:
        hashing = memory.hashing_at(self.folder, kept.offset)
        notes = SegmentNotes(self.folder / NOTES, kept)
        try:
            with Pipeline(
                self.data, notes, hashing, at=kept.offset, holds_back=checksum is not None
            ) as pipeline:
                self._fill(pipeline, source, (kept.offset, most), checksum)
                if checksum is not None and not checksum.is_right():
                    raise BrokenOnTheWay(
                        "What came is not what was sent: its checksum differs. Send it again."
                    )
                pipeline.let_go()
        finally:
            notes.close()
        memory.keep_hashing(self.folder, hashing)
        digests = hashing.digests()
        if digests is not None and pipeline.noted_up_to == kept.offset + most:
            write_whole(self.folder / DIGESTS, json.dumps(asdict(digests)))
        return pipeline.noted_up_to

    def _fill(
        self, pipeline: Pipeline, source: Source, place: tuple[int, int], checksum: Checksum | None
    ) -> None:
        """Put parts into the pipeline until no more come; their ends lie at whole steps.

        The last part is let in only once it is seen that nothing follows it: a file that is cut
        off where it was said to end looks like one that is whole.
        """
        at, left = place
        if not left:
            self._check_is_its_end(source)
        got = wanted = 0
        while left and got == wanted:
            wanted = min(MOST - at % MOST, left)
            buffer = pipeline.buffer()
            with buffer[:wanted] as content:
                got = self._fill_one(source, content)
                if checksum is not None:
                    checksum.take(content[:got])
            at, left = at + got, left - got
            try:
                if not left:
                    self._check_is_its_end(source)
            except TooMuch:
                pipeline.put(buffer, 0)
                raise
            pipeline.put(buffer, got)

    def _check_is_its_end(self, source: Source) -> None:
        if self._fill_one(source, memoryview(bytearray(1))):
            raise TooMuch(
                f"More came than the {self.about.length:,} bytes that the file was said to have, "
                "so what came is not the file. Look whether something still writes to it, then "
                "send it from its beginning, with the length that it has."
            )

    def _fill_one(self, source: Source, content: memoryview) -> int:
        """Fill a buffer as far as bytes come; return how many did."""
        filled = silent_for = 0
        while filled < len(content):
            try:
                got = source.fill(content[filled:])
            except Silence:
                silent_for += 1
                if silent_for < PATIENCE and not (self.folder / WANTED).exists():
                    continue
                return filled
            except OSError:
                return filled
            if not got:
                return filled
            filled, silent_for = filled + got, 0
        return filled

    def give_up(self) -> None:
        """Remove what has arrived.

        What says that there is a file goes first, so that a crash leaves none without its bytes.
        """
        memory.forget(self.folder)
        (self.folder / ABOUT).unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep all others out; a sender that has fallen silent is let go for a new one.

        :raises AlreadyArriving: if somebody is sending it, or it is being kept
        """
        held = os.open(self.folder / NOTES, os.O_RDONLY)
        try:
            if not _lock(held):
                (self.folder / WANTED).touch()
                give_up_at = time.monotonic() + MOST_WAIT
                while not _lock(held):
                    if time.monotonic() > give_up_at:
                        raise AlreadyArriving("This file is being sent already. Wait a moment.")
                    time.sleep(0.05)
            (self.folder / WANTED).unlink(missing_ok=True)
            yield
        finally:
            os.close(held)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk."""
    opened = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that it is there as a whole, and on the disk, or not at all."""
    fresh = path.with_name(f"{path.name}.new")
    with fresh.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    sync_folder(path.parent)


def _make_room(path: Path, length: int) -> None:
    opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.posix_fallocate(opened, 0, length)
        os.fsync(opened)
    finally:
        os.close(opened)


def _lock(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _room_told() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        if fault.errno not in NO_ROOM:
            raise
        raise NoRoom(
            "The disk is full. What had arrived is kept. Ask an administrator to make room, then "
            "go on."
        ) from fault
