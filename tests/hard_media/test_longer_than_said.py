"""A file longer than was said is never kept, and a proxy that lets only POST through is served."""

import io

import pytest
from django.test import Client

from forthright.audit.models import Event
from forthright.hard_media import storing
from forthright.hard_media.models import SentFile
from forthright.hard_media.services import receiving
from forthright.media_files.incoming import TooMuch
from forthright.media_files.sources import ReadSource
from forthright.media_files.store import NotWhole
from tests import given
from tests.hard_media import files, media

pytestmark = pytest.mark.django_db
NOON = given.NOON
State = SentFile.State


def state_of(item):
    item.refresh_from_db()
    return item.state


def speaker_for(item):
    client = Client()
    client.force_login(media.a_lawyer(unit=item.unit))
    return files.Speaker(client, item)


def test_a_file_of_which_more_came_than_was_said_is_never_found_whole():
    item = media.a_requested_item()
    sent = files.a_begun_file(item, of=1000)
    with pytest.raises(TooMuch):
        storing.store().incoming(sent.incoming).take(
            ReadSource(io.BytesIO(b"V" * 1500).read), offset=0
        )

    assert receiving.find_whole_files(by=None, at=NOON) == 0
    with pytest.raises(NotWhole):
        receiving.keep_file(sent, by=None, at=NOON)

    sent.refresh_from_db()
    assert (sent.state, state_of(item)) == (State.ARRIVING, "REQUESTED")


def test_tus_gives_up_a_file_of_which_more_comes_than_was_said():
    item = media.a_requested_item()
    speaker = speaker_for(item)
    place = speaker.begin(1000).headers["Location"]
    speaker.send(place, b"V" * 400)

    refused = speaker.send(place, b"V" * 1100, offset=400)

    assert (refused.status_code, b"from its beginning" in refused.content) == (413, True)
    assert (item.files.get().state, state_of(item)) == (State.GIVEN_UP, "REQUESTED")
    assert speaker.ask("HEAD", place).status_code == 404
    assert Event.objects.filter(name="file.given_up").count() == 1


def test_tus_is_understood_where_a_proxy_lets_only_post_through():
    item = media.a_requested_item()
    speaker = speaker_for(item)
    place, other = (speaker.begin().headers["Location"] for _ in range(2))

    part = speaker.post_as("PATCH", place, files.VIDEO[:1000], Upload_Offset="0")

    assert (part.status_code, part.headers["Upload-Offset"]) == (204, "1000")
    assert speaker.post_as("HEAD", place).headers["Upload-Offset"] == "1000"
    speaker.post_as("PATCH", place, files.VIDEO[1000:], Upload_Offset="1000")
    assert speaker.post_as("DELETE", other).status_code == 204
    assert [each.state for each in item.files.order_by("pk")] == [State.WHOLE, State.GIVEN_UP]


@pytest.mark.parametrize("verb", ["", "POST", "GET"])
def test_tus_refuses_a_post_that_says_nothing_else(verb):
    item = media.a_requested_item()
    speaker = speaker_for(item)
    place = speaker.begin().headers["Location"]

    refused = speaker.post_as(verb, place, b"four", Upload_Offset="0")

    assert (refused.status_code, refused.content) == (405, b"This cannot be done here.")
    assert speaker.offset(place) == 0
