"""When each frame of a recording is shown, read from its index and not by decoding."""

import bisect
import json
import re
from array import array
from pathlib import Path

from forthright.media_playing.packets import BOUNDS, list_packets
from forthright.media_playing.programs import Stopped, reading, run

TIME = re.compile(rb"^(?:N/A,)?(-?\d+\.\d+)")


def frame_times(
    path: Path, stream: int, until: float, *, zero: float | None = None
) -> "array[float]":
    """Return when the frames up to a time are shown, in seconds on the clock of a player.

    :param zero: when that is 0, by the clock of the file; None: when the file begins
    :raises Stopped: if they cannot be read
    """
    begins = _begins(path) if zero is None else zero
    times = array("d")

    def take(line: bytes) -> None:
        if found := TIME.match(line):
            times.append(float(found[1]) - begins)

    how = "-select_streams", str(stream), "-read_intervals", f"%{until + begins + 1:.3f}"
    if not list_packets(path, "pts_time,dts_time", take, *how) or not times:
        raise Stopped("When its frames are shown cannot be read.")
    return array("d", sorted(times))


def _begins(path: Path) -> float:
    asked = ["-show_entries", "format=start_time", "-of", "json", *reading(path)]
    told = json.loads(run("ffprobe", asked, BOUNDS).out or b"{}").get("format", {})
    return float(told.get("start_time", 0))


def place_shown_at(times: "array[float]", at: float) -> int:
    """Return which frame is on the screen at a time, from 0."""
    return max(bisect.bisect_right(times, at + 0.000_5) - 1, 0)
