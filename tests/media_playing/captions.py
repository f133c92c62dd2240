"""A recording in which closed captions stand: CEA-608 in the SEI messages of its H.264."""

import re
from pathlib import Path

from tests.media_playing.videos import ffmpeg

WORDS = "MY NAME IS JANE DOE"
RAW = ("-bsf:v", "h264_mp4toannexb", "-f", "h264")
ONE = ("-bf", "0", "-threads", "1", "-x264-params", "slices=1", "-pix_fmt", "yuv420p")
# Each twice, as it is sent: two lines that roll up, a new line, in the lowest row.
ROLL_UP = [(0x14, 0x25)] * 2 + [(0x14, 0x2D)] * 2 + [(0x14, 0x70)] * 2


def a_captioned_video(folder: Path, name: str = "captions.mp4") -> Path:
    """Return a recording of two seconds whose captions say a name."""
    bare, captioned, made = folder / "bare.h264", folder / "captioned.h264", folder / name
    ffmpeg("-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=2", "-c:v", "libx264", *ONE, *RAW, bare)
    letters = f"{WORDS} "
    pairs = list(zip(map(ord, letters[::2]), map(ord, letters[1::2]), strict=True))
    said = [*[(0, 0)] * 5, *ROLL_UP, *pairs, *[(0, 0)] * 10, *ROLL_UP]
    out, number = bytearray(), 0
    for unit in re.split(b"\x00{2,3}\x01", bare.read_bytes())[1:]:
        if unit[0] & 0x1F in {1, 5}:
            out += b"\0\0\0\1" + _message(said[number] if number < len(said) else (0, 0))
            number += 1
        out += b"\0\0\0\1" + unit
    captioned.write_bytes(out)
    sound = ("-f", "lavfi", "-i", "sine=f=440:d=2")
    ffmpeg("-f", "h264", "-r", "25", "-i", captioned, *sound, "-c:v", "copy", "-c:a", "aac", made)
    return made


def _message(pair: tuple[int, int]) -> bytes:
    """Return one SEI message with two letters (ATSC A/53 part 4)."""
    first, second = (_odd(each) for each in pair)
    said = b"\xb5\x00\x31GA94" + bytes([3, 0x41, 0xFF, 0xFC, first, second, 0xFF])
    body = bytes([4, len(said)]) + said + b"\x80"
    return b"\x06" + re.sub(b"\x00\x00(?=[\x00-\x03])", b"\x00\x00\x03", body)


def _odd(seven: int) -> int:
    return seven if seven.bit_count() % 2 else seven | 0x80
