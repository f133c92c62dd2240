"""Copies that play: proved, whole or not there, with their lineage; the original as it was."""

import hashlib
import json
import signal
import subprocess
import sys
import time

import pytest

from forthright.media_playing import lineage
from forthright.media_playing.deciding import decide
from forthright.media_playing.half_made import AlreadyThere, clear, half_made
from forthright.media_playing.indexes import structure_of
from forthright.media_playing.making import NotPlayable, Recipe, make, make_playable, prove_same
from forthright.media_playing.probing import probe
from forthright.media_playing.programs import DiskFull
from forthright.media_playing.proving import NotProved
from forthright.media_playing.recording import IndexState
from tests.guards.tree import HOUSE
from tests.media_playing.processes import processes_with
from tests.media_playing.videos import NOON, ffmpeg

pytestmark = pytest.mark.slow  # copies are made and played through


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(
    ("name", "operation"),
    [
        ("h264.avi", "remux"),
        ("h264.mkv", "remux"),
        ("h264.mov", "remux"),
        ("h264.ts", "remux"),
        ("h264.flv", "remux"),
        ("joined of three.ts", "remux"),
        ("joined of MPEG-2.ts", "transcode"),
        ("uneven.mkv", "remux"),
        ("two cameras.mkv", "remux"),
        ("late sound.mkv", "remux"),
        ("sound.aac", "remux"),
        ("end missing.mkv", "remux"),
        ("h264 with B-frames.avi", "transcode"),
        ("h264 and G.711.mov", "transcode"),
        ("hevc.mp4", "transcode"),
        ("left out of HEVC.mp4", "transcode"),
        ("left out and MP2.mov", "transcode"),
        ("numbered left out.mov", "remux"),
        ("mjpeg.avi", "transcode"),
        ("mpeg4.avi", "transcode"),
        ("interlaced.mpg", "transcode"),
        ("h264 of ten bits.mp4", "transcode"),
        ("999 call.wav", "transcode"),
        ("odd sides.avi", "transcode"),
        ("very wide.avi", "transcode"),
    ],
)
def test_a_copy_plays_and_is_proved(corpus, name, operation):
    original = corpus(name)
    before = sha256(original)

    copy, made = corpus.copy(name)

    assert made.operation == operation
    assert (made.original_sha256, made.copy_sha256) == (before, sha256(copy))
    assert sha256(original) == before
    assert structure_of(copy).index is IndexState.PRESENT
    assert decide(probe(copy)).verdict.startswith("plays as it is")
    if operation == "remux":
        compared = [made.shown[each] for each in ("pictures", "sound")]
        assert all(each["is_same"] for each in compared if each)


def test_pictures_stay_frame_for_frame_where_only_the_sound_is_converted(corpus):
    _, made = corpus.copy("h264 and G.711.mov")

    assert made.shown["pictures"]["is_same"]
    assert not made.shown["sound"]["is_same"]


def test_the_second_camera_can_be_copied_too(corpus, tmp_path):
    copy = tmp_path / "copy.mp4"

    made = make_playable(corpus("two cameras.mkv"), copy, at=NOON, picture=1, sound=1)

    assert made.shown["pictures"]["is_same"]
    assert probe(copy).pictures[0].width == 176
    assert len(probe(copy).streams) == 2


def test_a_copy_is_turned_as_the_original_is(corpus, tmp_path):
    rotated = tmp_path / "rotated.mov"
    ffmpeg("-i", corpus("rotated.mp4"), "-c", "copy", rotated)
    copy = tmp_path / "copy.mp4"

    make_playable(rotated, copy, at=NOON)

    assert probe(copy).pictures[0].rotation == probe(rotated).pictures[0].rotation != 0


def test_a_copy_says_nothing_of_who_and_where(corpus, tmp_path):
    telling = tmp_path / "telling.mov"
    ffmpeg("-i", corpus("dated.mp4"), "-c", "copy", "-metadata", "location=+51.5-0.1/",
           "-metadata", "artist=PC Example", telling)  # fmt: skip

    make_playable(telling, tmp_path / "copy.mp4", at=NOON)

    assert b"PC Example" in telling.read_bytes()
    assert b"PC Example" not in (tmp_path / "copy.mp4").read_bytes()
    assert b"51.5-0.1" not in (tmp_path / "copy.mp4").read_bytes()


def test_the_lineage_lies_beside_and_its_command_makes_the_same_again(corpus, tmp_path):
    original, copy, again = corpus("h264.mkv"), tmp_path / "copy.mp4", tmp_path / "again.mp4"

    made = make_playable(original, copy, at=NOON)

    told = json.loads(lineage.place_beside(copy).read_text())
    names = {"ORIGINAL": str(original), "COPY": str(again)}
    subprocess.run([names.get(each, each) for each in told["command"]], check=True,
                   stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # fmt: skip
    assert told == json.loads(json.dumps(made.as_table()))
    assert lineage.read_beside(copy) == made
    assert told["program"].startswith("ffmpeg version")
    assert told["made_at"] == "2026-03-02T12:00:00+00:00"
    assert str(original) not in json.dumps(told)
    assert sha256(again) == made.copy_sha256


@pytest.mark.parametrize("name", ["text.mp4", "list.mp4", "empty.mp4", "index missing.mp4"])
def test_nothing_is_made_of_what_cannot_be_played(corpus, tmp_path, name):
    with pytest.raises(NotPlayable, match=r"\w+ .*\."):
        make_playable(corpus(name), tmp_path / "copy.mp4", at=NOON)

    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_lacks_frames_is_not_kept(corpus, tmp_path):
    original, copy = corpus("h264.mkv"), tmp_path / "copy.mp4"
    decision = decide(probe(original))
    lossy = Recipe(
        "remux", "", ["-frames:v", "20", "-map", "0:0", "-map", "0:1", "-c", "copy", "-f", "mp4"],
        lambda one, other: prove_same(one, other, decision).as_table(),
    )  # fmt: skip

    with pytest.raises(NotProved, match="The original has 25 frames and the copy 20"):
        make(original, copy, lossy, at=NOON)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("how", "words"),
    [
        pytest.param(["-vf", "hue=s=0"], "Not every frame", id="other colours"),
        pytest.param(["-vf", "setpts=PTS*1.5"], "at other times", id="slower"),
        pytest.param(["-af", "volume=0.5"], "The sound of the copy is not", id="less loud"),
    ],
)
def test_a_copy_that_differs_is_not_taken_for_the_same(corpus, tmp_path, how, words):
    original, copy = corpus("h264.mkv"), tmp_path / "copy.mp4"
    lossless = ["-c:v", "libx264", "-qp", "0", "-preset", "ultrafast", "-c:a", "aac"]
    ffmpeg("-i", original, *lossless, "-fps_mode", "passthrough", *how, copy)

    with pytest.raises(NotProved, match=words):
        prove_same(original, copy, decide(probe(original)))


@pytest.mark.parametrize("name", ["joined.mp3", "joined.ogg"])
def test_all_of_several_joined_is_in_the_copy(corpus, name):
    copy, _ = corpus.copy(name)

    assert probe(copy).seconds == pytest.approx(80, abs=0.15)


def test_a_copy_in_which_joined_recordings_lie_over_each_other_is_refused(corpus, tmp_path):
    with pytest.raises(NotProved, match="several recordings joined, 79"):
        make_playable(corpus("joined.flac"), tmp_path / "copy.mp4", at=NOON)


def test_sound_that_moves_against_the_pictures_is_noticed(corpus, tmp_path):
    original, copy = corpus("h264.mkv"), tmp_path / "copy.mp4"
    ffmpeg("-i", original, "-itsoffset", "0.3", "-i", original, "-map", "0:v", "-map", "1:a",
           "-c", "copy", copy)  # fmt: skip

    with pytest.raises(NotProved, match="from where it was to the pictures"):
        prove_same(original, copy, decide(probe(original)))


def test_what_is_there_is_never_replaced(corpus, tmp_path):
    copy = tmp_path / "copy.mp4"
    copy.write_text("kept")

    with pytest.raises(AlreadyThere):
        make_playable(corpus("h264.mkv"), copy, at=NOON)

    assert copy.read_text() == "kept"
    assert list(tmp_path.iterdir()) == [copy]


def test_a_full_disk_is_said_and_leaves_nothing(corpus, tmp_path):
    original, copy = corpus("h264.mkv"), tmp_path / "copy.mp4"
    full = Recipe("remux", "", ["-map", "0:0", "-c", "copy", "-f", "mp4", "/dev/full", "-f", "mp4",
                                "-c", "copy"], lambda one, other: {})  # fmt: skip

    with pytest.raises(DiskFull, match="The disk is full"):
        make(original, copy, full, at=NOON)

    assert list(tmp_path.iterdir()) == []


MAKER = """
import sys
from datetime import datetime, UTC
from pathlib import Path
from forthright.media_playing.making import make_playable
print("begun", flush=True)
make_playable(Path(sys.argv[1]), Path(sys.argv[2]), at=datetime.now(UTC))
"""


@pytest.mark.parametrize("after", [0.1, 0.4, 0.8])
def test_killed_anywhere_it_leaves_nothing_half_made_under_the_name(corpus, tmp_path, after):
    original, copy = corpus("mjpeg.avi"), tmp_path / "copy.mp4"
    maker = subprocess.Popen(
        [sys.executable, "-c", MAKER, original, copy], cwd=HOUSE, stdout=subprocess.PIPE
    )
    maker.stdout.readline()
    time.sleep(after)
    maker.send_signal(signal.SIGKILL)
    maker.communicate()

    if copy.exists():
        assert json.loads(lineage.place_beside(copy).read_text())["copy_sha256"] == sha256(copy)
    else:
        make_playable(original, copy, at=NOON)
    clear(tmp_path)
    assert {each.name for each in tmp_path.iterdir()} == {
        "copy.mp4", "copy.mp4.lineage.json",
    }  # fmt: skip
    assert processes_with(str(original)) == []


def test_what_somebody_else_is_making_is_not_cleared_away(tmp_path):
    with half_made(tmp_path / "one.mp4") as one, half_made(tmp_path / "other.mp4") as other:
        clear(tmp_path)

        assert one.exists()
        assert other.exists()

    assert list(tmp_path.iterdir()) == []
