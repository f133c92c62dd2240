"""What plays as it came, and what is done to the rest."""

import pytest

from forthright.rules.media_play import Picture, Play, Probed, how_it_plays


def of(wrapper, *pictures, sounds=("AAC",), is_plain=True):
    made = tuple(Picture(codec=each, is_plain=is_plain) for each in pictures)
    return Probed(wrapper=wrapper, pictures=made, sounds=tuple(sounds))


@pytest.mark.parametrize(
    ("probed", "play"),
    [
        pytest.param(of("MPEG-4", "AVC"), Play.AS_IT_IS, id="H.264 and AAC in MP4"),
        pytest.param(of("MPEG-4", "AVC", sounds=()), Play.AS_IT_IS, id="no sound"),
        pytest.param(of("WebM", "VP9", sounds=["Opus"]), Play.AS_IT_IS, id="WebM"),
        pytest.param(of("MPEG Audio", sounds=["MP3"]), Play.AS_IT_IS, id="a 999 call as MP3"),
        pytest.param(of("Wave", sounds=["PCM"]), Play.AS_IT_IS, id="a call as WAV"),
        pytest.param(of("AVI", "AVC", sounds=["MP3"]), Play.REWRAPPED, id="H.264 in AVI"),
        pytest.param(of("Matroska", "AVC"), Play.REWRAPPED, id="MKV"),
        pytest.param(of("QuickTime", "AVC"), Play.REWRAPPED, id="MOV"),
        pytest.param(of("Matroska", "AVC", sounds=["PCM"]), Play.SOUND_CONVERTED, id="PCM"),
        pytest.param(of("Wave", sounds=["ADPCM"]), Play.SOUND_CONVERTED, id="ADPCM"),
        pytest.param(of("MPEG-4", "HEVC"), Play.CONVERTED, id="HEVC"),
        pytest.param(of("AVI", "JPEG"), Play.CONVERTED, id="MJPEG"),
        pytest.param(of("MPEG-4", "AVC", is_plain=False), Play.CONVERTED, id="ten bits"),
        pytest.param(Probed(wrapper="ZIP"), Play.NOT_AT_ALL, id="no recording"),
        pytest.param(Probed(), Play.NOT_AT_ALL, id="nothing known"),
    ],
)
def test_how_a_recording_plays(probed, play):
    assert how_it_plays(probed).play is play


def test_it_is_said_what_is_in_it_and_what_is_not_shown():
    probed = of("Matroska", "AVC", "AVC", "AVC", sounds=("AAC", "AAC"))

    assert how_it_plays(probed).words == (
        "AVC and AAC in Matroska. The same pictures and sound, put into a file that browsers "
        "open. It holds 3 pictures side by side; the first is shown here. It holds 2 sounds; the "
        "first is heard here."
    )
