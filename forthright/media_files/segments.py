"""The note of what has safely arrived: one line for each part that was written.

A line is written only after its part is, and it is whole only with its line end; so whatever was
cut short, the last whole line says from where to go on. What was written outlives whoever wrote
it. A power cut may take away what the disk had not settled; so another kind of line says up to
where that is done, and another under which start of the machine the lines after it were written.
"""

import os
from dataclasses import dataclass
from pathlib import Path

MOST = 2 * 1024 * 1024  # the longest part, in bytes
SETTLED, STARTED = "settled", "started"
START_OF_MACHINE = Path("/proc/sys/kernel/random/boot_id")


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a file.

    :param digest: the BLAKE3 of all from `since` up to its end, in hexadecimal
    :param since: the start of the first part of those that were taken in together
    """

    start: int
    length: int
    digest: str
    since: int

    @property
    def end(self) -> int:
        """Return the place of the first byte after it."""
        return self.start + self.length

    def line(self) -> str:
        """Return it as it is noted."""
        return f"{self.start} {self.length} {self.digest} {self.since}\n"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the note says, and how many bytes of the note say it."""

    segments: tuple[Segment, ...] = ()
    size: int = 0

    @property
    def offset(self) -> int:
        """Return the place of the first byte that has not arrived."""
        return self.segments[-1].end if self.segments else 0


def read_arrived(path: Path) -> Arrived:
    """Return what is noted and there, up to the first line that is not whole or out of turn."""
    segments: list[Segment] = []
    settled, size, started = Arrived(), 0, ""
    for line in path.read_bytes().split(b"\n")[:-1]:
        words = line.decode("ascii", "replace").split()
        size += len(line) + 1
        place = segments[-1].end if segments else 0
        if words == [SETTLED, str(place)]:
            settled = Arrived(tuple(segments), size)
        elif words[:1] == [STARTED] and len(words) == 2:
            started = words[1]
        elif (segment := _segment(words)) is not None and segment.start == place:
            segments.append(segment)
        else:
            size -= len(line) + 1
            break
    return Arrived(tuple(segments), size) if started == start_of_machine() else settled


def _segment(words: list[str]) -> Segment | None:
    if len(words) != 4 or not all(words[each].isdecimal() for each in (0, 1, 3)):
        return None
    segment = Segment(int(words[0]), int(words[1]), words[2], int(words[3]))
    is_possible = 0 < segment.length <= MOST and len(segment.digest) == 64
    return segment if is_possible and segment.since <= segment.start else None


def start_of_machine() -> str:
    """Return what tells one start of this machine from another."""
    return START_OF_MACHINE.read_text().strip()


class SegmentNotes:
    """The note, open for going on."""

    def __init__(self, path: Path, kept: Arrived) -> None:
        """Open it after what is kept of it; what stands behind that is cut off."""
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.ftruncate(self._file, kept.size)
        os.lseek(self._file, 0, os.SEEK_END)
        self._write(f"{STARTED} {start_of_machine()}\n")

    def add(self, segments: list[Segment]) -> None:
        """Note parts that are written."""
        self._write("".join(each.line() for each in segments))

    def settle(self, data: int, place: int) -> None:
        """Bring all before a place to the disk itself, and note that it is there.

        The mark follows what it speaks of, so a mark that is found after a power cut is true.
        """
        os.fdatasync(data)
        self._write(f"{SETTLED} {place}\n")
        os.fdatasync(self._file)

    def close(self) -> None:
        """Close it."""
        os.close(self._file)

    def _write(self, text: str) -> None:
        written = text.encode()
        while written:
            written = written[os.write(self._file, written) :]
