"""What ends a share also ends what is on its way: no more of it goes out than was out."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import ShareReceipt
from forthright.hard_media.views.streaming import Ended
from tests.hard_media import links
from tests.hard_media.links import (
    address_of,
    entered,
    given_of,
    shared_by_link,
    source_of,
    that_plays,
)
from tests.hard_media.test_links import (
    expired,
    made_sensitive,
    revoked,
    solicitor_changed,
    withdrawn,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
MIB = 1024 * 1024
LONG = b"\x00\x00\x00\x18ftypmp42" + bytes(24 * MIB)
ENDS = [revoked, made_sensitive, solicitor_changed, expired, withdrawn]


@pytest.fixture
def item(hearing):
    return links.with_a_file(hearing, content=LONG)


@pytest.fixture
def link(hearing, item):
    shared_by_link(hearing, item)
    return hearing.links.get()


def begun(link, item, way):
    """Return the answer that hands out all of a recording, as it plays or to be kept."""
    client = entered(link)
    page = address_of(link, f"recordings/{given_of(item).pk}/")
    if way == "taken out":
        return client.post(f"{page}take-out/", follow=True)
    that_plays(item)
    return client.get(source_of(client, link, given_of(item)))


@pytest.mark.parametrize("way", ["played", "taken out"])
@pytest.mark.parametrize("ends", ENDS)
def test_what_ends_a_share_breaks_off_what_is_going_out(link, item, ends, way):
    parts = iter(begun(link, item, way).streaming_content)
    came = len(next(parts))

    ends(link, item)
    with pytest.raises(Ended):
        for part in parts:
            came += len(part)

    assert came <= 8 * MIB
    assert not ShareReceipt.objects.filter(what="FETCHED").exists()
    broken_off = Event.objects.get(name="share.broken_off_by_link")
    assert broken_off.detail["via"] == link.pk


@pytest.mark.parametrize("way", ["played", "taken out"])
def test_what_still_stands_comes_as_a_whole(link, item, way):
    assert b"".join(begun(link, item, way).streaming_content) == LONG
