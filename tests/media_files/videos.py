"""Odd videos, each made anew by ffmpeg."""

import subprocess

from forthright.media_files.playing import program

PICTURE = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=10:duration=2"]
SOUND = ["-f", "lavfi", "-i", "sine=frequency=440:duration=2"]
H264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
# Each: its name with its ending, what it is made from, and how.
ODD = {
    "plain.mp4": [*PICTURE, *SOUND, *H264, "-c:a", "aac"],
    "h264.avi": [*PICTURE, *SOUND, *H264, "-c:a", "libmp3lame"],
    "h264.mkv": [*PICTURE, *SOUND, *H264, "-c:a", "aac"],
    "quicktime.mov": [*PICTURE, *SOUND, *H264, "-c:a", "pcm_s16le"],
    "mjpeg.avi": [*PICTURE, *SOUND, "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"],
    "hevc.mp4": [*PICTURE, "-c:v", "libx265", "-x265-params", "log-level=error"],
    "varying.mkv": [*PICTURE, "-vf", "select='mod(n,3)'", "-fps_mode", "vfr", *H264],
    "several.mkv": [*PICTURE, *PICTURE, *SOUND, "-map", "0", "-map", "1", "-map", "2", *H264,
                    "-c:a", "aac"],
    "call.mp3": [*SOUND, "-c:a", "libmp3lame"],
    "call.wav": [*SOUND, "-c:a", "pcm_s16le"],
    "adpcm.wav": [*SOUND, "-c:a", "adpcm_ima_wav"],
    "ten_bits.mp4": [*PICTURE, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt",
                     "yuv420p10le"],
}  # fmt: skip


def a_video(folder, name):
    """Return a video of this name and kind."""
    path = folder / name
    command = [program(), "-nostdin", "-v", "error", "-y", *ODD[name], str(path)]
    subprocess.run(command, check=True, timeout=120)
    return path


def a_broken_index(folder):
    """Return a video of which the end, with its index, was lost."""
    whole = a_video(folder, "plain.mp4").read_bytes()
    path = folder / "broken.mp4"
    path.write_bytes(whole[: len(whole) // 2])
    return path
