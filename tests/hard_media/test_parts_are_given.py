"""Whoever gets a file with several cameras or sounds sees and hears each of them."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.models import PlayingPart, ShareLink, ShareReceipt
from forthright.hard_media.services import items, playing
from tests.hard_media import files, media
from tests.hard_media.links import (
    NOON,
    address_of,
    bytes_of,
    entered,
    given_of,
    shared_by_link,
)
from tests.media_playing.videos import Corpus

# Slow: ffmpeg is started several times for each.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.slow,
    pytest.mark.usefixtures("at_noon"),
]


@pytest.fixture(scope="module")
def two_cameras(tmp_path_factory):
    return Corpus(tmp_path_factory.mktemp("parts"))("two cameras.mkv").read_bytes()


@pytest.fixture
def given(two_cameras):
    """Return what was given of a file with two cameras, and the browser of whoever got it."""
    hearing = media.a_hearing(urn="20AB7100126")
    item = media.a_requested_item(hearing, exhibit="DM/1")
    kept = files.a_kept_file(item, content=two_cameras, name="yard.mkv")
    playing.make_playable(kept, by=None, at=NOON)
    items.view_item(item, how="All of it.", by=None, at=NOON)
    item = items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    shared_by_link(hearing, item)
    link = ShareLink.objects.get()
    return given_of(item), entered(link), link


def parts():
    return list(PlayingPart.objects.all())


def page(given, number=None):
    content, client, link = given
    more = f"?part={number}" if number else ""
    return client.get(address_of(link, f"recordings/{content.pk}/{more}"))


def test_the_page_leads_to_each_and_each_plays_as_itself(given):
    words = page(given).content.decode()
    assert "Shown here: <strong>Camera 1</strong>, 1 of 3" in words
    assert "Camera 1 with sound 2" in words
    assert "viewed" not in words

    played = [
        bytes_of(given[1].get(page(given, each.number).context["content"])) for each in parts()
    ]

    shelf = storing.store().shelf
    assert played == [shelf.path_of(each.sha256).read_bytes() for each in parts()]
    opened = Event.objects.filter(name="share.opened_by_link").order_by("pk")
    assert [each.detail["part"] for each in opened] == [1, 2, 3]


def test_one_camera_and_half_of_another_are_not_all_of_either(given):
    first, second = (page(given, number).context["content"] for number in (1, 2))
    sizes = [storing.store().shelf.size(each.sha256) for each in parts()]
    client = given[1]

    def fetch(source, start, end):
        bytes_of(client.get(source, headers={"Range": f"bytes={start}-{end - 1}"}))

    fetch(first, 0, sizes[0] // 2)
    fetch(second, sizes[0] // 2, sizes[1])
    assert not ShareReceipt.objects.filter(what="FETCHED").exists()

    fetch(second, 0, sizes[0] // 2)

    assert ShareReceipt.objects.filter(what="FETCHED").count() == 1


def test_a_ticket_for_another_camera_or_file_opens_nothing(given):
    client = given[1]
    address = page(given, 3).context["content"]
    PlayingPart.objects.filter(number=3).delete()

    assert client.get(address).status_code == 404
    assert "1 of 2" in page(given, 3).content.decode()
