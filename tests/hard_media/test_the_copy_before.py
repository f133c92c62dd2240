"""What came before a recording was asked for again stands for it no longer: link, digest, disc."""

import hashlib
from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.hard_media.models import MediaItem
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, items
from forthright.rules.media_rungs import Rung
from forthright.rules.states import MoveNotAllowed
from forthright.rules.words import day_of
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


def on_a_disc(item, at=NOON):
    disc = media.a_disc(at=at)
    carriers.put_on_carrier(disc, [item], by=None, at=at)
    item.refresh_from_db()
    return disc


def test_the_disc_that_was_found_broken_is_no_new_copy(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    item, other = asked_again(item), media.an_expected_item(hearing)

    with time_machine.travel(LATER, tick=False):
        lawyer = media.a_lawyer()
        filling = as_(lawyer).open(f"/recordings/discs/{disc.pk}/contents/?urn={hearing.case.urn}")
        filling.see(f"{item} (on it already)")
        filling.not_see(f"{other} (on it already)")
        waited_for = carriers.put_on_carrier(disc, [item, other], by=lawyer, at=LATER)

    item.refresh_from_db()
    other.refresh_from_db()
    assert waited_for == [item]
    assert (item.state, item.received_at) == ("REQUESTED", None)
    assert (other.state, day_of(other.received_at)) == ("RECEIVED_PHYSICAL", disc.received_on)
    found = ladder_of(hearing, LATER.date())
    steps = next(each.steps for each in found.items if each.item.key == str(item.pk))
    assert Rung.RECEIVED in [each.rung for each in steps if each.reached is False]


def test_the_same_disc_is_no_new_copy_on_the_day_on_which_it_came(hearing):
    item = media.an_expected_item(hearing)
    disc = media.a_disc(received_on=NOON.date())
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    item.refresh_from_db()
    item = asked_again(item, at=NOON + timedelta(hours=1))

    assert carriers.put_on_carrier(disc, [item], by=None, at=NOON + timedelta(hours=2)) == [item]


def test_another_disc_that_came_before_it_was_asked_for_again_holds_the_copy_before(hearing):
    item = asked_again(came_with_a_digest(hearing))
    old = media.a_disc(at=LATER)

    assert carriers.put_on_carrier(old, [item], by=None, at=LATER) == [item]


def test_a_disc_that_comes_after_it_was_asked_for_again_brings_it(hearing):
    item = asked_again(came_with_a_digest(hearing))
    new = media.a_disc(at=LATER + timedelta(hours=1), received_on=LATER.date())

    assert carriers.put_on_carrier(new, [item], by=None, at=LATER + timedelta(hours=1)) == []
    item.refresh_from_db()
    assert item.state == "RECEIVED_PHYSICAL"


def test_what_is_taken_up_again_is_received_from_the_disc_that_is_here(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    items.withdraw_item(item, reason="It is of another case.", by=None, at=NOON)
    item = items.reinstate_item(item, by=None, at=NOON)

    assert carriers.put_on_carrier(disc, [item], by=None, at=NOON) == []


def test_nothing_is_recorded_as_come_on_a_day_before_it_was_asked_for_again(hearing):
    item = asked_again(came_with_a_digest(hearing))

    with pytest.raises(MoveNotAllowed, match="asked for again on 13 October 2026"):
        items.receive_item(
            item, items.Came(source="DISC", on=NOON.date()), by=None, at=LATER
        )  # fmt: skip


def test_the_page_says_what_is_still_waited_for(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    asked_again(item)

    with time_machine.travel(LATER, tick=False):
        page = as_(media.a_lawyer()).open(
            f"/recordings/discs/{disc.pk}/contents/?urn={hearing.case.urn}"
        )
        page.press("Record it", items=[item.pk]).see("the next is still waited for")
    item.refresh_from_db()
    assert item.state == "REQUESTED"
