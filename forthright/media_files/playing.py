"""Looks into recordings and makes copies that play; the recordings themselves stay as they are."""

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import imageio_ffmpeg
from pymediainfo import MediaInfo

LONGEST = 12 * 60 * 60  # seconds that making one copy may take
PLAIN_COLOURS = {None, "4:2:0"}


class NotMade(Exception):
    """No copy could be made; the message is what the program said last."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is in a file.

    :param pictures: of each the format, and whether its colours are those of plain video
    """

    wrapper: str
    pictures: tuple[tuple[str, bool], ...]
    sounds: tuple[str, ...]
    seconds: float | None
    frames_a_second: float | None = None


def program() -> str:
    """Return ffmpeg: the machine's own, or the one that came with us."""
    return shutil.which("ffmpeg") or str(imageio_ffmpeg.get_ffmpeg_exe())


def version() -> str:
    """Return which ffmpeg it is."""
    said = subprocess.run(
        [program(), "-version"], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    return said.splitlines()[0].split(" Copyright")[0]


def look_into(path: Path) -> Found:
    """Return what is in a file; nothing where nothing is known."""
    tracks = MediaInfo.parse(str(path)).tracks
    general = next((each for each in tracks if each.track_type == "General"), None)
    wrapper = str(general.format or "") if general else ""
    if general is not None and general.format_profile == "QuickTime":
        wrapper = "QuickTime"
    length = general.duration if general else None
    return Found(
        wrapper,
        tuple(
            (str(each.format), _is_plain(each))
            for each in tracks
            if each.track_type == "Video" and each.format
        ),
        tuple(_sound(each) for each in tracks if each.track_type == "Audio" and each.format),
        float(length) / 1000 if length else None,
        next((float(each.frame_rate) for each in tracks if each.frame_rate), None),
    )


def _is_plain(track: Any) -> bool:
    return track.chroma_subsampling in PLAIN_COLOURS and track.bit_depth in {None, 8}


def _sound(track: Any) -> str:
    if track.format == "MPEG Audio":
        return "MP3" if track.format_profile == "Layer 3" else "MPEG Audio"
    if track.format == "AAC" or str(track.format).startswith("AAC"):
        return "AAC"
    return str(track.format)


def rewrap(path: Path, into: Path) -> list[str]:
    """Put the streams of a file into MP4 as they are; return what was typed for it.

    :raises NotMade: if that cannot be done
    """
    return _make(path, into, ["-c", "copy"])


def convert(path: Path, into: Path, *, copies_pictures: bool) -> list[str]:
    """Convert a file to what every browser plays; return what was typed for it.

    :raises NotMade: if that cannot be done
    """
    small = "scale='min(1280,iw)':-2,format=yuv420p"
    pictures = (
        ["-c:v", "copy"]
        if copies_pictures
        else ["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-vf", small]
    )
    return _make(path, into, [*pictures, "-c:a", "aac", "-b:a", "128k"])


def pictures_digest(path: Path) -> str:
    """Return one digest of every picture of a file, decoded; of a file without pictures, of none.

    :raises NotMade: if it cannot be decoded
    """
    return _digest(path, ["-map", "0:v:0?", "-fps_mode", "passthrough"])


def sound_digest(path: Path) -> str:
    """Return one digest of every piece of the sound of a file, as it is packed.

    Decoded sound differs by the silence at its start that one kind of file takes off and another
    does not, though nothing of it was changed.

    :raises NotMade: if it cannot be read
    """
    return _digest(path, ["-map", "0:a:0?", "-c", "copy"])


def _digest(path: Path, which: list[str]) -> str:
    found = hashlib.sha256()
    try:
        said = _run(["-i", str(path), *which, "-f", "framemd5", "-"])
    except NotMade as fault:
        if "does not contain any stream" not in str(fault):
            raise
        said = ""
    for line in said.splitlines():
        if not line.startswith("#"):
            # stream, two times, duration, size, digest; what may follow is of the wrapper
            found.update(line.split(",")[5].strip().encode())
    return found.hexdigest()


def _make(path: Path, into: Path, how: list[str]) -> list[str]:
    typed = ["-i", str(path), "-map", "0:v:0?", "-map", "0:a:0?", "-map_metadata", "-1", *how,
             "-movflags", "+faststart", "-f", "mp4", str(into)]  # fmt: skip
    _run(["-y", *typed])
    names = {str(path): "ORIGINAL", str(into): "COPY"}
    return ["ffmpeg", *(names.get(each, each) for each in typed)]


def _run(typed: list[str]) -> str:
    """Run ffmpeg, which reads files alone and no network."""
    command = [program(), "-nostdin", "-v", "error", "-protocol_whitelist", "file,pipe", *typed]
    try:
        done = subprocess.run(
            ["nice", "-n", "10", *command], capture_output=True, text=True, check=False,
            timeout=LONGEST, errors="replace",
        )  # fmt: skip
    except subprocess.TimeoutExpired as fault:
        raise NotMade("It took longer than twelve hours.") from fault
    if done.returncode:
        last = done.stderr.strip().splitlines()
        raise NotMade(last[-1][:300] if last else "ffmpeg stopped without a word.")
    return done.stdout
