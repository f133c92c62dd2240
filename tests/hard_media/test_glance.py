"""A recording is seen at a glance: small pictures from all over it, and how loud it is."""

import io

import pytest
from PIL import Image

from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.models import Playing
from forthright.hard_media.services import glance, playing
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.test_playing import a_played_file
from tests.hard_media.test_receiving import signed_in

# Slow: ffmpeg starts for each small picture.
pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOON = given.NOON


def drawn(sent):
    return glance.draw_at_a_glance(sent, by=None, at=NOON)


def test_pictures_and_loudness_are_drawn_once_and_shown(tmp_path):
    sent = a_played_file(media.a_requested_item(), tmp_path)
    for _ in range(2):
        drawn(sent)

    page = as_(media.a_lawyer()).open(f"/recordings/files/{sent.pk}/")

    page.see("At a glance", "0:00:00.042", "its sound: loudness over time")
    assert len(page.tree.xpath("//*[contains(@class, 'app-player__moments')]//a")) == 12
    (sheet,) = page.tree.xpath("//img[contains(@class, 'app-player__sheet')]/@src")
    answer = page.browser.client.get(sheet)
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).size[0] > 900
    assert Event.objects.filter(name="file.drawn").count() == 1
    assert list((storing.store().root / "making").glob("*")) == []


def test_sound_alone_has_no_pictures(tmp_path):
    sent = a_played_file(media.a_requested_item(), tmp_path, "sound.mp3")

    made = drawn(sent)

    assert (made.sheet_sha256, made.sheet_moments) == ("", [])
    assert made.waveform["peaks"]


def test_what_does_not_play_or_was_not_looked_into_is_not_drawn():
    item = media.a_requested_item()
    sent, other = files.a_kept_file(item, content=b"no video"), files.a_kept_file(item)
    playing.make_playable(sent, by=None, at=NOON)

    drawn(sent)
    drawn(other)

    assert Playing.objects.get().drawn_at is None


def test_a_ticket_for_the_pictures_of_one_file_opens_no_other(tmp_path):
    item = media.a_requested_item()
    sent, other = a_played_file(item, tmp_path), files.a_kept_file(item)
    drawn(sent)
    client = signed_in(media.a_lawyer())
    page = client.get(f"/recordings/files/{sent.pk}/").content.decode()
    address = page.partition('app-player__sheet" src="')[2].partition('"')[0]

    elsewhere = client.get(address.replace(f"/files/{sent.pk}/", f"/files/{other.pk}/"))

    assert elsewhere.status_code == 404
