"""What came before a recording was asked for again stands for it no longer: link, digest, disc."""

import hashlib
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.hard_media.models import MediaItem
from forthright.hard_media.services import items
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
LINK = "https://dems.example/first"
FIRST, SECOND = b"the first copy", b"another, with its sound"
LATER = NOON + timedelta(days=8)
MIGRATION = import_module("forthright.hard_media.migrations.0020_how_each_copy_came")


def digest(content):
    return hashlib.sha256(content).hexdigest()


def came_with_a_digest(hearing, declared=FIRST):
    item = media.a_requested_item(hearing)
    came = items.Came(
        source="DEMS", on=NOON.date(), link=LINK, declared_hash=digest(declared),
        link_expires_on=NOON.date() + timedelta(days=20),
    )  # fmt: skip
    return items.receive_item(item, came, by=None, at=NOON)


def asked_again(item, at=LATER):
    return items.request_item(item, reason="The sound is missing.", by=None, at=at)


def page_of(item):
    return as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/")


def test_a_digest_declared_of_the_copy_before_says_nothing_of_the_next(hearing):
    item = came_with_a_digest(hearing)
    files.a_kept_file(item, content=FIRST, name="one.mp4")
    page_of(item).see("what came is what was sent")
    with time_machine.travel(LATER, tick=False):
        asked_again(item)
        files.a_kept_file(item, content=SECOND, name="two.mp4")
        item.refresh_from_db()

        assert (item.link, item.link_expires_on, item.declared_hash) == ("", None, "")
        page = page_of(item)
    page.not_see("what came is what was sent")
    page.see(LINK, digest(FIRST), "until")


def test_what_is_withdrawn_and_taken_up_again_has_no_link_of_before(hearing):
    item = came_with_a_digest(hearing)
    items.withdraw_item(item, reason="It is of another case.", by=None, at=NOON)
    item = items.reinstate_item(item, by=None, at=NOON)

    assert (item.link, item.declared_hash) == ("", "")


def test_each_step_keeps_how_the_recording_came_then(hearing):
    item = asked_again(came_with_a_digest(hearing))
    again = items.Came(source="DEMS", on=LATER.date(), link=LINK + "2")
    items.receive_item(item, again, by=None, at=LATER)

    kept = item.steps.filter(event="RECEIVE_LINK").values_list("link", "declared_hash")
    assert list(kept) == [(LINK, digest(FIRST)), (LINK + "2", "")]


def test_of_two_files_it_is_said_that_one_has_the_digest(hearing):
    item = came_with_a_digest(hearing)
    files.a_kept_file(item, content=FIRST, name="one.mp4")
    files.a_kept_file(item, content=SECOND, name="two.mp4")

    page = page_of(item)

    page.see("1 of 2 files that are kept here has it")
    page.not_see("what came is what was sent")


def test_a_file_that_was_replaced_is_not_compared(hearing):
    item = came_with_a_digest(hearing)
    files.a_kept_file(item, content=FIRST, name="one.mp4")
    with time_machine.travel(LATER, tick=False):
        item = asked_again(MediaItem.objects.get(pk=item.pk))
        came = items.Came(
            source="DEMS", on=LATER.date(), link=LINK, declared_hash=digest(FIRST)
        )  # fmt: skip
        items.receive_item(item, came, by=None, at=LATER)
        page_of(item).see("It is compared once a file of the recording is kept.")
        files.a_kept_file(item, content=SECOND, name="two.mp4")
        page_of(item).see("not what the sender says was sent")


@pytest.mark.parametrize(("is_asked", "stands"), [(False, LINK), (True, "")])
def test_of_what_was_recorded_before_steps_kept_it_each_stands_where_it_belongs(
    hearing, is_asked, stands
):
    item = came_with_a_digest(hearing)
    if is_asked:
        asked_again(item)
    item.steps.update(link="", declared_hash="", link_expires_on=None)
    MediaItem.objects.update(link=LINK, declared_hash=digest(FIRST))

    MIGRATION.keep_with_the_step(apps, None)

    item.refresh_from_db()
    assert item.link == stands
    came = item.steps.get(event="RECEIVE_LINK")
    assert (came.link, came.declared_hash) == (LINK, digest(FIRST))

    MIGRATION.put_back(apps, None)

    item.refresh_from_db()
    assert (item.link, item.declared_hash) == (LINK, digest(FIRST))
