"""Runs ffmpeg and ffprobe on files that nobody vouches for: bounded, and without a network."""

import os
import re
import selectors
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

GIB = 1024**3
PART = 64 * 1024
MOST_WORDS = 4_000  # letters of complaint that are kept of the beginning, and of the end
# ffmpeg goes on after these and ends as if all were well, with a file that lacks its end.
RAN_OUT = {
    "Cannot allocate memory": "It needs more memory than a recording may.",
    "File too large": "The copy would be longer than one may be.",
}
NO_ROOM = ("No space left on device", "Disk quota exceeded")
MOST_PIXELS = 8192 * 8192
TO_INSTALL = "apt-get install --yes ffmpeg"
# What readers of files there may be. None is here that follows a list to other files (HLS, DASH,
# concat, image sequences, SDP, IMF), listens to a line or runs a script.
READERS = (
    "mov,matroska,avi,mpegts,mpeg,mpegvideo,h264,hevc,h261,h263,m4v,mjpeg,vc1,flv,asf,dhav,dv,mxf,"
    "rm,ivf,obu,wtv,gxf,pva,wav,w64,mp3,aac,ac3,eac3,flac,ogg,amr,amrnb,amrwb,aiff,au,caf,gsm"
)


class ProgramMissing(Exception):
    """ffmpeg is not on this machine; the message has the line to type."""


class Stopped(Exception):
    """The program was stopped or gave up; the message says why in plain words."""


class DiskFull(Stopped):
    """The disk is full, so nothing is known of the recording."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one run may take: seconds on the clock, bytes of memory, of answer and of file."""

    seconds: float = 60
    memory: int = 2 * GIB
    answer: int = 4 * 1024 * 1024
    file: int = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program said: its answer, its complaints and its exit status."""

    out: bytes
    complaints: str
    status: int


def reading(path: Path, *before: str) -> list[str]:
    """Return the options by which one file is read, and no other file that it may point to."""
    fences = ["-protocol_whitelist", "file", "-format_whitelist", READERS]
    return [*fences, *before, "-i", f"file:{path.absolute()}"]


def decoding(path: Path, *before: str) -> list[str]:
    """Return the options by which one file is read and decoded, with no picture too large."""
    return reading(path, "-max_pixels", str(MOST_PIXELS), *before)


def run(
    program: str,
    arguments: Sequence[str],
    bounds: Bounds,
    *,
    take: Callable[[bytes], None] | None = None,
) -> Answer:
    """Run ffmpeg or ffprobe within bounds and return what it said.

    :param take: takes the answer part by part, however long it is; nothing of it is returned then
    :raises ProgramMissing: if it is not on this machine
    :raises Stopped: if it took longer or said more than it may, or memory or disk ran out
    """
    place = _place(program)  # looked for first, so that it is what is said to be missing
    command = [*_fences(bounds), place, *_manners(program), *arguments]
    with tempfile.TemporaryDirectory(prefix="forthright-media-") as folder:
        began = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=folder,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "HOME": folder, "MALLOC_ARENA_MAX": "2"},
            start_new_session=True,
        )
        with began:
            try:
                out, complaints = _listen(began, bounds, take)
            finally:
                began.kill()
    if any(sign in complaints for sign in NO_ROOM):
        raise DiskFull("The disk is full.")
    for sign, words in RAN_OUT.items():
        if sign in complaints:
            raise Stopped(words)
    return Answer(out, complaints, began.returncode)


def version() -> str:
    """Return which ffmpeg it is, as it says itself.

    :raises ProgramMissing: if it is not on this machine
    """
    return _version(_place("ffmpeg"))


@cache
def _version(place: str) -> str:
    said = subprocess.run([place, "-version"], capture_output=True, text=True, check=True).stdout
    return said.split(" Copyright")[0].strip()


def _place(program: str) -> str:
    found = shutil.which(program)
    if found is None:
        raise ProgramMissing(
            f"{program} is not on this machine, so recordings cannot be looked into or made to "
            f"play. An administrator types: {TO_INSTALL}"
        )
    return found


def _fences(bounds: Bounds) -> list[str]:
    """Return what stands before the program: it dies with us, and the system holds it in bounds."""
    return [
        *(_place("setpriv"), "--pdeathsig", "KILL", "--no-new-privs"),
        *(_place("prlimit"), f"--as={bounds.memory}", f"--fsize={bounds.file}"),
        *(f"--cpu={int(bounds.seconds * (os.cpu_count() or 1)) + 1}", "--core=0", "--nofile=64"),
        *(_place("nice"), "-n", "10"),
    ]


def _manners(program: str) -> list[str]:
    quiet = ["-hide_banner", "-v", "error"]
    return quiet if program == "ffprobe" else [*quiet, "-nostdin", "-y"]


def _listen(
    began: "subprocess.Popen[bytes]", bounds: Bounds, take: Callable[[bytes], None] | None
) -> tuple[bytes, str]:
    """Return the answer and the complaints once the program has ended."""
    kept, heard = bytearray(), bytearray()
    end = time.monotonic() + bounds.seconds
    with selectors.DefaultSelector() as ears:
        for source, taker in ((began.stdout, take or kept.extend), (began.stderr, heard.extend)):
            if source is not None:
                ears.register(source, selectors.EVENT_READ, taker)
        while ears.get_map():
            left = end - time.monotonic()
            if left <= 0:
                raise Stopped(f"It took longer than {duration_words(bounds.seconds)}.")
            for key, _ in ears.select(left):
                part = os.read(key.fd, PART)
                if part:
                    key.data(part)
                else:
                    ears.unregister(key.fileobj)
            if len(kept) > bounds.answer:
                raise Stopped("There is more in it than can be looked into.")
            del heard[MOST_WORDS : max(MOST_WORDS, len(heard) - MOST_WORDS)]
    began.wait(timeout=max(1.0, end - time.monotonic()))
    return bytes(kept), _tidy(heard.decode(errors="replace"))


def _tidy(complaints: str) -> str:
    """Return complaints without places in memory and without paths of this machine."""
    plain = re.sub(r" @ 0x[0-9a-f]+", "", complaints)
    return re.sub(r"(?:file:)?/\S*/", "", plain).strip()


def duration_words(seconds: float) -> str:
    """Return a length of time as it is said: "2 minutes"."""
    for unit, worth in (("hour", 3600), ("minute", 60), ("second", 1)):
        if seconds >= worth and seconds % worth == 0:
            number = int(seconds // worth)
            return f"{number} {unit}{'' if number == 1 else 's'}"
    return f"{seconds:g} seconds"
