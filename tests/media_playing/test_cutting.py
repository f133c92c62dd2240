"""Clips begin and end where they should, and what is hidden cannot be seen or heard any more."""

import hashlib
import io
import subprocess

import pytest
from PIL import Image

from forthright.media_playing.cutting import BadCut, clip, redact
from forthright.media_playing.frame_times import frame_times
from forthright.media_playing.hiding import Blank, Blur, Box, Mute, Span, look_again
from forthright.media_playing.left_out import check_nothing_left_out
from forthright.media_playing.making import NotPlayable
from forthright.media_playing.probing import probe
from forthright.media_playing.proving import (
    NotProved,
    Taken,
    play_through,
)
from forthright.media_playing.stills import still
from forthright.media_playing.waveform import waveform_of
from tests.media_playing.videos import NOON, ffmpeg

pytestmark = pytest.mark.slow  # copies are made and looked at again
LEFT, RIGHT = Box(0, 0, 0.5, 1), Box(0.5, 0, 0.5, 1)
ALL = Span(0, 1)


def brightest(jpeg, box):
    picture = Image.open(io.BytesIO(jpeg)).convert("L")
    wide, high = picture.size
    part = (box.left * wide + 4, box.top * high + 4)
    end = ((box.left + box.width) * wide - 4, (box.top + box.height) * high - 4)
    return picture.crop((*map(int, part), *map(int, end))).getextrema()[1]


def everything_in(path):
    """Return how many packets each stream has for whoever takes no notice of lists of cuts."""
    asked = ["ffprobe", "-v", "error", "-ignore_editlist", "1", "-count_packets", "-show_entries",
             "stream=nb_read_packets", "-of", "csv=p=0", path]  # fmt: skip
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return [int(each) for each in told.split()]


@pytest.mark.parametrize(
    ("name", "span", "frames"),
    [
        pytest.param("plain.mp4", Span(0.2, 0.6), 10, id="on frames"),
        pytest.param("plain.mp4", Span(0.21, 0.59), 10, id="between frames"),
        pytest.param("h264.mkv", Span(0.2, 0.6), 11, id="with B-frames"),
        pytest.param("h264.ts", Span(0.2, 0.6), 11, id="a clock that begins late"),
        pytest.param("plain.mp4", Span(0, 0.1), 3, id="from the beginning"),
        pytest.param("plain.mp4", Span(0.8, 7), 5, id="to the end"),
        # Its frames: 0 to 7, 10, 15, 20; the one of 0.4 seconds is on the screen until 0.6.
        pytest.param("uneven.mp4", Span(0.5, 0.7), 2, id="while a frame stands still"),
    ],
)
def test_a_clip_begins_with_the_frame_on_the_screen(corpus, tmp_path, name, span, frames):
    before = hashlib.sha256(corpus(name).read_bytes()).hexdigest()

    made = clip(corpus(name), tmp_path / "clip.mp4", span, at=NOON, reason="The attack itself")

    assert made.shown["frames"] == frames
    assert (made.operation, made.reason) == ("clip", "The attack itself")
    assert hashlib.sha256(corpus(name).read_bytes()).hexdigest() == before


@pytest.mark.parametrize(("start", "sound_at"), [(0, 0.4), (0.2, 0.2), (0.6, 0)])
def test_the_sound_of_a_clip_stays_where_it_was(corpus, tmp_path, start, sound_at):
    copy = tmp_path / "clip.mp4"

    clip(corpus("late sound.mkv"), copy, Span(start, 0.9), at=NOON, reason="")

    apart = play_through(copy, 1).begins_at - play_through(copy, 0).begins_at
    assert apart == pytest.approx(sound_at, abs=0.05)


def test_a_clip_of_sound_alone(corpus, tmp_path):
    made = clip(corpus("999 call.wav"), tmp_path / "clip.mp4", Span(0.25, 0.75), at=NOON, reason="")

    assert made.shown["seconds"] == pytest.approx(0.5, abs=0.15)


def test_a_picture_is_black_from_the_frame_on_the_screen(corpus, tmp_path):
    copy = tmp_path / "copy.mp4"

    made = redact(corpus("uneven.mp4"), copy, [Blank(Span(0.5, 0.55))], at=NOON, reason="A child")

    times = frame_times(copy, 0, 1)
    assert list(times[8:]) == pytest.approx([0.4, 0.6, 0.8], abs=0.01)
    assert brightest(still(copy, 0, 0.35), Box(0, 0, 1, 1)) < 20
    assert brightest(still(copy, 0, 0.55), Box(0, 0, 1, 1)) > 200
    assert made.shown["hidden"][0]["measured"] <= 17


@pytest.mark.parametrize("name", ["plain.mp4", "rotated.mp4", "mjpeg.avi", "odd sides.avi"])
def test_the_side_that_is_black_is_the_side_that_was_asked_for(corpus, tmp_path, name):
    copy = tmp_path / "copy.mp4"

    redact(corpus(name), copy, [Blank(ALL, LEFT)], at=NOON, reason="A bystander")

    shown = still(copy, 0, 0.5)
    assert brightest(shown, LEFT) < 30
    assert brightest(shown, RIGHT) > 150


def test_what_is_blurred_is_a_few_patches_and_the_rest_stays(corpus, tmp_path):
    copy = tmp_path / "copy.mp4"

    redact(corpus("plain.mp4"), copy, [Blur(ALL, LEFT)], at=NOON, reason="A face")

    look_again(copy, Blur(ALL, LEFT), probe(copy).pictures[0])
    with pytest.raises(NotProved, match="can still be told"):
        look_again(copy, Blur(ALL, RIGHT), probe(copy).pictures[0])


def test_nothing_is_heard_where_it_was_muted(corpus, tmp_path):
    copy = tmp_path / "copy.mp4"

    made = redact(corpus("plain.mp4"), copy, [Mute(Span(0.4, 0.6))], at=NOON, reason="An address")

    wave = waveform_of(copy, 1)
    assert max(wave.peaks[8:12]) == 0
    assert min(wave.peaks[2:6] + wave.peaks[14:18]) > 0.1
    assert made.shown["hidden"][0]["measured"] == 0


def test_several_things_are_hidden_at_once(corpus, tmp_path):
    hidden = [Blur(Span(0.1, 0.4), LEFT), Blur(Span(0.3, 0.9), RIGHT), Mute(Span(0, 0.2)),
              Mute(Span(0.8, 1)), Blank(Span(0.5, 0.6))]  # fmt: skip

    made = redact(corpus("h264.mkv"), tmp_path / "copy.mp4", hidden, at=NOON, reason="")

    assert [each["what"] for each in made.shown["hidden"]] == [
        "blur", "blur", "blank", "mute", "mute",
    ]  # fmt: skip
    assert made.shown["frames"] == 25


@pytest.mark.parametrize("still_there", [Blank(ALL), Blur(ALL, LEFT), Mute(ALL)])
def test_what_is_still_to_be_seen_or_heard_is_noticed(corpus, still_there):
    plain = corpus("plain.mp4")

    with pytest.raises(NotProved, match="can still be told in the copy"):
        look_again(plain, still_there, probe(plain).pictures[0])


@pytest.mark.parametrize(
    "name",
    ["numbered left out.mp4", "numbered left out.mov", "left out between frames.mp4",
     "left out of HEVC.mp4", "left out and MP2.mov"],
)  # fmt: skip
def test_what_a_list_of_cuts_leaves_out_is_neither_hidden_nor_there(corpus, tmp_path, name):
    copy, found = tmp_path / "copy.mp4", probe(corpus(name))

    made = redact(corpus(name), copy, [Blank(Span(0, 0.2)), Mute(Span(0.2, 0.4))], at=NOON,
                  reason="A child")  # fmt: skip

    assert made.shown["frames"] == pytest.approx(found.seconds * 25, abs=1)
    assert brightest(still(copy, 0, 0.1), Box(0, 0, 1, 1)) < 20
    assert brightest(still(copy, 0, 0.3), Box(0, 0, 1, 1)) > 60
    peaks = waveform_of(copy, 1).peaks
    assert max(peaks[4:8]) == 0
    assert min(peaks[1:3] + peaks[9:11]) > 0.05
    # Whoever takes no notice of such lists finds nothing more, but a beginning of silence.
    every = everything_in(copy)
    assert every[0] == made.shown["frames"]
    assert every[1] <= play_through(copy, 1, taken=Taken.PLAYED).count + 2


def test_a_copy_in_which_something_is_left_out_is_not_taken_for_one_that_hides(corpus):
    with pytest.raises(NotProved, match="leaves out"):
        check_nothing_left_out(corpus("numbered left out.mp4"))


def test_nothing_else_of_the_original_comes_along(corpus, tmp_path):
    telling, copy = tmp_path / "telling.mkv", tmp_path / "copy.mp4"
    ffmpeg("-i", corpus("two cameras.mkv"), "-map", "0", "-c", "copy", "-metadata",
           "title=Home of A Witness", telling)  # fmt: skip

    redact(telling, copy, [Blank(ALL)], at=NOON, reason="")

    assert [each.codec for each in probe(copy).streams] == ["h264", "aac"]
    assert b"Witness" in telling.read_bytes()
    assert b"Witness" not in copy.read_bytes()


@pytest.mark.parametrize(
    ("name", "hidden", "words"),
    [
        ("plain.mp4", [], "Say what is to be hidden"),
        ("plain.mp4", [Blank(Span(0.5, 0.5))], "ends after it begins"),
        ("plain.mp4", [Blank(Span(-1, 0.5))], "begins at 0 seconds or later"),
        ("plain.mp4", [Blank(Span(0, float("nan")))], "ends after it begins"),
        ("plain.mp4", [Mute(Span(5, 6))], "ends at 1.0 seconds"),
        ("plain.mp4", [Blur(ALL, Box(0.6, 0, 0.5, 1))], "lies inside the picture"),
        ("plain.mp4", [Blur(ALL, Box(0, 0, 0, 1))], "lies inside the picture"),
        ("uneven.mp4", [Mute(ALL)], "no sound that could be muted"),
        ("sound.wav", [Blank(ALL)], "no picture in which"),
        ("very wide.avi", [Blank(ALL)], "Make a copy that plays first"),
        ("joined.flac", [Mute(ALL)], "several recordings joined"),
    ],
)
def test_what_cannot_be_hidden_is_refused_in_words(corpus, tmp_path, name, hidden, words):
    with pytest.raises(BadCut, match=words):
        redact(corpus(name), tmp_path / "copy.mp4", hidden, at=NOON, reason="")

    assert list(tmp_path.iterdir()) == []


def test_no_clip_is_cut_of_sound_that_was_joined(corpus, tmp_path):
    with pytest.raises(BadCut, match="several recordings joined"):
        clip(corpus("joined.flac"), tmp_path / "clip.mp4", ALL, at=NOON, reason="")


def test_nothing_is_cut_out_of_what_is_no_recording(corpus, tmp_path):
    with pytest.raises(NotPlayable, match="no recording"):
        clip(corpus("text.mp4"), tmp_path / "clip.mp4", ALL, at=NOON, reason="")
