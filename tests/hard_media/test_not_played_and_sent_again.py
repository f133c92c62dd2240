"""What did not play there says nothing of what was sent to the same firm since."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import Playing, ShareContent, ShareRecord
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import items
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.links import (
    NOON,
    UNTIL,
    address_of,
    bytes_of,
    entered,
    shared_by_link,
    source_of,
    that_plays,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
DO = "ask them to take it out"


@pytest.fixture
def failed(link, item):
    """The first share, of which what began to play did not play there."""
    that_plays(item)
    client = entered(link)
    plays(client, link, content_of(link))
    fails(client, link, content_of(link))
    return client


def content_of(link):
    return ShareContent.objects.get(share__in=link.shares.all())


def plays(client, link, content):
    bytes_of(client.get(source_of(client, link, content)))


def fails(client, link, content):
    client.post(address_of(link, f"recordings/{content.pk}/watched/"), {"trouble": "yes"})


def opened():
    return [each.opened_on for each in ShareRecord.objects.order_by("pk")]


def page_of(item):
    return as_(media.a_lawyer(unit=item.unit)).open(f"/recordings/items/{item.pk}/")


def shared_once_more(hearing, item, days=1):
    shared_by_link(hearing, item, until=UNTIL + timedelta(days=days))
    return hearing.links.order_by("pk").last()


def a_new_copy_of(item):
    item = items.request_item(fresh(item), reason="It does not play.", by=None, at=NOON)
    files.a_kept_file(item, content=b"another copy" * 1000)
    item = items.view_item(fresh(item), how="All of it.", by=None, at=NOON)
    return items.classify_item(item, "RELIED_ON", reason="As before.", by=None, at=NOON)


def fresh(item):
    return type(item).objects.get(pk=item.pk)


def test_a_new_copy_that_plays_is_opened_and_nothing_is_asked_for_the_first(hearing, item, failed):
    assert failed
    page_of(item).see("Did not play there", DO)
    item = a_new_copy_of(item)
    new = shared_once_more(hearing, item)
    assert opened() == [None, None]
    page_of(item).see("Did not play there").not_see(DO)

    that_plays_now(new)
    plays(entered(new), new, content_of(new))

    assert opened() == [None, NOON.date()]
    assert not ladder_of(hearing, NOON.date()).is_proved  # the court has not


def that_plays_now(link):
    Playing.objects.create(
        sent_file=content_of(link).file, how="AS_IT_IS", words="", container="mov",
        has_pictures=True, made_at=NOON,
    )  # fmt: skip


def test_the_page_of_the_first_says_nothing_of_the_second(link, item, hearing, failed):
    new = shared_once_more(hearing, item)
    plays(entered(new), new, content_of(new))
    assert opened() == [None, NOON.date()]

    fails(failed, link, content_of(link))

    assert opened() == [None, NOON.date()]
    page_of(item).see("Did not play there").not_see(DO)


def test_one_sent_again_that_does_not_play_there_either_is_asked_for(hearing, item, failed):
    assert failed
    new = shared_once_more(hearing, item)
    client = entered(new)
    plays(client, new, content_of(new))

    fails(client, new, content_of(new))

    assert opened() == [None, None]
    page_of(item).see(DO)
