"""Opened and taken out mean that bytes went to the party: to look at a page proves nothing."""

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import Playing, ShareReceipt, ShareRecord
from forthright.hard_media.selectors.links import content_given
from forthright.hard_media.services import links, sharing
from tests.hard_media import files
from tests.hard_media.files import VIDEO
from tests.hard_media.links import (
    NOON,
    address_of,
    bytes_of,
    entered,
    given_of,
    source_of,
    that_plays,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def receipts():
    return list(ShareReceipt.objects.values_list("what", flat=True))


def opened_on():
    return ShareRecord.objects.get().opened_on


def page_of(link, item, more=""):
    return address_of(link, f"recordings/{given_of(item).pk}/{more}")


def asked_to_take_out(client, link, item):
    """Press Take it out, and return where the bytes are."""
    answer = client.post(page_of(link, item, "take-out/"))
    assert answer.status_code == 302
    return answer.url


@pytest.mark.parametrize(
    ("how", "words"),
    [
        (None, "Nobody knows yet whether this file plays here"),
        ("NOT_AT_ALL", "This file does not play here"),
        ("AS_IT_IS", "Your name and address lie over the picture"),
    ],
)
def test_a_page_that_was_looked_at_is_in_the_record_and_opens_nothing(link, item, how, words):
    if how:
        Playing.objects.create(sent_file=item.files.get(), how=how, words="", made_at=NOON)

    page = entered(link).get(page_of(link, item)).content.decode()

    assert words in page
    assert (receipts(), opened_on()) == ([], None)
    assert Event.objects.get(name="share.looked_at_by_link").detail["via"] == link.pk


def test_the_first_bytes_that_play_open_it_once_for_each_page(link, item):
    client = entered(link)
    source = source_of(client, link, given_of(that_plays(item)))

    for _ in range(2):
        bytes_of(client.get(source, headers={"Range": "bytes=0-99"}))

    assert receipts() == ["OPENED"]
    assert opened_on() == NOON.date()


def test_a_press_alone_takes_nothing_out(link, item):
    client = entered(link)

    asked_to_take_out(client, link, item)

    assert (receipts(), opened_on()) == ([], None)
    assert Event.objects.filter(name="share.asked_to_take_out_by_link").count() == 1


def test_a_file_that_went_to_its_end_was_taken_out_and_opened(link, item):
    client = entered(link)
    source = asked_to_take_out(client, link, item)

    assert bytes_of(client.get(source)) == VIDEO

    assert [(each.what, each.sha256) for each in ShareReceipt.objects.all()] == [
        ("TAKEN_OUT", files.SHA256)
    ]
    assert opened_on() == NOON.date()


def test_what_was_broken_off_is_taken_out_once_the_rest_came_too(link, item):
    client = entered(link)
    source, half = asked_to_take_out(client, link, item), len(VIDEO) // 2

    for _ in range(2):
        bytes_of(client.get(source, headers={"Range": f"bytes=0-{half}"}))
    assert receipts() == []
    bytes_of(client.get(source, headers={"Range": f"bytes={half}-"}))

    assert receipts() == ["TAKEN_OUT"]


@pytest.mark.parametrize("way", ["played", "taken out"])
def test_several_parts_at_once_leave_the_same_receipts_as_the_whole(link, item, way):
    client = entered(link)
    if way == "played":
        source, left = source_of(client, link, given_of(that_plays(item))), ["OPENED", "FETCHED"]
    else:
        source, left = asked_to_take_out(client, link, item), ["TAKEN_OUT"]
    several = f"bytes=0-{len(VIDEO) // 2},{len(VIDEO) // 2 + 9}-,{len(VIDEO) // 2 + 2}-"

    assert bytes_of(client.get(source, headers={"Range": several})) == VIDEO

    assert receipts() == left


def test_what_went_as_it_was_taken_back_leaves_its_receipt_and_proves_nothing(link, item):
    got = content_given(link, given_of(item).pk)
    sharing.revoke_share(link.shares.get(), reason="To the wrong firm.", by=None, at=NOON)

    links.note_taken_out(got, by=None, at=NOON)

    assert (receipts(), opened_on()) == (["TAKEN_OUT"], None)
