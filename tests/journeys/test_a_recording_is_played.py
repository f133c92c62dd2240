"""What plays, plays in a real browser: as it came or in the copy that was made of it."""

import pytest
import time_machine

from forthright.hard_media.services import playing
from tests import given
from tests.hard_media import files, media

pytestmark = pytest.mark.journey
NOW = given.at("2026-10-05 14:00")
ODD = ["999 call.wav", "h264 of ten bits.mp4", "h264.avi", "h264.mkv", "hevc.mp4", "mjpeg.avi",
       "plain.mp4", "sound.mp3", "two cameras.mkv", "uneven.mkv"]  # fmt: skip
STATE = """(media) => new Promise((tell) => {
  media.addEventListener("error", () => tell(`error ${media.error.code}`));
  media.addEventListener("timeupdate", () => media.currentTime > 0.3 && tell("plays"));
  media.muted = true;
  media.play().catch((fault) => tell(String(fault)));
})"""


@pytest.fixture
def kept(served, settings, tmp_path):
    """Return what makes a kept file of each odd video, looked into."""
    settings.RECORDINGS = tmp_path / "recordings"
    item = media.a_requested_item()

    def keep(name):
        content = files.a_video(tmp_path, name).read_bytes()
        sent = files.a_kept_file(item, content=content, name=name)
        playing.make_playable(sent, by=None, at=NOW)
        return sent

    return keep


def test_every_odd_video_plays_and_stops_frame_by_frame(kept, walk):
    sent = [kept(name) for name in sorted(ODD)]
    with time_machine.travel(NOW, tick=True):
        her = walk(media.a_lawyer().email)
        states = {each.file_name: played(her, each) for each in sent}
        her.page.get_by_label("Speed").select_option("0.5")
        speed = her.page.evaluate("document.querySelector('video, audio').playbackRate")

    assert states == dict.fromkeys(sorted(ODD), "plays")
    assert speed == 0.5


def played(her, sent):
    her.page.goto(f"{her.site}/recordings/files/{sent.pk}/")
    return her.page.locator("video, audio").evaluate(STATE)
