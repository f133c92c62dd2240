"""What stands in an MP4 or QuickTime file and is not played: its list of edits leaves it out.

Whoever cuts a recording without converting it keeps its frames from the one before on which the
next ones rest, and writes that playing begins later (ISO/IEC 14496-12, the edit list box). Not
every player heeds that, so what is left out can be seen and heard.
"""

import re
from pathlib import Path

from forthright.media_playing.packets import list_packets
from forthright.media_playing.programs import GIB, Bounds, Stopped, reading, run
from forthright.media_playing.proving import LONGEST, NotProved

WITHIN = Bounds(seconds=LONGEST, memory=GIB)
FIRST = 40  # packets among which the first of each stream is
# Packets of silence that an encoder of sound puts before the first moment, and that players skip.
PUT_BEFORE = 2
PACKET = re.compile(r"^\d+,-(\d+\.\d+),\w*D", re.MULTILINE)


def seconds_left_out(path: Path, bounds: Bounds) -> float:
    """Return how many seconds from before its beginning stand in a file, of what is longest.

    Sound has a hair of silence there in any file; where nothing can be read, it is 0.
    """
    how = ["-read_intervals", f"%+#{FIRST}", "-show_entries", "packet=stream_index,pts_time,flags"]
    try:
        said = run("ffprobe", [*how, "-of", "csv=p=0", *reading(path)], bounds).out
    except Stopped:
        return 0.0
    return max(map(float, PACKET.findall(said.decode(errors="replace"))), default=0.0)


def check_nothing_left_out(copy: Path) -> None:
    """Refuse a copy that holds what its own list of edits leaves out.

    :raises NotProved: if it does
    :raises Stopped: if it cannot be read through
    """
    counter = _Counter()
    if not list_packets(copy, "stream_index,flags", counter.take, bounds=WITHIN):
        raise Stopped("The copy cannot be read through.")
    if counter.most > PUT_BEFORE:
        raise NotProved(
            f"The copy holds {counter.most:,} frames that its list of edits leaves out; a player "
            "that takes no notice of that list would play them."
        )


class _Counter:
    """Takes ffprobe's list of packets and counts those that are not to be played."""

    def __init__(self) -> None:
        self._counts: dict[bytes, int] = {}

    def take(self, line: bytes) -> None:
        """Take the next line of the list."""
        stream, _, flags = line.partition(b",")
        if b"D" in flags:
            self._counts[stream] = self._counts.get(stream, 0) + 1

    @property
    def most(self) -> int:
        """Return how many packets of one stream are left out."""
        return max(self._counts.values(), default=0)
