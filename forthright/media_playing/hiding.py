"""What is hidden in a picture or a sound, how it is hidden, and the look at what is left."""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forthright.media_playing.making import EVEN
from forthright.media_playing.programs import GIB, Bounds, decoding, run
from forthright.media_playing.proving import LONGEST, NotProved
from forthright.media_playing.recording import Stream
from forthright.media_playing.waveform import FULL, RATE, Peaks

PATCHES = 8  # into which the longer side of what is blurred is averaged: no face is left of it
BLACK = 40  # brightness of 255 under which a frame is black; black is 16
LIKE_PATCHES = 24.0  # decibels by which a blurred part is like its own patches
QUIET = 0.004  # of full loudness
AROUND = 0.06  # seconds that are muted more on each side, so that no beginning of a word is left
ONLY_SOUND = 64  # samples that are muted at once
WITHIN = Bounds(seconds=LONGEST, memory=4 * GIB)


@dataclass(frozen=True, slots=True)
class Span:
    """From one time to another, in seconds on the clock of the player."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Box:
    """A part of the picture as it is shown: each side as a share of it, from 0 to 1."""

    left: float
    top: float
    width: float
    height: float


WHOLE = Box(0, 0, 1, 1)


@dataclass(frozen=True, slots=True)
class Blank:
    """The picture, or a part of it, is black for a time."""

    span: Span
    box: Box = WHOLE


@dataclass(frozen=True, slots=True)
class Blur:
    """A part of the picture is averaged into a few patches for a time."""

    span: Span
    box: Box


@dataclass(frozen=True, slots=True)
class Mute:
    """Nothing is heard for a time."""

    span: Span


Hidden = Blank | Blur | Mute


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A part of the picture in dots, even, and never smaller than was asked for."""

    left: int
    top: int
    width: int
    height: int

    @property
    def patches(self) -> tuple[int, int]:
        """Return into how many patches it is averaged, across and down."""
        longer = max(self.width, self.height)
        across = max(1, round(PATCHES * self.width / longer))
        return across, max(1, round(PATCHES * self.height / longer))


def moved(each: Hidden, span: Span) -> Hidden:
    """Return the same hidden at another time."""
    if isinstance(each, Mute):
        return Mute(span)
    return type(each)(span, each.box)


def rectangle_of(box: Box, shown: Stream) -> Rectangle:
    """Return a part of the picture in dots; the picture is turned before anything is hidden."""
    wide, high = shown.width, shown.height
    if shown.rotation in {90, 270}:
        wide, high = high, wide
    wide, high = wide + wide % 2, high + high % 2
    left, top = int(box.left * wide) // 2 * 2, int(box.top * high) // 2 * 2
    right = min(wide, math.ceil((box.left + box.width) * wide / 2) * 2)
    bottom = min(high, math.ceil((box.top + box.height) * high / 2) * 2)
    return Rectangle(left, top, max(right - left, 2), max(bottom - top, 2))


def picture_filter(seen: Sequence[Hidden], shown: Stream | None) -> str:
    """Return the filters that hide parts of the picture, one after the other."""
    filters = [f"{EVEN},format=yuv420p"]
    for place, each in enumerate(seen):
        if isinstance(each, Mute) or shown is None:
            continue
        part, when = rectangle_of(each.box, shown), _when(each.span)
        if isinstance(each, Blank):
            where = f"x={part.left}:y={part.top}:w={part.width}:h={part.height}"
            filters.append(f"drawbox={where}:color=black:t=fill:{when}")
            continue
        filters.append(
            f"split[all{place}][some{place}];[some{place}]{_patches(part)}[patches{place}];"
            f"[all{place}][patches{place}]overlay={part.left}:{part.top}:{when}"
        )
    return ",".join(filters)


def _patches(part: Rectangle) -> str:
    across, down = part.patches
    return (
        f"crop={part.width}:{part.height}:{part.left}:{part.top},"
        f"scale={across}:{down}:flags=area,scale={part.width}:{part.height}:flags=neighbor"
    )


def _when(span: Span) -> str:
    return f"enable='between(t,{span.start:.6f},{span.end:.6f})'"


def sound_filter(muted: Sequence[Mute]) -> str:
    """Return the filters that mute parts of the sound."""
    wide = [Span(max(m.span.start - AROUND, 0), m.span.end + AROUND) for m in muted]
    quiet = [f"volume=0:{_when(span)}" for span in wide]
    return ",".join([f"asetnsamples=n={ONLY_SOUND}:p=0", *quiet]) if quiet else ""


def look_again(copy: Path, each: Hidden, shown: Stream | None) -> dict[str, Any]:
    """Return what is left to be seen or heard where something was hidden.

    :raises NotProved: if it is more than there may be
    """
    said: dict[str, Any] = {
        "what": type(each).__name__.lower(),
        "start": round(each.span.start, 3),
        "end": round(each.span.end, 3),
    }
    if isinstance(each, Mute):
        left = _loudness(copy, each.span, int(shown is not None))
        is_hidden = left <= QUIET
    elif shown is None:
        is_hidden, left = False, 0.0
    elif isinstance(each, Blank):
        left = max(_looked(copy, each.span, _brightest(rectangle_of(each.box, shown)), "YMAX"))
        is_hidden = left <= BLACK
    else:
        left = min(_looked(copy, each.span, _likeness(rectangle_of(each.box, shown)), "psnr"))
        is_hidden = left >= LIKE_PATCHES
    if not is_hidden:
        raise NotProved(f"What was to be hidden ({said['what']}) can still be told in the copy.")
    return {**said, "measured": round(left, 3) if math.isfinite(left) else None}


def _brightest(part: Rectangle) -> str:
    crop = f"crop={part.width}:{part.height}:{part.left}:{part.top}"
    return f"{crop},signalstats,metadata=print:key=lavfi.signalstats.YMAX:file=-"


def _likeness(part: Rectangle) -> str:
    crop = f"crop={part.width}:{part.height}:{part.left}:{part.top}"
    return (
        f"split[all][some];[some]{_patches(part)}[patches];[all]{crop}[inside];"
        "[inside][patches]psnr,metadata=print:key=lavfi.psnr.psnr.y:file=-"
    )


def _looked(copy: Path, span: Span, filters: str, name: str) -> list[float]:
    """Return a measure of each frame that is shown in a time."""
    inside = f"select='between(t,{span.start:.6f},{span.end:.6f})',{filters}"
    heard = bytearray()
    how = ["-map", "0:0", "-vf", inside, "-fps_mode", "passthrough", "-f", "null", "-"]
    # Our copies have an index, so that what lies long before need not be decoded.
    near = ["-copyts", "-ss", f"{max(span.start - 2, 0):.6f}"]
    how = ["-to", f"{span.end + 2:.6f}", *how]
    run("ffmpeg", [*decoding(copy, *near), *how], WITHIN, take=heard.extend)
    found = re.findall(rf"{name}[.\w]*=(inf|[\d.]+)", heard.decode())
    if not found:
        raise NotProved("The copy has no frame where something was to be hidden.")
    return [float(each) for each in found]


def _loudness(copy: Path, span: Span, stream: int) -> float:
    """Return how loud it is at most in a time, as a share of full loudness."""
    heard = Peaks()
    take: Callable[[bytes], None] = heard.take
    before = ["-ss", f"{span.start:.6f}", "-to", f"{span.end:.6f}"]
    how = ["-map", f"0:{stream}", "-ac", "1", "-ar", str(RATE), "-f", "s16le", "pipe:1"]
    run("ffmpeg", [*decoding(copy, *before), *how], WITHIN, take=take)
    heard.finish()
    return max(heard.highest, default=0) / FULL
