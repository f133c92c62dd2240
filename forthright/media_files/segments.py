"""The note of what has safely arrived: one line for each part that lies on the disk.

A line is written only after its part is written, and it is whole only with its line end; so
whatever was cut short, the last whole line says from where to go on. A line of another kind says
up to where all lies on the disk itself, where not even a power cut takes it away.
"""

import os
from dataclasses import dataclass
from pathlib import Path

MOST = 1024 * 1024  # the longest part, in bytes
SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Segment:
    """One part of a file: where it lies and what its bytes come to (BLAKE3, hexadecimal)."""

    start: int
    length: int
    digest: str

    @property
    def end(self) -> int:
        """Return the place of the first byte after it."""
        return self.start + self.length

    def line(self) -> str:
        """Return it as it is noted."""
        return f"{self.start} {self.length} {self.digest}\n"


@dataclass(frozen=True, slots=True)
class Arrived:
    """What the note says.

    :param settled: the place up to which all outlives a power cut
    :param size: how many bytes of the note say this
    """

    segments: tuple[Segment, ...] = ()
    settled: int = 0
    size: int = 0

    @property
    def offset(self) -> int:
        """Return the place of the first byte that has not arrived."""
        return self.segments[-1].end if self.segments else 0


def read_arrived(path: Path, *, up_to: int | None = None) -> Arrived:
    """Return what is noted, up to the first line that is not whole or out of turn.

    :param up_to: leave out parts that reach beyond this place
    """
    segments: list[Segment] = []
    place = settled = size = 0
    for line in path.read_bytes().split(b"\n")[:-1]:
        words = line.decode("ascii", "replace").split()
        if words == [SETTLED, str(place)]:
            settled = place
        elif (segment := _segment(words)) is not None and segment.start == place:
            if up_to is not None and segment.end > up_to:
                break
            segments.append(segment)
            place = segment.end
        else:
            break
        size += len(line) + 1
    return Arrived(tuple(segments), settled, size)


def _segment(words: list[str]) -> Segment | None:
    if len(words) != 3 or not words[0].isdecimal() or not words[1].isdecimal():
        return None
    segment = Segment(int(words[0]), int(words[1]), words[2])
    is_possible = 0 < segment.length <= MOST and len(segment.digest) == 64
    return segment if is_possible else None


class SegmentNotes:
    """The note, open for going on."""

    def __init__(self, path: Path, kept: Arrived) -> None:
        """Open it after what is kept of it; what stands behind that is cut off."""
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
        os.ftruncate(self._file, kept.size)
        os.lseek(self._file, 0, os.SEEK_END)

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
