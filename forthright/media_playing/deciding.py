"""Decides what is to be done so that a recording plays in a browser, and says why."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from forthright.media_playing.programs import MOST_PIXELS
from forthright.media_playing.recording import IndexState, Recording, Stream

# What every browser of the last years plays from each kind of file. Chromium plays more; a copy
# that the defence opens elsewhere must play there too.
PICTURES_IN = {"matroska": {"vp8", "vp9"}}
SOUNDS_IN = {
    "mov": {"aac", "mp3"},
    "matroska": {"opus", "vorbis"},
    "mp3": {"mp3"},
    "wav": {"pcm_s16le", "pcm_u8"},
    "flac": {"flac"},
    "ogg": {"opus", "vorbis", "flac"},
}
COPIED_PICTURES, COPIED_SOUNDS = {"h264"}, {"aac", "mp3"}
PROFILES = {"Constrained Baseline", "Baseline", "Main", "High", "Progressive High"}
PIXELS = {"yuv420p", "yuvj420p"}
WIDEST, HIGHEST = 4096, 2304  # what decoders in telephones and laptops take
WEBM = "webm"
# Seconds from 0 at which a clock may begin. A frame may be shown at that much another time in a
# copy; of sound, more than that is muted on each side. Before 0 no browser shows anything.
BEGINS_WITH_PICTURES, BEGINS_WITH_SOUND = 0.002, 0.03
# Of the rules below: one more wherever they take a kind of file for another than before, so that
# what is kept is decided anew. 2: a clock that does not begin at 0, sound sought by a guess. 3: a
# clock that begins anew in an MPEG file. 4: one that begins anew in a Matroska or WebM file.
EDITION, OF_CLOCKS = 4, 2
LEFT_OUT = 0.25  # seconds: the silence that encoders put before sound is less
MOST_PARTS = 16  # cameras and sounds of one file of which copies are made


class Verdict(StrEnum):
    """What is to be done with a recording so that it is seen or heard in a browser."""

    PLAYS = "plays as it is"
    REMUX = "plays once it is put into another wrapper, every frame the same"
    TRANSCODE = "must be converted to play"
    NOT_PLAYABLE = "cannot be played"


class How(StrEnum):
    """What a copy does with the pictures, or with the sound."""

    COPY = "as they are"
    CONVERT = "converted"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be done, with every reason and everything that a viewer would miss.

    :param picture_stream: which stream is shown; `sound_stream`: which is heard; None: there is
        none
    """

    verdict: Verdict
    reasons: tuple[str, ...]
    pictures: How = How.NONE
    sound: How = How.NONE
    picture_stream: int | None = None
    sound_stream: int | None = None
    is_made_smaller: bool = False

    def as_table(self) -> dict[str, Any]:
        """Return it as it is written to JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Part:
    """What a browser plays at once of a file that holds several: one camera, one sound.

    :param picture: which camera, from 0; `sound`: which sound, from 0; None: there is none
    """

    picture: int | None = None
    sound: int | None = None


def parts_of(found: Recording) -> tuple[Part, ...]:
    """Return what is to be played of a file so that each camera is seen and each sound is heard.

    Each camera comes with the first sound, and each further sound with the first camera. A file
    with one of each is one part. Beyond `MOST_PARTS` nobody looks; `decide` says so.
    """
    cameras, sounds = len(found.pictures), len(found.sounds)
    first = 0 if sounds else None
    seen = [Part(picture, first) for picture in range(cameras)]
    heard = [Part(0 if cameras else None, sound) for sound in range(int(cameras > 0), sounds)]
    return (tuple(seen + heard) or (Part(),))[:MOST_PARTS]


def decide(found: Recording, *, picture: int = 0, sound: int = 0) -> Decision:
    """Return what is to be done so that a recording plays in a browser.

    :param picture: which of the pictures, from 0, where there are several cameras
    :param sound: which of the sounds, from 0
    """
    shown = found.pictures[picture] if picture < len(found.pictures) else None
    heard = found.sounds[sound] if sound < len(found.sounds) else None
    if (picture and shown is None) or (sound and heard is None):
        return Decision(Verdict.NOT_PLAYABLE, ("There is no such camera or sound in it.",))
    if reasons := _hindrances(found, shown, heard):
        return Decision(Verdict.NOT_PLAYABLE, reasons)
    why_pictures = _why_converted(shown) if shown else ()
    why_sound = _why_sound_converted(heard) if heard else ()
    how_pictures = _how(shown, why_pictures)
    how_sound = _how(heard, why_sound)
    why_wrapped = _why_wrapped(found, shown, heard, is_first=picture == sound == 0)
    if not why_wrapped:
        verdict, reasons = Verdict.PLAYS, (f"{_named(found, shown, heard)} plays in browsers.",)
    elif How.CONVERT in {how_pictures, how_sound}:
        why = (*_why_another_clock(found), *why_pictures, *why_sound)
        verdict, reasons = Verdict.TRANSCODE, (*why, *_kept(how_pictures))
    else:
        verdict, reasons = Verdict.REMUX, why_wrapped
    return Decision(
        verdict,
        (*reasons, *found.faults, *_missed(found, picture, sound)),
        how_pictures,
        how_sound,
        shown.number if shown else None,
        heard.number if heard else None,
        is_made_smaller=bool(shown and _is_too_large(shown)),
    )


def _how(stream: Stream | None, why_converted: tuple[str, ...]) -> How:
    if stream is None:
        return How.NONE
    return How.CONVERT if why_converted else How.COPY


def _kept(pictures: How) -> tuple[str, ...]:
    return ("The pictures stay as they are, frame for frame.",) if pictures is How.COPY else ()


def _hindrances(found: Recording, shown: Stream | None, heard: Stream | None) -> tuple[str, ...]:
    """Return why nothing can be made of a file that plays; nothing where something can."""
    if shown is not None and shown.width * shown.height > MOST_PIXELS:
        size = f"{shown.width:,} × {shown.height:,} dots"
        words = f"Its pictures are said to be {size}, more than any camera takes."
        return (f"{words} The file is broken or made to do harm, so it is not opened.",)
    if found.is_joined and found.container == "matroska":
        return found.faults  # no program here lets the clock of such a file go on
    if shown is not None and shown.codec and shown.width and shown.height:
        return ()
    if shown is None and heard is not None and heard.codec:
        return ()
    return found.faults or ("No picture and no sound can be read from it.",)


def _is_too_large(stream: Stream) -> bool:
    return stream.width > WIDEST or stream.height > HIGHEST


def _why_converted(shown: Stream) -> tuple[str, ...]:
    """Return why pictures cannot stay as they are in an MP4."""
    found = []
    if shown.codec not in COPIED_PICTURES:
        found.append(f"Its pictures are {_codec(shown)}, which not every browser plays.")
    elif shown.profile not in PROFILES or shown.pixels not in PIXELS:
        kind = f"{shown.profile}, {shown.pixels}".strip(", ")
        found.append(f"Its pictures are a kind of H.264 that browsers do not play ({kind}).")
    elif not shown.has_times:
        found.append(
            "It does not say when each frame is shown, and its frames are not kept in the order "
            "in which they are shown; put into another wrapper as they are, they would jump."
        )
    if _is_too_large(shown):
        found.append(
            f"Its pictures are {shown.width:,} × {shown.height:,} dots, more than many devices "
            "show. The copy is smaller; the original keeps every dot."
        )
    return tuple(found)


def _why_sound_converted(heard: Stream) -> tuple[str, ...]:
    if heard.codec in COPIED_SOUNDS:
        return ()
    return (f"Its sound is {_codec(heard)}, which is converted to AAC.",)


def _why_wrapped(
    found: Recording, shown: Stream | None, heard: Stream | None, *, is_first: bool
) -> tuple[str, ...]:
    """Return why a copy is needed at all; nothing where the file itself plays."""
    why = []
    is_webm = found.container == "matroska" and found.brand == WEBM
    if found.container not in SOUNDS_IN or (found.container == "matroska" and not is_webm):
        why.append(f"Browsers do not play this kind of file ({found.container_words}).")
    elif found.container == "mov" and found.brand in {"", "qt"}:
        why.append("QuickTime files play in some browsers only.")
    elif shown and is_webm and shown.codec not in PICTURES_IN[found.container]:
        why.append(f"Its pictures are {_codec(shown)}.")
    elif heard and heard.codec not in SOUNDS_IN[found.container]:
        why.append(f"Its sound is {_codec(heard)}.")
    if shown and not is_webm:
        why += _why_converted(shown)
    why += _why_another_clock(found)
    if _ends_early(found):
        why.append("The copy has an index and a length that are true for what is there.")
    if not is_first:
        why.append("A browser plays only the first of several cameras or sounds.")
    return tuple(why)


def _why_another_clock(found: Recording) -> tuple[str, ...]:
    """Return why what is seen or heard in a browser would not be what lies at the time it shows."""
    if found.container not in SOUNDS_IN:
        return ()  # it gets a copy in any case
    why = []
    if found.begins > (BEGINS_WITH_PICTURES if found.pictures else BEGINS_WITH_SOUND):
        why.append(
            f"Its clock begins at {found.begins:.2f} seconds and not at 0, so that the times which "
            "players show of it differ."
        )
    if found.told_seconds is not None and found.seconds is not None:
        why.append(
            f"Players take it to last {found.told_seconds:,.1f} seconds; all of it together lasts "
            f"{found.seconds:,.1f}."
        )
    if found.is_sought_by_guess:
        why.append(
            "It has no table of times and not every second has as many bytes, so that a browser "
            "guesses where a moment of it lies."
        )
    return tuple(why)


def _ends_early(found: Recording) -> bool:
    return bool(found.faults) or found.index in {IndexState.MISSING, IndexState.BROKEN}


def _missed(found: Recording, picture: int, sound: int) -> tuple[str, ...]:
    """Return what a viewer would not see or hear, and what they would wonder at."""
    said = _joined_or_cut(found)
    if len(found.pictures) > 1:
        said.append(f"It holds {len(found.pictures)} cameras; this is camera {picture + 1} alone.")
    if len(found.sounds) > 1:
        said.append(f"It holds {len(found.sounds)} sounds; this is sound {sound + 1} alone.")
    if len(found.pictures) + len(found.sounds) > MOST_PARTS + 1:
        said.append(
            f"The first {MOST_PARTS} alone are looked at; take the file out for the others."
        )
    others = len(found.streams) - len(found.pictures) - len(found.sounds)
    if others:
        said.append(f"{others} more in it, such as text or times, stay in the original alone.")
    if any(each.is_interlaced for each in found.pictures):
        said.append("Its pictures are interlaced, so edges of what moves may look frayed.")
    if any(each.frame_rate_varies for each in found.pictures):
        said.append("Its frames follow each other now sooner, now later; a copy keeps their times.")
    return tuple(said)


def left_out_of(found: Recording) -> float:
    """Return how many seconds stand in a file and are not played; a hair of silence is none."""
    return found.left_out if found.left_out > LEFT_OUT else 0.0


def _joined_or_cut(found: Recording) -> list[str]:
    """Return what is said of a file that was put together, or cut, without being converted."""
    said = []
    if found.is_joined:
        said.append(
            "Its clock begins anew in it, or leaps, as where several recordings were joined. The "
            f"copy plays one after the other, {found.seconds or 0:,.1f} seconds in all, by a clock "
            "of its own."
        )
    if left_out_of(found):
        said.append(
            f"It was cut without being converted: {found.left_out:,.1f} seconds from before its "
            "beginning still stand in the file. Players leave them out, but whoever has the file "
            "can bring them back. A clip or a copy with something hidden does not hold them."
        )
    return said


def _named(found: Recording, shown: Stream | None, heard: Stream | None) -> str:
    inside = " with ".join(_codec(each) for each in (shown, heard) if each)
    return f"{found.container_words} of {inside}"


def _codec(stream: Stream) -> str:
    """Return what a stream is packed in, in the words that people know it by."""
    known = {"h264": "H.264", "hevc": "H.265 (HEVC)", "mjpeg": "Motion JPEG", "aac": "AAC"}
    return known.get(stream.codec) or stream.codec_words.split(" / ")[0] or stream.codec
