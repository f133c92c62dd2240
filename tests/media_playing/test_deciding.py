"""What is decided for each recording of the corpus, and why."""

import pytest

from forthright.media_playing.deciding import Verdict, decide, parts_of
from forthright.media_playing.probing import probe
from forthright.media_playing.recording import Kind, Recording, Stream

PLAYS, REMUX, CONVERT, NOT = (
    Verdict.PLAYS,
    Verdict.REMUX,
    Verdict.TRANSCODE,
    Verdict.NOT_PLAYABLE,
)


@pytest.mark.parametrize(
    ("name", "verdict", "words"),
    [
        ("plain.mp4", PLAYS, "H.264 with AAC plays in browsers"),
        ("index at the end.mp4", PLAYS, "plays in browsers"),
        ("rotated.mp4", PLAYS, "plays in browsers"),
        ("uneven.mp4", PLAYS, "now sooner, now later"),
        ("vp8.webm", PLAYS, "plays in browsers"),
        ("sound.wav", PLAYS, "plays in browsers"),
        ("sound.mp3", PLAYS, "plays in browsers"),
        ("sound.m4a", PLAYS, "plays in browsers"),
        ("cover.m4a", PLAYS, "stay in the original alone"),
        ("rising.mp3", PLAYS, "plays in browsers"),
        ("rising.ogg", PLAYS, "plays in browsers"),
        ("rising.flac", PLAYS, "plays in browsers"),
        ("numbered.webm", PLAYS, "plays in browsers"),
        ("numbered from 5.mp4", REMUX, "Its clock begins at 4.98 seconds and not at 0"),
        ("numbered from 10.mp4", REMUX, "Its clock begins at 0.40 seconds and not at 0"),
        ("sound from 5.m4a", REMUX, "Its clock begins at 4.98 seconds and not at 0"),
        ("rising varying.mp3", REMUX, "all of it together lasts 40.0."),
        ("rising varying with a table.mp3", REMUX, "a browser guesses where a moment of it lies"),
        ("joined.mp3", REMUX, "a browser guesses where a moment of it lies"),
        ("numbered from 5.webm", CONVERT, "Its clock begins at 4.99 seconds and not at 0"),
        ("rising from 5.ogg", CONVERT, "Its clock begins at 5.00 seconds and not at 0"),
        ("joined.ogg", CONVERT, "to last 40.0 seconds; all of it together lasts 80.0."),
        ("numbered left out.mp4", PLAYS, "0.4 seconds from before its beginning still stand in"),
        ("left out and MP2.mov", CONVERT, "0.4 seconds from before its beginning still stand in"),
        ("rising left out.m4a", PLAYS, "plays in browsers"),
        ("h264.avi", REMUX, "do not play this kind of file (AVI"),
        ("h264.mkv", REMUX, "do not play this kind of file (Matroska"),
        ("h264.mov", REMUX, "QuickTime"),
        ("h264.ts", REMUX, "MPEG-TS"),
        ("joined.ts", REMUX, "plays one after the other, 2.0 seconds in all"),
        ("h264.flv", REMUX, "FLV"),
        ("uneven.mkv", REMUX, "now sooner, now later"),
        ("two cameras.mkv", REMUX, "holds 2 cameras; this is camera 1 alone"),
        ("sound.aac", REMUX, "ADTS"),
        ("end missing.mp4", REMUX, "Its end is missing"),
        ("end missing.mkv", REMUX, "Its end is missing"),
        ("end missing.wav", CONVERT, "Its end is missing"),
        ("end missing.avi", REMUX, "Its index is missing, so jumping"),
        ("h264 with B-frames.avi", CONVERT, "does not say when each frame is shown"),
        ("h264 and G.711.mov", CONVERT, "The pictures stay as they are, frame for frame"),
        ("hevc.mp4", CONVERT, "H.265 (HEVC), which not every browser plays"),
        ("mjpeg.avi", CONVERT, "Motion JPEG"),
        ("mpeg4.avi", CONVERT, "MPEG-4 part 2"),
        ("interlaced.mpg", CONVERT, "MPEG-2"),
        ("h264 of ten bits.mp4", CONVERT, "a kind of H.264 that browsers do not play (High 10"),
        ("999 call.wav", CONVERT, "A-law"),
        ("very wide.avi", CONVERT, "8,000 × 64 dots"),
        ("bomb.avi", NOT, "12,000 × 12,000 dots"),
        ("index missing.mp4", NOT, "Its index is missing or broken"),
        ("joined.mkv", NOT, "2 recordings stand in it, one behind the other, and players stop"),
        ("joined.webm", NOT, "Ask for each in a file of its own."),
        ("empty.mp4", NOT, "The file is empty"),
        ("text.mp4", NOT, "no recording that we can read"),
        ("web page.mp4", NOT, "no recording that we can read"),
        ("list.m3u8", NOT, "a list that points to other files"),
        ("list.mp4", NOT, "a list that points to other files"),
        ("concat.mp4", NOT, "a list that points to other files"),
    ],
)
def test_each_odd_recording_is_decided_with_its_reason(corpus, name, verdict, words):
    decision = decide(probe(corpus(name)))

    assert decision.verdict is verdict, decision.reasons
    assert words in " ".join(decision.reasons)


@pytest.mark.parametrize("which", [{"picture": 2}, {"sound": 2}])
def test_a_camera_or_sound_that_is_not_there_is_not_passed_over(corpus, which):
    decision = decide(probe(corpus("two cameras.mkv")), **which)

    assert decision.verdict is NOT
    assert decision.reasons == ("There is no such camera or sound in it.",)


def test_interlaced_pictures_are_told(corpus):
    found = probe(corpus("interlaced.mpg"))

    assert found.pictures[0].is_interlaced
    assert "interlaced" in " ".join(decide(found).reasons)


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("plain.mp4", [(0, 0)]),
        ("sound.wav", [(None, 0)]),
        ("text.mp4", [(None, None)]),
        ("two cameras.mkv", [(0, 0), (1, 0), (0, 1)]),
        ("two sounds.mka", [(None, 0), (None, 1)]),
    ],
)
def test_a_file_is_played_in_as_many_parts_as_show_all_of_it(corpus, name, parts):
    assert [(each.picture, each.sound) for each in parts_of(probe(corpus(name)))] == parts


def test_of_a_file_with_very_many_cameras_the_first_are_looked_at_and_that_is_said():
    camera = Stream(0, Kind.PICTURE, "h264", width=64, height=48)
    found = Recording(1, "matroska", streams=(camera,) * 400)

    assert len(parts_of(found)) == 16
    assert "The first 16 alone are looked at" in " ".join(decide(found).reasons)
