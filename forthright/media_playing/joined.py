"""Recordings that were joined byte behind byte: their clock begins anew in the middle, or leaps.

A recorder that writes a file every few minutes leaves MPEG files that can be joined like that. By
the clock of such a file its frames lie over each other, and its length is that of the last.
"""

import math
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from forthright.media_playing.packets import list_packets
from forthright.media_playing.programs import Stopped

CLOCKED = {"mpegts", "mpeg"}  # kinds of file that have no other table of times than their clock
# By so many seconds on, and so many back, ffmpeg takes a clock for another (dts_delta_threshold,
# and process_input_packet in its ffmpeg.c), and lets what follows go on where it was.
ON, BACK = 10.0, 0.1
CLOSE = 0.5  # seconds within which the next recording begins in a copy
TIMES = re.compile(rb"^(\d+\.\d+|N/A),(\d+\.\d+)")
NO_TIME = float("nan")


@dataclass(frozen=True, slots=True)
class Clock:
    """What the clock of one stream comes to.

    :param seconds: how long its pieces last together
    :param is_joined: whether there are several
    :param times: when each frame is shown, in its order, by the clock of its piece
    """

    seconds: float
    is_joined: bool
    times: "array[float]"


class _Counter:
    """Takes ffprobe's list of packets as it comes and adds up its pieces."""

    def __init__(self) -> None:
        self.seconds, self.pieces, self.times = 0.0, 0, array("d")
        self._piece = array("d")
        self._last, self._gap = NO_TIME, 0.0

    def take(self, line: bytes) -> None:
        """Take the next line of the list."""
        if found := TIMES.match(line):
            shown = NO_TIME if found[1] == b"N/A" else float(found[1])
            self._packet(shown, float(found[2]))

    def _packet(self, shown: float, decoded: float) -> None:
        step = decoded - self._last
        if -BACK <= step <= ON:
            self.seconds, self._gap = self.seconds + step, max(step, 0.0) or self._gap
        else:
            self.seconds, self.pieces = self.seconds + self._gap, self.pieces + 1
            self._end_piece()
        self._last = decoded
        self._piece.append(shown)

    def _end_piece(self) -> None:
        self.times.extend(sorted(self._piece))
        self._piece = array("d")

    def clock(self) -> Clock:
        """Return what all came to."""
        self._end_piece()
        return Clock(round(self.seconds + self._gap, 6), self.pieces > 1, self.times)


def clock_of(path: Path, stream: int) -> Clock:
    """Return how long all pieces of one stream last, by when its packets are decoded.

    :raises Stopped: if they cannot be read through
    """
    counter = _Counter()
    is_read = list_packets(path, "pts_time,dts_time", counter.take, "-select_streams", str(stream))
    if not is_read or not counter.seconds:
        raise Stopped("It cannot be read through.")
    return counter.clock()


def most_apart(before: Sequence[float], after: Sequence[float]) -> float:
    """Return by how many seconds a frame lies elsewhere than in the piece that it is of.

    Without a time of each frame nobody can tell, and it is without end.
    Each piece begins in the copy soon after the one before it ends; that alone is given way.
    """
    if any(map(math.isnan, before)):
        return math.inf
    shift, most, last = 0.0, 0.0, (NO_TIME, NO_TIME)
    for was, now in zip(before, after, strict=False):
        if not -BACK <= was - last[0] <= ON:
            shift, waits = now - was, now - last[1]
            most = max(most, waits if waits > CLOSE else 0.0)
        most = max(most, abs(was + shift - now))
        last = was, now
    return most
