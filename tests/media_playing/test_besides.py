"""A copy made here holds one picture and one sound: no captions, no data, no words beside them."""

import subprocess

import pytest

from forthright.media_playing.besides import check_bare, held_besides
from forthright.media_playing.cutting import clip, redact
from forthright.media_playing.hiding import Mute, Span
from forthright.media_playing.proving import NotProved
from tests.media_playing.captions import WORDS, a_captioned_video
from tests.media_playing.videos import NOON, ffmpeg

pytestmark = pytest.mark.slow


def captions_of(path):
    """Return the captions as a player writes them out."""
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", f"movie={path.name}[out+subcc]",
               "-map", "0:s", "-f", "srt", "-"]  # fmt: skip
    return subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=path.parent
    ).stdout


@pytest.fixture(scope="module")
def captioned(tmp_path_factory):
    return a_captioned_video(tmp_path_factory.mktemp("captions"))


def test_what_is_muted_cannot_be_read_in_the_captions_of_the_copy(captioned, tmp_path):
    copy = tmp_path / "copy.mp4"
    assert WORDS in captions_of(captioned)

    made = redact(captioned, copy, [Mute(Span(0, 2))], at=NOON, reason="Her name")

    assert captions_of(copy) == ""
    assert made.shown["besides"] == []
    assert held_besides(copy) == []


def test_a_clip_holds_no_captions_either(captioned, tmp_path):
    copy = tmp_path / "clip.mp4"

    clip(captioned, copy, Span(0.1, 1.9), at=NOON, reason="")

    assert captions_of(copy) == ""
    assert held_besides(copy) == []


def test_a_copy_with_captions_is_not_proved_and_not_there(captioned, tmp_path, monkeypatch):
    monkeypatch.setattr("forthright.media_playing.cutting.BARE", [])
    copy = tmp_path / "copy.mp4"

    with pytest.raises(NotProved, match="closed captions"):
        redact(captioned, copy, [Mute(Span(0, 2))], at=NOON, reason="")

    assert not copy.exists()


LINES = "1\n00:00:00,000 --> 00:00:01,000\nMy name is Jane\n"
CHAPTERS = ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=Jane Doe\n"


@pytest.mark.parametrize(
    ("how", "found"),
    [
        (("-i", "words.srt", "-map", "0", "-map", "1", "-c:s", "mov_text"), "subtitles"),
        (("-timecode", "01:00:00:00"), "a timecode"),
        (("-i", "chapters.txt", "-map", "0", "-map_metadata", "1"), "chapters"),
        (("-metadata", "title=Jane Doe"), "tags with words"),
        (("-metadata:s:a", "handler_name=Jane Doe"), "tags with words"),
        (("-i", "cover.jpg", "-map", "0", "-map", "1", "-disposition:v:1", "attached_pic"),
         "a cover picture"),
        (("-map", "0", "-map", "0:a"), "a second sound"),
        (("-bsf:v", "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+Jane"),
         "other data inside its pictures"),
    ],
)  # fmt: skip
def test_whatever_else_a_copy_holds_is_found(corpus, tmp_path, monkeypatch, how, found):
    plain, odd = corpus("plain.mp4"), tmp_path / "odd.mp4"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "words.srt").write_text(LINES)
    (tmp_path / "chapters.txt").write_text(CHAPTERS)
    ffmpeg("-f", "lavfi", "-i", "color=s=32x32", "-frames:v", "1", "cover.jpg")
    ffmpeg("-i", plain, *how, "-c:v", "copy", "-c:a", "copy", odd)

    assert any(found in each for each in held_besides(odd))
    with pytest.raises(NotProved, match="holds more than pictures and sound"):
        check_bare(odd)


@pytest.mark.parametrize("name", ["plain.mp4", "numbered uneven.mp4", "sound.m4a"])
def test_pictures_and_sound_alone_are_nothing_besides(corpus, name):
    check_bare(corpus(name))
