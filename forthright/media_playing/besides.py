"""What stands in a copy besides its pictures and its sound: captions, data, tags, covers.

What is said in a recording can stand in it once more in writing. Closed captions lie inside H.264
pictures, in SEI messages (ITU-T H.264 annex D; ATSC A/53 part 4 for the captions), where no list
of streams shows them. A copy that hides something must hold none of this.
"""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from forthright.media_playing.programs import GIB, Bounds, Stopped, reading, run
from forthright.media_playing.proving import LONGEST, NotProved

WITHIN = Bounds(seconds=LONGEST, memory=GIB)
# What a copy says of itself: its wrapper, and which part of it is which; nothing in other words.
TAGS = {
    "major_brand": r"[\w ]{4}",
    "minor_version": r"\d+",
    "compatible_brands": r"[\w ]{4,40}",
    "language": "und",
    "handler_name": "VideoHandler|SoundHandler",
    "vendor_id": r"(\[0\]){4}",
    "encoder": r"Lav[cf][\w. ]{0,20}",
}
OTHERS = {"subtitle": "subtitles", "data": "data (a timecode, or notes of a device)"}
SEI = 6  # the kind of such a message among the units of H.264
REGISTERED, UNREGISTERED = 4, 5  # user data; captions are of the first kind
# By which x264 marks the message that says how it was set; nothing of a recording is in that.
OF_X264 = bytes.fromhex("dc45e9bde6d948b7962cd820d923eeef")
START = b"\x00\x00\x01"
LONGEST_UNIT = 16 * 1024 * 1024


def check_bare(copy: Path) -> None:
    """Refuse a copy that holds anything besides one picture and one sound.

    :raises NotProved: with what it holds, in words
    :raises Stopped: if it cannot be looked into
    """
    if found := held_besides(copy):
        raise NotProved(f"The copy holds more than pictures and sound: {', '.join(found)}.")


def held_besides(copy: Path) -> list[str]:
    """Return what an H.264 or sound-only copy holds besides pictures and sound, in words.

    :raises Stopped: if it cannot be looked into
    """
    told = _told(copy)
    streams = told["streams"]
    pictures = [each for each in streams if each.get("codec_type") == "video"]
    written = [told.get("format", {}).get("tags", {}), *(each.get("tags", {}) for each in streams)]
    found = [
        *_other_streams(streams),
        *(["chapters"] if told.get("chapters") else []),
        *(["tags with words"] if any(map(_says_something, written)) else []),
    ]
    if any(each.get("codec_name") != "h264" for each in pictures):
        found.append("pictures of another kind than are made here")
    elif pictures and _has_messages(copy):
        found.append("closed captions, or other data inside its pictures")
    return found


def _told(copy: Path) -> dict[str, Any]:
    entries = (
        "format_tags:stream=index,codec_type,codec_name:stream_tags:"
        "stream_disposition=attached_pic:chapter=id"
    )
    how = ["-show_entries", entries, "-of", "json"]
    answer = run("ffprobe", [*how, *reading(copy)], WITHIN)
    try:
        told: dict[str, Any] = json.loads(answer.out or b"{}")
    except ValueError as fault:
        raise Stopped("What the copy says of itself makes no sense.") from fault
    if answer.status or not told.get("streams"):
        raise Stopped("The copy cannot be looked into.")
    return told


def _other_streams(streams: Sequence[Mapping[str, Any]]) -> list[str]:
    """Name every stream but one picture and one sound."""
    kinds = [str(each.get("codec_type")) for each in streams]
    others = sorted(set(kinds) - {"video", "audio"})
    found = [OTHERS.get(kind, f"a part of another kind ({kind})") for kind in others]
    if any(each.get("disposition", {}).get("attached_pic") for each in streams):
        found.append("a cover picture")
    elif kinds.count("video") > 1:
        found.append("a second picture")
    return [*found, "a second sound"] if kinds.count("audio") > 1 else found


def _says_something(tags: Mapping[str, str]) -> bool:
    return any(not re.fullmatch(TAGS.get(name, ""), words) for name, words in tags.items())


def _has_messages(copy: Path) -> bool:
    """Tell whether its pictures hold user data of any kind but what x264 says of itself."""
    listener = _Listener()
    how = ["-map", "0:v:0", "-c", "copy", "-bsf:v",
           f"h264_mp4toannexb,filter_units=pass_types={SEI}", "-f", "data", "pipe:1"]  # fmt: skip
    answer = run("ffmpeg", [*reading(copy), *how], WITHIN, take=listener.take)
    if answer.status:
        raise Stopped("The copy cannot be looked into for captions.")
    listener.end()
    return listener.has_data


class _Listener:
    """Takes the messages of H.264 pictures as they come, one after the other."""

    def __init__(self) -> None:
        self.has_data, self._rest = False, b""

    def take(self, part: bytes) -> None:
        """Take the next part; the last message in it may go on in the next."""
        *whole, self._rest = (self._rest + part).split(START)
        for unit in whole:
            self._look(unit)
        if len(self._rest) > LONGEST_UNIT:
            raise Stopped("What the copy holds besides its pictures makes no sense.")

    def end(self) -> None:
        """Look at the last message."""
        self._look(self._rest)

    def _look(self, unit: bytes) -> None:
        if unit and unit[0] & 0x1F == SEI:
            self.has_data = self.has_data or _holds_data(unit[1:])


def _holds_data(message: bytes) -> bool:
    """Tell whether one SEI unit holds user data (H.264, 7.3.2.3.1: a type, a size, a payload)."""
    # Where a payload would look like a start of a unit, a 3 stands between (7.4.1).
    body, place = message.replace(b"\x00\x00\x03", b"\x00\x00"), 0
    while place + 2 <= len(body) and body[place:].rstrip(b"\x00") != b"\x80":
        kind, place = _number(body, place)
        size, place = _number(body, place)
        payload = body[place : place + size]
        if kind == REGISTERED or (kind == UNREGISTERED and not payload.startswith(OF_X264)):
            return True
        place += size
    return False


def _number(body: bytes, place: int) -> tuple[int, int]:
    """Return a number that is written as so many bytes of 255 and one more, and what follows."""
    total = 0
    while place < len(body) and body[place] == 255:
        total, place = total + 255, place + 1
    return total + (body[place] if place < len(body) else 0), place + 1
