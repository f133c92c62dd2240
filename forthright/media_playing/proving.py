"""Proves that a copy shows what its original shows: by digests of every frame, and by times."""

import hashlib
from array import array
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from forthright.media_playing.joined import clock_of, most_apart
from forthright.media_playing.programs import GIB, Bounds, Stopped, decoding, run

LONGEST = 12 * 60 * 60  # seconds that playing a recording through may take
LINE = 4096
COPIED, CONVERTED = 0.002, 0.02  # seconds by which frames may be shown sooner or later
SOUND_APART = 0.5  # seconds: converting adds silence at the ends of sound
TOGETHER = 0.05  # seconds by which sound may move against pictures: less than is noticed


class Taken(StrEnum):
    """Which frames are taken of a stream."""

    PLAYED = "what a player plays"
    # Also of sound what the wrapper says is to be skipped, which differs between wrappers.
    KEPT = "what is kept"


@dataclass(frozen=True, slots=True)
class Played:
    """Every frame of one stream, decoded: how many, what they come to, and when each is shown.

    :param digest: the SHA-256 of the MD5 of each frame in turn, as `ffmpeg -f framemd5`
        has them; SHA-256 of each would take longer than decoding, and guards against no more here
    :param seconds: how long all of them last together
    :param begins_at: when the first is shown, in seconds, as it is written
    :param times: seconds after the first frame
    """

    count: int
    digest: str
    seconds: float
    begins_at: float
    times: "array[float]"

    @property
    def is_in_order(self) -> bool:
        """Tell whether each frame is shown after the one before it."""
        return all(a < b for a, b in zip(self.times, self.times[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a stream and the copy of it come to, played through.

    :param frames_before: the digest of all frames of the original; `frames_after`: of the copy
    :param most_apart: seconds by which a frame is shown sooner or later than in the original
    """

    is_same: bool
    is_in_order: bool
    count_before: int
    count_after: int
    seconds_before: float
    seconds_after: float
    begins_before: float
    begins_after: float
    most_apart: float
    frames_before: str
    frames_after: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was compared between an original and a copy; None: there was no such stream."""

    pictures: Comparison | None
    sound: Comparison | None

    def as_table(self) -> dict[str, Any]:
        """Return it as it is written to JSON."""
        return asdict(self)


class NotProved(Exception):
    """A copy does not show what its original shows; the message says what differs."""


class _Listener:
    """Takes ffmpeg's list of frames as it comes and keeps only what is compared."""

    def __init__(self) -> None:
        self.digest, self.lasts = hashlib.sha256(), 0
        self.times, self.unit = array("d"), 0.0
        self._rest, self._first = b"", 0

    def take(self, part: bytes) -> None:
        """Take the next part of the list."""
        *lines, self._rest = (self._rest + part).split(b"\n")
        if len(self._rest) > LINE:
            raise Stopped("What ffmpeg says of its frames makes no sense.")
        for line in lines:
            if line.startswith(b"#tb 0:"):
                above, below = line.split(b":")[1].split(b"/")
                self.unit = int(above) / int(below)
            elif not line.startswith(b"#") and line.count(b",") >= 5:
                self._frame(line)

    def _frame(self, line: bytes) -> None:
        # stream, time of decoding, time of showing, duration, size, digest
        _, _, shown, lasts, _, digest = line.split(b",")[:6]
        time = int(shown)
        self._first = self._first if self.times else time
        self.times.append((time - self._first) * self.unit)
        self.lasts += int(lasts)
        self.digest.update(digest.strip() + b"\n")

    def played(self) -> Played:
        """Return what all came to."""
        seconds = round(self.lasts * self.unit, 3)
        begins = round(self._first * self.unit, 6)
        return Played(len(self.times), self.digest.hexdigest(), seconds, begins, self.times)


def play_through(
    path: Path, stream: int, bounds: Bounds | None = None, *, taken: Taken = Taken.KEPT
) -> Played:
    """Return what every frame of one stream comes to, decoded: of pictures, or of sound.

    :raises Stopped: if it cannot be decoded at all, or not in time
    """
    listener = _Listener()
    # Frames are taken as they are kept: not turned, none left out or doubled to keep a beat.
    before = ["-copyts", "-noautorotate", "-threads", "2"]
    before += ["-flags2", "skip_manual"] if taken is Taken.KEPT else []
    how = ["-map", f"0:{stream}", "-fps_mode", "passthrough", "-enc_time_base", "-1",
           "-f", "framehash", "-hash", "md5", "pipe:1"]  # fmt: skip
    within = bounds or Bounds(seconds=LONGEST, memory=4 * GIB)
    answer = run("ffmpeg", [*decoding(path, *before), *how], within, take=listener.take)
    if answer.status:
        words = answer.complaints.splitlines()
        raise Stopped(f"It cannot be played through. {words[-1] if words else ''}".strip())
    return listener.played()


def compare(
    original: Path, stream: int, copy: Path, copied: int, *, stay: bool, is_joined: bool = False
) -> Comparison:
    """Return what one stream of an original and the stream made from it come to.

    :param stay: whether it was to stay as it is; what was converted holds what is played alone
    :param is_joined: whether the clock of the original begins anew in it, and that of the copy not
    :raises Stopped: if one of them cannot be played through
    """
    taken = Taken.KEPT if stay else Taken.PLAYED
    with ThreadPoolExecutor(1) as beside:
        coming = beside.submit(play_through, copy, copied, taken=taken)
        before = play_through(original, stream, taken=taken)
        after = coming.result()
    pairs = zip(before.times, after.times, strict=False)
    apart = (
        most_apart(clock_of(original, stream).times, after.times)
        if is_joined
        else max((abs(a - b) for a, b in pairs), default=0.0)
    )
    return Comparison(
        is_same=before.digest == after.digest,
        is_in_order=after.is_in_order,
        count_before=before.count,
        count_after=after.count,
        seconds_before=before.seconds,
        seconds_after=after.seconds,
        begins_before=before.begins_at,
        begins_after=after.begins_at,
        most_apart=round(apart, 6),
        frames_before=before.digest,
        frames_after=after.digest,
    )


def check_pictures(found: Comparison, *, stay: bool) -> None:
    """Refuse a copy whose pictures are not those of its original, or come at other times.

    :param stay: whether they were to stay as they are; else they were converted
    :raises NotProved: with what differs
    """
    if found.count_before != found.count_after:
        raise NotProved(
            f"The original has {found.count_before:,} frames and the copy {found.count_after:,}."
        )
    if stay and not found.is_same:
        raise NotProved("Not every frame of the copy is the same as in the original.")
    if not found.is_in_order or found.most_apart > (COPIED if stay else CONVERTED):
        raise NotProved("Frames of the copy are shown at other times than in the original.")


def check_sound(found: Comparison, *, stay: bool) -> None:
    """Refuse a copy whose sound is not that of its original.

    :param stay: whether it was to stay as it is; else it was converted
    :raises NotProved: with what differs
    """
    if stay and not found.is_same:
        raise NotProved("The sound of the copy is not the same as that of the original.")
    if abs(found.seconds_before - found.seconds_after) > SOUND_APART:
        raise NotProved(
            f"The sound of the original lasts {found.seconds_before:,.2f} seconds and that of the "
            f"copy {found.seconds_after:,.2f}."
        )


def check_all_there(before: float, after: float) -> None:
    """Refuse a copy of several recordings joined that does not play one after the other.

    :param before: seconds that all of them last together; `after`: that the copy lasts
    :raises NotProved: with both
    """
    if abs(before - after) > SOUND_APART:
        raise NotProved(
            f"It is several recordings joined, {before:,.2f} seconds together, and the copy lasts "
            f"{after:,.2f}."
        )


def check_together(pictures: Comparison, sound: Comparison) -> None:
    """Refuse a copy in which the sound comes sooner or later to the pictures than it did.

    :raises NotProved: with by how much
    """
    before = sound.begins_before - pictures.begins_before
    after = sound.begins_after - pictures.begins_after
    if abs(before - after) > TOGETHER:
        raise NotProved(
            f"The sound of the copy is {abs(before - after):.2f} seconds from where it was to the "
            "pictures."
        )
