"""Where the clock of one camera or sound begins in a file that holds several.

A recorder with several channels writes each from when it began. Played by itself one that began
later begins at 0, since browsers take what lies before it off its length and do not reach its end.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from forthright.media_playing.deciding import Decision
from forthright.media_playing.programs import GIB, Bounds, Stopped, reading, run
from forthright.media_playing.recording import Recording

BOUNDS = Bounds(seconds=600, memory=GIB)
FIRST_ONES = "32"  # of each stream: some are shown before one that stands before them
UNIT = re.compile(r"^#tb (\d+): (\d+)/(\d+)$", re.MULTILINE)
TIMES = re.compile(r"^(\d+), *(-?\d+), *(-?\d+),", re.MULTILINE)
NO_TIME = -(1 << 63)  # what ffmpeg says where there is none (AV_NOPTS_VALUE)
HAIR = 0.000_5  # seconds


@dataclass(frozen=True, slots=True)
class PartClock:
    """When a camera or sound of a file begins, in seconds.

    :param in_file: by the clock of the file; None: when the file does
    :param late: how much later than ffmpeg begins its own clock, which is with the file or with
        the part, as the kind of file is
    """

    in_file: float | None = None
    late: float = 0.0

    def lasts(self, found: Recording) -> float | None:
        """Return how long there is something from where the part begins to the file's end."""
        if found.seconds is None or self.in_file is None:
            return found.seconds
        return found.seconds - (self.in_file - found.begins)

    @property
    def moved(self) -> list[str]:
        """Return what lets ffmpeg begin its clock with the part."""
        return ["-itsoffset", f"{-self.late:.6f}"] if self.late else []


WITH_THE_FILE = PartClock()


def clock_of_part(path: Path, found: Recording, decision: Decision) -> PartClock:
    """Return where the clock of what is shown and heard begins.

    :raises Stopped: if that cannot be read
    """
    taken = [n for n in (decision.picture_stream, decision.sound_stream) if n is not None]
    if len(found.pictures) + len(found.sounds) <= len(taken):
        return WITH_THE_FILE
    late = _first(path, taken)
    return PartClock(_first(path, taken, "-copyts"), late if abs(late) > HAIR else 0.0)


def _first(path: Path, streams: list[int], *before: str) -> float:
    """Return when the first frame or sound of some streams comes, by the clock of ffmpeg."""
    how = [word for number in streams for word in ("-map", f"0:{number}")]
    how += ["-c", "copy", "-copyinkf", "-frames:v", FIRST_ONES, "-frames:a", FIRST_ONES]
    how += ["-f", "framehash", "-hash", "crc32", "pipe:1"]
    answer = run("ffmpeg", [*before, *reading(path), *how], BOUNDS)
    told = answer.out.decode(errors="replace")
    units = {place: int(above) / int(below) for place, above, below in UNIT.findall(told)}
    found = [(units.get(place, 0), int(a), int(b)) for place, a, b in TIMES.findall(told)]
    shown = [unit * time for unit, _, time in found if time != NO_TIME]
    # An AVI does not say when its frames are shown, only in which order they are decoded.
    times = shown or [unit * time for unit, time, _ in found if time != NO_TIME]
    if answer.status or not times:
        raise Stopped("When it begins cannot be read.")
    return min(times)
