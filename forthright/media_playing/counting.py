"""How long sound lasts and whether a player finds its moments, told by all of its packets.

A file without an index says nothing of where a moment lies. Programs then divide its bytes by the
bit rate of its beginning, which is wrong wherever the bit rate changes: of two minutes they make
three, and jump to other words than the clock shows.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from forthright.media_playing.packets import list_packets
from forthright.media_playing.programs import Stopped

# Kinds of file that hold sound alone, each packet behind the other, with no table of their times.
WITHOUT_TABLE = {"mp3", "aac", "ac3", "eac3", "amr", "amrnb", "amrwb", "gsm"}
COUNTED = {*WITHOUT_TABLE, "ogg", "flac", "wav"}
PACKET = re.compile(rb"^([\d.-]+|N/A),([\d.]+|N/A),(\d+)")
# A table of hundredths of the length that stands before MP3 whose bit rate varies: for an hour its
# steps are half a minute, and each is rounded to a 256th of the bytes.
COARSE_TABLES = (b"Xing", b"VBRI")
FIRST_FRAME = 4096  # bytes that hold it
SLOT = 1  # byte by which packets of one bit rate differ, so that they keep it in the mean
MARK = b"ID3"


@dataclass(frozen=True, slots=True)
class Counted:
    """What all packets of a sound come to.

    :param seconds: how long they last together
    :param is_even: whether each has as many bytes as the others, so that bytes tell the time
    :param is_in_order: whether the clock of the file never goes back
    """

    seconds: float
    is_even: bool
    is_in_order: bool


class _Counter:
    """Takes ffprobe's list of packets as it comes and keeps only what they come to."""

    def __init__(self) -> None:
        self.seconds, self.is_in_order = 0.0, True
        self._time, self._size = float("-inf"), 0
        self._least, self._most = 1 << 62, 0

    def take(self, line: bytes) -> None:
        if found := PACKET.match(line):
            self._packet(*found.groups())

    def _packet(self, time: bytes, lasts: bytes, size: bytes) -> None:
        if time != b"N/A":
            self.is_in_order = self.is_in_order and float(time) >= self._time
            self._time = float(time)
        self.seconds += float(lasts) if lasts != b"N/A" else 0.0
        # The last may have been cut off, so each counts once the next one comes.
        if self._size:
            self._least, self._most = min(self._least, self._size), max(self._most, self._size)
        self._size = int(size)

    @property
    def is_even(self) -> bool:
        return self._most - self._least <= SLOT


def count(path: Path, stream: int) -> Counted:
    """Return what all packets of one stream of sound come to; nothing is decoded.

    :raises Stopped: if they cannot be read through
    """
    counter = _Counter()
    is_read = list_packets(
        path, "pts_time,duration_time,size", counter.take, "-select_streams", str(stream)
    )
    if not is_read or not counter.seconds:
        raise Stopped("It cannot be read through.")
    return Counted(round(counter.seconds, 6), counter.is_even, counter.is_in_order)


def has_coarse_table(path: Path) -> bool:
    """Tell whether an MP3 begins with a table of a hundred places, by which players seek.

    :raises OSError: if it cannot be read
    """
    with path.open("rb") as file:
        head = file.read(10)
        # Of ID3, the length has seven bits in each of four bytes (id3.org, ID3v2.4.0, 3.1).
        long = sum((byte & 0x7F) << (7 * (3 - place)) for place, byte in enumerate(head[6:10]))
        file.seek(10 + long if head.startswith(MARK) else 0)
        first = file.read(FIRST_FRAME)
    return any(table in first for table in COARSE_TABLES)
