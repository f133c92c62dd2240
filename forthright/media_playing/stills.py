"""Small pictures of a recording at a glance: one still, and a sheet of many with their times."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from forthright.media_playing.programs import GIB, Bounds, Stopped, decoding, run
from forthright.media_playing.recording import Recording

BOUNDS = Bounds(seconds=60, memory=4 * GIB, file=16 * 1024 * 1024)
WIDE = 240  # dots of each small picture
MOST, ACROSS = 12, 4
JPEG = ["-c:v", "mjpeg", "-q:v", "4", "-f", "image2pipe", "pipe:1"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Small pictures in rows, as one JPEG, and the seconds at which each was taken."""

    jpeg: bytes
    moments: tuple[float, ...]
    across: int


def still(path: Path, stream: int, at: float, *, wide: int = WIDE) -> bytes:
    """Return one frame as a JPEG, upright: the first that comes at a time in seconds or later.

    :raises Stopped: if there is none, or it cannot be read
    """
    shape = f"scale={wide}:-2:force_original_aspect_ratio=decrease,setsar=1"
    how = ["-map", f"0:{stream}", "-frames:v", "1", "-vf", shape, "-map_metadata", "-1",
           "-pix_fmt", "yuvj420p", *JPEG]  # fmt: skip
    answer = run("ffmpeg", [*decoding(path, "-ss", f"{at:.3f}"), *how], BOUNDS)
    if not answer.out:
        raise Stopped("No picture can be read at this time.")
    return answer.out


def moments_of(seconds: float, count: int) -> tuple[float, ...]:
    """Return times that divide a recording evenly, each in the middle of its part."""
    return tuple(round(seconds * (place + 0.5) / count, 3) for place in range(count))


def contact_sheet(path: Path, found: Recording, *, picture: int = 0, count: int = MOST) -> Sheet:
    """Return small pictures from all over a recording; what cannot be read there is left out.

    Each is sought by the index, so a recording of ten hours takes no longer than one of a minute.

    :raises Stopped: if no picture can be read at all
    """
    stream = found.pictures[picture].number
    taken: list[tuple[float, bytes]] = []
    for at in moments_of(found.seconds or 0.0, count if found.seconds else 1):
        try:
            taken.append((at, still(path, stream, at)))
        except Stopped:
            continue
    if not taken:
        raise Stopped("No picture can be read from it.")
    across = min(ACROSS, len(taken))
    return Sheet(
        _laid_out([jpeg for _, jpeg in taken], across), tuple(at for at, _ in taken), across
    )


def _laid_out(pictures: list[bytes], across: int) -> bytes:
    """Return pictures of our own making in rows, as one."""
    down = -(-len(pictures) // across)
    with tempfile.TemporaryDirectory(prefix="forthright-sheet-") as folder:
        for place, jpeg in enumerate(pictures):
            Path(folder, f"{place:03}.jpg").write_bytes(jpeg)
        rows = f"tile={across}x{down}:padding=4:color=white"
        answer = run(
            "ffmpeg",
            ["-protocol_whitelist", "file", "-f", "image2", "-i", f"{folder}/%03d.jpg",
             "-frames:v", "1", "-vf", rows, *JPEG],
            BOUNDS,
        )  # fmt: skip
    if not answer.out:
        raise Stopped("The sheet of pictures could not be put together.")
    return answer.out
