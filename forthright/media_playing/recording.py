"""What was found in a recording: plain values, with the shape that --json prints."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

SHAPE = 1  # the edition of what as_table returns


class Kind(StrEnum):
    """What a stream carries."""

    PICTURE = "picture"
    SOUND = "sound"
    TEXT = "text"
    OTHER = "other"


class IndexState(StrEnum):
    """Whether the table that leads to each frame is there."""

    PRESENT = "present"
    AT_THE_END = "present, at the end"
    MISSING = "missing"
    BROKEN = "broken"
    NOT_NEEDED = "not needed"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream of a recording.

    :param codec: as ffprobe names it ("h264"); `seconds` is None where it is not told
    :param pixels: how the colours are kept ("yuv420p")
    :param rotation: quarter turns clockwise by which it is shown, in degrees
    :param has_times: whether the file says of each frame when it is shown
    :param shortest_gap: seconds between the two frames that follow each other soonest
    """

    number: int
    kind: Kind
    codec: str
    codec_words: str = ""
    profile: str = ""
    level: int = 0
    seconds: float | None = None
    width: int = 0
    height: int = 0
    pixels: str = ""
    frame_rate: float | None = None
    frame_rate_varies: bool = False
    has_times: bool = True
    shortest_gap: float | None = None
    rotation: int = 0
    is_interlaced: bool = False
    is_cover: bool = False
    channels: int = 0
    samples_per_second: int = 0
    language: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """What a file holds.

    :param created_as_written: the time of making that stands in the file; nobody vouches for it
    :param seconds: how long it lasts from its first frame or sound to its end
    :param told_seconds: what the file says of that, where it is something else
    :param begins: when its first frame or sound comes by its own clock, in seconds; players show
        that clock, and not every one of them begins it at 0
    :param left_out: seconds from before its beginning that stand in it and are not played
    :param missing_bytes: how many bytes at its end were not copied; `lacks_more`: or more, of which
        what was copied does not tell how many
    :param is_sought_by_guess: whether a player has to guess where a moment of it lies
    :param is_joined: whether its clock goes back in it, as that of several joined does
    :param faults: what is wrong with it, each in a sentence; a file that is no recording has
        faults and no streams
    """

    length: int
    container: str = ""
    container_words: str = ""
    brand: str = ""
    seconds: float | None = None
    told_seconds: float | None = None
    begins: float = 0.0
    left_out: float = 0.0
    missing_bytes: int = 0
    lacks_more: bool = False
    is_sought_by_guess: bool = False
    is_joined: bool = False
    created_as_written: str = ""
    index: IndexState = IndexState.NOT_KNOWN
    streams: tuple[Stream, ...] = ()
    faults: tuple[str, ...] = ()

    @property
    def pictures(self) -> tuple[Stream, ...]:
        """Return the moving pictures, without cover pictures."""
        return tuple(s for s in self.streams if s.kind is Kind.PICTURE and not s.is_cover)

    @property
    def sounds(self) -> tuple[Stream, ...]:
        """Return the sound streams."""
        return tuple(s for s in self.streams if s.kind is Kind.SOUND)

    def as_table(self) -> dict[str, Any]:
        """Return it as it is written to JSON."""
        return {"shape": SHAPE, **asdict(self)}
