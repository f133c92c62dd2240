"""Odd recordings, each about a second long and made by ffmpeg when it is first asked for."""

import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from forthright.media_playing.lineage import Lineage
from forthright.media_playing.making import make_playable

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)

PICTURES = ("-f", "lavfi", "-i", "testsrc2=s=160x120:r=25:d=1")
SOUND = ("-f", "lavfi", "-i", "sine=f=440:r=44100:d=1")
BOTH = (*PICTURES, *SOUND)
H264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "10")
WITH_B = ("-c:v", "libx264", "-preset", "veryfast", "-bf", "3", "-pix_fmt", "yuv420p")
AAC = ("-c:a", "aac")
# Frames at 0, 40, 80 … ms, then with gaps: what a camera writes that sleeps while nothing moves.
UNEVEN = ("-vf", "select='lt(n,8)+eq(mod(n,5),0)'", "-fps_mode", "vfr")
FAST = ("-movflags", "+faststart")
# Each frame is as bright as its number, so that a look at one dot tells which it is.
NUMBERED = ("-f", "lavfi", "-i", "nullsrc=s=64x48:r=25:d=1,geq=lum='16+8*N':cb=128:cr=128")
# A tone whose pitch tells its second: 300 Hz at the beginning, 10 Hz more each second. Noise of a
# few seconds makes a varying bit rate vary much.
RISING = (
    "-f",
    "lavfi",
    "-i",
    "aevalsrc='0.5*sin(2*PI*(300*t+5*t*t))+0.3*(random(0)-0.5)*between(t,2,12)':d=40:s=44100",
)
FROM_5 = ("-output_ts_offset", "5")
VP8 = ("-c:v", "libvpx", "-crf", "4", "-b:v", "2M", "-deadline", "realtime", "-cpu-used", "8")
VARYING = ("-c:a", "libmp3lame", "-q:a", "5")
LINES = {
    "numbered.mp4": (*NUMBERED, *WITH_B, *FAST),
    "numbered with sound.mp4": (*NUMBERED, *SOUND, *WITH_B, *AAC, *FAST),
    "h264 and MP2.mov": (*NUMBERED, *SOUND, *WITH_B, "-c:a", "mp2"),
    "numbered uneven.mp4": (*NUMBERED, *UNEVEN, *WITH_B, *FAST),
    "numbered from 5.mp4": (*NUMBERED, *SOUND, *WITH_B, *AAC, *FROM_5, *FAST),
    "numbered.webm": (*NUMBERED, *SOUND, *VP8, "-c:a", "libopus"),
    "numbered from 5.webm": (*NUMBERED, *SOUND, *VP8, "-c:a", "libopus", *FROM_5),
    "sound from 5.m4a": (*SOUND, *AAC, *FROM_5),
    "rising from 5.ogg": (*RISING, "-c:a", "libvorbis", *FROM_5),
    "rising.wav": (*RISING, "-c:a", "pcm_s16le"),
    "rising.mp3": (*RISING, "-c:a", "libmp3lame", "-b:a", "64k", "-write_xing", "0"),
    "rising varying.mp3": (*RISING, *VARYING, "-write_xing", "0"),
    "rising varying with a table.mp3": (*RISING, *VARYING),
    "rising.aac": (*RISING, *AAC),
    "rising.flac": (*RISING, "-c:a", "flac"),
    "rising.ogg": (*RISING, "-c:a", "libvorbis"),
    "rising.m4a": (*RISING, *AAC, *FAST),
    "plain.mp4": (*BOTH, *H264, *AAC, *FAST),
    "index at the end.mp4": (*BOTH, *H264, *AAC),
    # As what is worn on a body writes it: each second can be read by itself.
    "fragments.mp4": (*BOTH, *H264, *AAC, "-movflags", "frag_keyframe+empty_moov"),
    "h264.avi": (*BOTH, *H264, *AAC),
    "h264 with B-frames.avi": (*BOTH, *WITH_B, *AAC),
    "h264.mkv": (*BOTH, *WITH_B, *AAC),
    "h264.mov": (*BOTH, *WITH_B, *AAC),
    "h264.ts": (*BOTH, *WITH_B, *AAC),
    "numbered.ts": (*NUMBERED, *SOUND, "-s", "160x120", *WITH_B, *AAC),
    "mpeg2.ts": (*BOTH, "-c:v", "mpeg2video", "-c:a", "mp2"),
    "h264.flv": (*BOTH, *H264, *AAC),
    "hevc.mp4": (*BOTH, "-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "log-level=0",
                 *AAC),
    "mjpeg.avi": (*BOTH, "-c:v", "mjpeg", "-c:a", "pcm_s16le"),
    "h264 and G.711.mov": (*BOTH, *H264, "-c:a", "pcm_alaw"),
    "h264 of ten bits.mp4": (*PICTURES, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt",
                             "yuv420p10le"),
    "vp8.webm": (*BOTH, "-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a",
                 "libopus"),
    "mpeg4.avi": (*BOTH, "-c:v", "mpeg4", "-c:a", "libmp3lame"),
    "interlaced.mpg": (*BOTH, "-vf", "setfield=tff", "-c:v", "mpeg2video", "-flags", "+ilme+ildct",
                       "-c:a", "mp2"),
    "many cameras.mkv": (*PICTURES, *("-map", "0:v") * 12, *H264),
    "uneven.mp4": (*PICTURES, *UNEVEN, *H264, *FAST),
    "uneven.mkv": (*PICTURES, *UNEVEN, *WITH_B),
    "sound.wav": (*SOUND, "-c:a", "pcm_s16le"),
    "sound of RF64.wav": (*SOUND, "-c:a", "pcm_s16le", "-rf64", "always"),
    "999 call.wav": (*SOUND, "-ar", "8000", "-c:a", "pcm_alaw"),
    "sound.mp3": (*SOUND, "-c:a", "libmp3lame"),
    "sound.m4a": (*SOUND, *AAC, *FAST),
    "sound.aac": (*SOUND, *AAC),
    "odd sides.avi": ("-f", "lavfi", "-i", "testsrc2=s=161x121:r=10:d=1", "-c:v", "mjpeg",
                      "-pix_fmt", "yuvj444p"),
    "very wide.avi": ("-f", "lavfi", "-i", "color=s=8000x64:r=5:d=1", "-c:v", "mjpeg",
                      "-pix_fmt", "yuvj420p"),
    "two cameras.mkv": (*PICTURES, "-f", "lavfi", "-i", "testsrc=s=176x144:r=25:d=1", *SOUND,
                        "-f", "lavfi", "-i", "sine=f=880:d=1", "-map", "0", "-map", "1", "-map",
                        "2", "-map", "3", *H264, *AAC),
    # As a recorder with several channels writes it: the second camera begins 3 seconds later.
    "late camera.mkv": (*PICTURES, "-itsoffset", "3", *NUMBERED, "-map", "0", "-map", "1", "-s",
                        "160x120", *WITH_B),
    "late camera.ts": (*PICTURES, "-itsoffset", "3", *NUMBERED, "-map", "0", "-map", "1", "-s",
                       "160x120", *WITH_B),
    # An AVI counts its frames from 0, so the first stands there, and nothing until the next one.
    "late camera.avi": (*PICTURES, "-itsoffset", "3", *NUMBERED, "-map", "0", "-map", "1", "-s",
                        "160x120", *H264),
    "two sounds.mka": (*SOUND, "-f", "lavfi", "-i", "sine=f=880:d=1", "-map", "0", "-map", "1",
                       *AAC),
    "raw.avi": (*PICTURES, "-c:v", "rawvideo", "-pix_fmt", "yuv420p", "-frames:v", "2"),
}  # fmt: skip


def ffmpeg(*words: object) -> None:
    """Run ffmpeg without any of the product's fences."""
    command = ["ffmpeg", "-v", "error", "-nostdin", "-y", *map(str, words)]
    subprocess.run(command, check=True)


class Corpus:
    """A folder of recordings that are made when asked for, once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.made: dict[str, Lineage] = {}

    def __call__(self, name: str) -> Path:
        path = self.folder / name
        if not path.exists():
            if name in LINES:
                ffmpeg(*LINES[name], path)
            else:
                MADE[name](self, path)
        return path

    def copy(self, name: str) -> tuple[Path, Lineage]:
        """Return the copy of a recording that plays, and where it comes from."""
        path = self.folder / f"{name}.copy.mp4"
        if name not in self.made:
            self.made[name] = make_playable(self(name), path, at=NOON)
        return path, self.made[name]


def _rotated(corpus: Corpus, path: Path) -> None:
    ffmpeg("-i", corpus("plain.mp4"), "-c", "copy", "-metadata:s:v:0", "rotate=90", path)


def _dated(corpus: Corpus, path: Path) -> None:
    when = "creation_time=2026-03-02T21:14:05Z"
    ffmpeg("-i", corpus("plain.mp4"), "-c", "copy", "-metadata", when, *FAST, path)


def _cut(name: str, share: float) -> Callable[[Corpus, Path], None]:
    def make(corpus: Corpus, path: Path) -> None:
        whole = corpus(name).read_bytes()
        path.write_bytes(whole[: int(len(whole) * share)])

    return make


def _one_behind_the_other(*names: str) -> Callable[[Corpus, Path], None]:
    return lambda corpus, path: path.write_bytes(b"".join(corpus(e).read_bytes() for e in names))


def _twice(name: str) -> Callable[[Corpus, Path], None]:
    return lambda corpus, path: path.write_bytes(corpus(name).read_bytes() * 2)


def _without_its_beginning(corpus: Corpus, path: Path) -> None:
    """Write what a recorder keeps that joins a stream late: its head, and its fragments from 2."""
    whole = path.with_suffix(".whole.mp4")
    ffmpeg(*NUMBERED, "-c:v", "libx264", "-bf", "0", "-g", "5", "-movflags",
           "frag_keyframe+empty_moov+default_base_moof", whole)  # fmt: skip
    content, kept, place, fragments = whole.read_bytes(), b"", 0, 0
    while place < len(content):
        end = place + int.from_bytes(content[place : place + 4])
        name = content[place + 4 : place + 8]
        fragments += name == b"moof"
        kept += content[place:end] if name in {b"ftyp", b"moov"} or fragments > 2 else b""
        place = end
    path.write_bytes(kept)


def _text(words: str) -> Callable[[Corpus, Path], None]:
    return lambda corpus, path: path.write_text(words)


def _list_of(line: str) -> Callable[[Corpus, Path], None]:
    def make(corpus: Corpus, path: Path) -> None:
        path.write_text(line.format(corpus("h264.ts")))

    return make


def _bomb(corpus: Corpus, path: Path) -> None:
    """Write an AVI whose head says that its pictures have sides of 12,000 dots."""
    whole = bytearray(corpus("raw.avi").read_bytes())
    sides = whole.index(b"strf") + 12
    whole[sides : sides + 8] = (12_000).to_bytes(4, "little") * 2
    path.write_bytes(whole)


def _with_cover(corpus: Corpus, path: Path) -> None:
    picture = path.with_suffix(".png")
    ffmpeg(*PICTURES, "-frames:v", "1", picture)
    ffmpeg("-i", corpus("sound.m4a"), "-i", picture, "-map", "0", "-map", "1", "-c", "copy",
           "-disposition:v:0", "attached_pic", path)  # fmt: skip


def _left_out(name: str, from_second: str = "0.4") -> Callable[[Corpus, Path], None]:
    """Write what is cut without being converted: from a frame long before on, which is left out."""

    def make(corpus: Corpus, path: Path) -> None:
        ffmpeg("-ss", from_second, "-i", corpus(name), "-c", "copy", path)

    return make


def _late_sound(corpus: Corpus, path: Path) -> None:
    ffmpeg(*PICTURES, "-itsoffset", "0.4", *SOUND, *H264, *AAC, path)


HLS = "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n"
MADE: dict[str, Callable[[Corpus, Path], None]] = {
    "rotated.mp4": _rotated,
    "dated.mp4": _dated,
    "index missing.mp4": _cut("index at the end.mp4", 0.9),
    "end missing.mp4": _cut("plain.mp4", 0.7),
    "end missing.mkv": _cut("h264.mkv", 0.7),
    "end missing.wav": _cut("sound.wav", 0.7),
    "end missing.avi": _cut("h264.avi", 0.7),
    "numbered from 10.mp4": _without_its_beginning,
    "joined.ts": _one_behind_the_other("numbered.ts", "h264.ts"),
    "joined of three.ts": _one_behind_the_other("numbered.ts", "h264.ts", "numbered.ts"),
    "joined of MPEG-2.ts": _one_behind_the_other("mpeg2.ts", "mpeg2.ts"),
    "joined.mkv": _one_behind_the_other("h264.mkv", "h264.mkv"),
    "joined.webm": _one_behind_the_other("vp8.webm", "vp8.webm"),
    "joined.mp3": _twice("rising.mp3"),
    "joined.ogg": _twice("rising.ogg"),
    "joined.flac": _twice("rising.flac"),
    "empty.mp4": lambda corpus, path: path.touch(),
    "text.mp4": _text("Dear Sir, the footage is attached.\n" * 50),
    "web page.mp4": _text("<!DOCTYPE html><html><body>Your link has expired</body></html>"),
    "list.m3u8": _list_of(HLS),
    "list.mp4": _list_of("\n" + HLS),
    "concat.mp4": _list_of("ffconcat version 1.0\nfile '{}'\n"),
    "bomb.avi": _bomb,
    "cover.m4a": _with_cover,
    "late sound.mkv": _late_sound,
    "numbered left out.mp4": _left_out("numbered with sound.mp4"),
    "numbered left out.mov": _left_out("numbered with sound.mp4"),
    "left out between frames.mp4": _left_out("numbered with sound.mp4", "0.43"),
    "left out of HEVC.mp4": _left_out("hevc.mp4"),
    "left out and MP2.mov": _left_out("h264 and MP2.mov"),
    "rising left out.m4a": _left_out("rising.m4a", "10"),
}
