"""Whether a recording plays in a browser as it came, and what is done where it does not."""

from dataclasses import dataclass
from enum import StrEnum

# What browsers play that people in the service have; HEVC only where a machine's own parts do.
PICTURES = {"AVC", "VP8", "VP9", "AV1"}
SOUNDS = {"AAC", "MP3", "Opus", "Vorbis", "FLAC", "PCM"}
# What an MP4 file may hold so that every browser plays it.
IN_MP4 = ({"AVC", "AV1", "VP9"}, {"AAC", "MP3"})
AS_THEY_COME = {
    "MPEG-4": IN_MP4,
    "WebM": ({"VP8", "VP9", "AV1"}, {"Opus", "Vorbis"}),
    "Ogg": (set(), {"Opus", "Vorbis", "FLAC"}),
    "Wave": (set(), {"PCM"}),
    "MPEG Audio": (set(), {"MP3"}),
    "FLAC": (set(), {"FLAC"}),
}


class Play(StrEnum):
    """How a recording is played."""

    AS_IT_IS = "AS_IT_IS"
    REWRAPPED = "REWRAPPED"
    SOUND_CONVERTED = "SOUND_CONVERTED"
    CONVERTED = "CONVERTED"
    NOT_AT_ALL = "NOT_AT_ALL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """One stream of pictures: its format, and whether its colours are those of plain video."""

    codec: str
    is_plain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What is in a file, as a program found that reads such files.

    :param wrapper: the kind of file around the streams; "" where it is none that is known
    """

    wrapper: str = ""
    pictures: tuple[Picture, ...] = ()
    sounds: tuple[str, ...] = ()
    seconds: float | None = None
    frames_a_second: float | None = None


@dataclass(frozen=True, slots=True)
class HowItPlays:
    """What is done so that a recording plays, and why, for people."""

    play: Play
    words: str


def how_it_plays(probed: Probed) -> HowItPlays:
    """Return how a recording is played: untouched if that can be, else changed as little as can."""
    if not probed.pictures and not probed.sounds:
        return HowItPlays(Play.NOT_AT_ALL, "No picture and no sound was found in it that we know.")
    play = _play_of(probed)
    said = {
        Play.AS_IT_IS: "It plays as it came.",
        Play.REWRAPPED: "The same pictures and sound, put into a file that browsers open.",
        Play.SOUND_CONVERTED: "The same pictures; the sound was converted.",
        Play.CONVERTED: "Converted for playing, so less sharp than the original.",
    }[play]
    return HowItPlays(play, f"{_streams(probed)} {said}{_more(probed)}")


def _play_of(probed: Probed) -> Play:
    codecs = {each.codec for each in probed.pictures[:1]}
    sounds = set(probed.sounds[:1])
    if any(not each.is_plain for each in probed.pictures[:1]):
        return Play.CONVERTED
    pictures_known, sounds_known = AS_THEY_COME.get(probed.wrapper, (set(), set()))
    if codecs <= pictures_known and sounds <= sounds_known:
        return Play.AS_IT_IS
    if not codecs <= IN_MP4[0]:
        return Play.CONVERTED
    if sounds <= IN_MP4[1]:
        return Play.REWRAPPED
    return Play.SOUND_CONVERTED


def _streams(probed: Probed) -> str:
    held = [each.codec for each in probed.pictures[:1]] + list(probed.sounds[:1])
    return f"{' and '.join(held)} in {probed.wrapper or 'a file of unknown kind'}."


def _more(probed: Probed) -> str:
    pictures, sounds = len(probed.pictures), len(probed.sounds)
    said = []
    if pictures > 1:
        said.append(f" It holds {pictures} pictures side by side; the first is shown here.")
    if sounds > 1:
        said.append(f" It holds {sounds} sounds; the first is heard here.")
    return "".join(said)
