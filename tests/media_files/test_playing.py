"""Copies that play, made from odd videos, with the proof that nothing was changed."""

import pytest

from forthright.media_files.playing import (
    NotMade,
    convert,
    look_into,
    pictures_digest,
    rewrap,
    sound_digest,
    version,
)
from tests.media_files.videos import a_broken_index, a_video

pytestmark = pytest.mark.slow  # ffmpeg is started several times for each


def test_what_is_in_a_file_is_found(tmp_path):
    found = look_into(a_video(tmp_path, "several.mkv"))

    assert (found.wrapper, found.sounds) == ("Matroska", ("AAC",))
    assert found.pictures == (("AVC", True), ("AVC", True))
    assert found.seconds == pytest.approx(2, abs=0.2)
    assert look_into(a_video(tmp_path, "ten_bits.mp4")).pictures == (("AVC", False),)


@pytest.mark.parametrize("name", ["h264.avi", "h264.mkv", "varying.mkv", "several.mkv"])
def test_a_file_that_is_put_into_another_wrapper_has_the_same_frames(tmp_path, name):
    video, copy = a_video(tmp_path, name), tmp_path / "copy.mp4"

    typed = rewrap(video, copy)

    assert pictures_digest(copy) == pictures_digest(video)
    assert sound_digest(copy) == sound_digest(video)
    assert look_into(copy).wrapper == "MPEG-4"
    assert str(tmp_path) not in " ".join(typed)


def test_a_converted_file_has_other_frames_and_what_every_browser_plays(tmp_path):
    video, copy = a_video(tmp_path, "mjpeg.avi"), tmp_path / "copy.mp4"

    convert(video, copy, copies_pictures=False)

    found = look_into(copy)
    assert (found.wrapper, found.pictures, found.sounds) == ("MPEG-4", (("AVC", True),), ("AAC",))
    assert pictures_digest(copy) != pictures_digest(video)


def test_what_cannot_be_read_is_refused_in_words(tmp_path):
    with pytest.raises(NotMade, match=r"moov atom not found|Invalid data"):
        rewrap(a_broken_index(tmp_path), tmp_path / "copy.mp4")


def test_a_list_of_addresses_in_the_guise_of_a_video_reaches_no_network(tmp_path):
    path = tmp_path / "list.m3u8"
    path.write_text("#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/a.ts\n#EXT-X-ENDLIST\n")

    with pytest.raises(NotMade, match=r"whitelist|Invalid data"):
        pictures_digest(path)


def test_the_program_says_which_it_is():
    assert version().startswith("ffmpeg version")
