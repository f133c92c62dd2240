"""Small pictures of a recording, and the drawing of its sound."""

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from forthright.media_playing.probing import probe
from forthright.media_playing.programs import Stopped
from forthright.media_playing.stills import contact_sheet, moments_of, still
from forthright.media_playing.waveform import drawing_of, waveform_of
from tests.media_playing.videos import ffmpeg

pytestmark = pytest.mark.slow  # ffmpeg starts for each small picture


def picture(jpeg):
    return Image.open(io.BytesIO(jpeg))


def test_a_still_is_the_frame_at_that_time(tmp_path):
    film = tmp_path / "film.mp4"
    ffmpeg("-f", "lavfi", "-i", "color=red:s=64x48:d=1", "-f", "lavfi", "-i",
           "color=blue:s=64x48:d=1", "-filter_complex", "concat=n=2:v=1", "-pix_fmt", "yuv420p",
           film)  # fmt: skip

    first, second = picture(still(film, 0, 0.5)), picture(still(film, 0, 1.5))

    assert first.getpixel((10, 10))[0] > 200 > first.getpixel((10, 10))[2]
    assert second.getpixel((10, 10))[2] > 200 > second.getpixel((10, 10))[0]


def test_a_turned_recording_is_shown_upright(corpus):
    across, down = picture(still(corpus("rotated.mp4"), 0, 0.1)).size

    assert across < down


def test_a_sheet_has_pictures_from_all_over(corpus):
    sheet = contact_sheet(corpus("plain.mp4"), probe(corpus("plain.mp4")), count=6)

    assert sheet.moments == moments_of(1.0, 6)
    assert picture(sheet.jpeg).size == (4 * 240 + 3 * 4, 2 * 180 + 4)


@pytest.mark.parametrize("name", ["end missing.mp4", "h264.avi", "hevc.mp4", "uneven.mkv"])
def test_a_sheet_leaves_out_what_cannot_be_read(corpus, name):
    sheet = contact_sheet(corpus(name), probe(corpus(name)), count=3)

    assert 1 <= len(sheet.moments) <= 3
    assert picture(sheet.jpeg).format == "JPEG"


def test_what_holds_no_picture_is_refused_in_words(corpus):
    with pytest.raises(Stopped, match="No picture"):
        still(corpus("plain.mp4"), 0, 99.0)


def test_the_waveform_shows_where_it_is_loud(tmp_path):
    sound = tmp_path / "sound.wav"
    loud = "aevalsrc='0.8*sin(2*PI*440*t)*between(t,1,2)':d=3:s=44100"
    ffmpeg("-f", "lavfi", "-i", loud, sound)

    wave = waveform_of(sound, 0)

    assert (wave.seconds, wave.per_second, len(wave.peaks)) == (3.0, 20.0, 60)
    assert max(wave.peaks[:19]) < 0.02
    assert min(wave.peaks[22:38]) > 0.7
    assert max(wave.peaks[42:]) < 0.02
    assert not wave.is_silent


def test_sound_that_begins_late_stands_where_it_is_heard(corpus):
    wave = waveform_of(corpus("late sound.mkv"), 1)

    assert max(wave.peaks[:7]) == 0
    assert min(wave.peaks[9:20]) > 0.1


def test_a_long_sound_has_no_more_peaks_than_it_may(corpus):
    wave = waveform_of(corpus("sound.mp3"), 0, most=5)

    assert len(wave.peaks) <= 5
    assert wave.as_table()["seconds"] == pytest.approx(1.0, abs=0.1)


def test_a_silent_sound_says_so(tmp_path):
    quiet = tmp_path / "quiet.wav"
    ffmpeg("-f", "lavfi", "-i", "anullsrc", "-t", "1", quiet)

    wave = waveform_of(quiet, 0)

    assert wave.is_silent
    assert "silent throughout" in drawing_of(wave, "The 999 call")


def test_the_drawing_is_a_whole_picture_with_a_title(corpus):
    wave = waveform_of(corpus("plain.mp4"), 1)

    drawn = ElementTree.fromstring(drawing_of(wave, "Camera 1 <front> & back"))

    assert drawn.attrib["role"] == "img"
    assert drawn[0].text == "Camera 1 <front> & back: loudness over time"
    assert drawn[1].attrib["d"].count("M") == len(wave.peaks)
