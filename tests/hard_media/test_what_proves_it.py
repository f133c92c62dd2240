"""Opened and taken out mean that bytes went to the party: to look at a page proves nothing."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from forthright.audit.models import Event
from forthright.hard_media.models import Playing, PlayingPart, ShareReceipt, ShareRecord
from forthright.hard_media.selectors.links import content_given
from forthright.hard_media.services import links, sharing
from tests.client import as_
from tests.hard_media import files, media
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


def test_what_begins_to_play_opens_it_once_for_each_page(link, item):
    client = entered(link)
    source = source_of(client, link, given_of(that_plays(item)))

    for _ in range(2):
        bytes_of(client.get(source, headers={"Range": "bytes=0-299999"}))

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
    assert (receipts(), opened_on()) == (["TAKEN_PART"], None)
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


def of_parts(item, hows=("AS_IT_IS", "AS_IT_IS")):
    """Say of the one file of a recording that it holds several cameras."""
    playing = Playing.objects.get(sent_file=that_plays(item).files.get())
    for number, how in enumerate(hows, start=1):
        # Each plays from a copy of its own; for a test any kept bytes do.
        PlayingPart.objects.create(
            playing=playing, number=number, picture=number - 1, sound=0, how=how, words="",
            made_at=NOON, viewed_at=NOON, sha256=files.SHA256,
        )  # fmt: skip


def open_part(client, link, item, number):
    page = client.get(page_of(link, item, f"?part={number}"))
    bytes_of(client.get(page.context["content"]))


def note_part(link, item, number, at=NOON):
    part = PlayingPart.objects.get(number=number)
    links.note_opened(content_given(link, given_of(item).pk), by=None, at=at, part=part)


def test_a_file_of_two_cameras_is_opened_once_each_was(link, item):
    of_parts(item)

    note_part(link, item, 1)
    links.note_watched(content_given(link, given_of(item).pk), 3, by=None, at=NOON)
    note_part(link, item, 1)
    assert opened_on() is None
    note_part(link, item, 2)

    assert opened_on() == NOON.date()
    opened = ShareReceipt.objects.filter(what="OPENED")
    assert list(opened.values_list("part", flat=True)) == [1, 1, 2]
    words = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")
    words.see("camera or sound 1", "camera or sound 2")


def test_a_camera_that_does_not_play_here_is_not_waited_for(link, item):
    of_parts(item, ("AS_IT_IS", "NOT_AT_ALL"))

    open_part(entered(link), link, item, 1)

    assert opened_on() == NOON.date()


def test_a_file_of_two_cameras_that_was_taken_out_is_opened(link, item):
    of_parts(item)

    links.note_taken_out(content_given(link, given_of(item).pk), by=None, at=NOON)

    assert opened_on() == NOON.date()


@pytest.mark.parametrize(
    ("numbers", "days"), [((1,), None), ((1, 1), None), ((1, 2), 1), ((1, 2, 2), 1)]
)
def test_what_was_opened_before_is_judged_by_the_record(link, item, numbers, days):
    of_parts(item)
    for later, number in enumerate(numbers):
        note_part(link, item, number, at=NOON + timedelta(days=later))
    # As it was kept before: no receipt said which, and the first one set the day.
    ShareReceipt.objects.update(part=None)
    ShareRecord.objects.update(opened_on=NOON.date(), opened_known="RECEIPT")

    import_module("forthright.hard_media.migrations.0015_places_and_closings").tell_parts_apart(
        apps, None
    )

    receipts = ShareReceipt.objects.order_by("pk").values_list("part", flat=True)
    assert tuple(receipts) == numbers
    assert opened_on() == (days and NOON.date() + timedelta(days=days))
    assert ShareRecord.objects.get().opened_known == ("RECEIPT" if days else "")
