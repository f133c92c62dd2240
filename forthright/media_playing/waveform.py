"""The loudness of a recording over time, to see where somebody speaks: numbers and a drawing."""

import math
import sys
from array import array
from dataclasses import asdict, dataclass
from html import escape
from pathlib import Path
from typing import Any

from forthright.media_playing.programs import GIB, Bounds, Stopped, decoding, run
from forthright.media_playing.proving import LONGEST

RATE = 8000  # samples a second: enough to see speech
STEP = 400  # samples that one peak stands for: a twentieth of a second
FULL = 32768
SILENT = 0.003  # of full loudness: 50 decibels below it, the noise of a quiet room
MOST_PEAKS = 2000


@dataclass(frozen=True, slots=True)
class Waveform:
    """Peaks of the sound from 0 to 1, evenly over its length.

    :param per_second: how many peaks stand for a second
    """

    seconds: float
    per_second: float
    peaks: tuple[float, ...]

    @property
    def is_silent(self) -> bool:
        """Tell whether nothing can be heard anywhere."""
        return max(self.peaks, default=0.0) < SILENT

    def as_table(self) -> dict[str, Any]:
        """Return it as it is written to JSON."""
        return {**asdict(self), "is_silent": self.is_silent}


class Peaks:
    """Takes samples as they come and keeps the highest of each step."""

    def __init__(self) -> None:
        self.highest, self.samples = array("H"), 0
        self._rest = b""

    def take(self, part: bytes) -> None:
        """Take the next samples, sixteen bits each, the lower byte first."""
        self._rest += part
        whole = len(self._rest) // (2 * STEP) * 2 * STEP
        self._count(self._rest[:whole])
        self._rest = self._rest[whole:]

    def finish(self) -> None:
        """Take what is left over."""
        self._count(self._rest[: len(self._rest) // 2 * 2])
        self._rest = b""

    def _count(self, some: bytes) -> None:
        samples = array("h", some)
        if sys.byteorder == "big":
            samples.byteswap()
        self.samples += len(samples)
        for place in range(0, len(samples), STEP):
            step = samples[place : place + STEP]
            above, below = max(step), -min(step)
            self.highest.append(max(above, below))


def waveform_of(path: Path, stream: int, *, most: int = MOST_PEAKS) -> Waveform:
    """Return the peaks of one stream of sound, heard through from beginning to end.

    :param most: how many peaks there may be
    :raises Stopped: if it cannot be decoded
    """
    heard = Peaks()
    # Sound that begins late or has gaps is filled up, so that each peak stands where it is heard.
    filled = ["-af", "aresample=async=1:first_pts=0"]
    how = ["-map", f"0:{stream}", *filled, "-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"]
    bounds = Bounds(seconds=LONGEST, memory=4 * GIB)
    answer = run("ffmpeg", [*decoding(path), *how], bounds, take=heard.take)
    heard.finish()
    if answer.status or not heard.samples:
        raise Stopped("Its sound cannot be decoded.")
    each = math.ceil(len(heard.highest) / most)
    peaks = [
        round(max(heard.highest[place : place + each]) / FULL, 3)
        for place in range(0, len(heard.highest), each)
    ]
    return Waveform(round(heard.samples / RATE, 3), RATE / STEP / each, tuple(peaks))


def drawing_of(wave: Waveform, title: str, *, wide: int = 1000, high: int = 120) -> str:
    """Return a waveform as SVG, with a title for those who do not see it."""
    middle, step = high / 2, wide / max(len(wave.peaks), 1)
    lines = " ".join(
        f"M{(place + 0.5) * step:.1f} {middle - max(peak * middle, 0.5):.1f}"
        f"V{middle + max(peak * middle, 0.5):.1f}"
        for place, peak in enumerate(wave.peaks)
    )
    said = f"{title}: {'silent throughout' if wave.is_silent else 'loudness over time'}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        f'aria-label="{escape(said)}" preserveAspectRatio="none"><title>{escape(said)}</title>'
        f'<path d="{lines}" stroke="currentColor" stroke-width="{step * 0.8:.2f}"/></svg>\n'
    )
