"""Whoever sent what does not play reads that it came, when, and what is wrong with it."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role, Unit
from forthright.hard_media.models import SentFile
from forthright.hard_media.services import items, playing, receiving, settings
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
AS_IT_CAME = "do not convert it"
WHY = "It does not play here. "
SENT = ("interview.bin", "again.bin")
FOUND = "This is no recording that we can read."


@pytest.fixture
def item(hearing):
    return media.a_requested_item(hearing)


@pytest.fixture
def browser():
    person = given.a_person(Role.POLICE_PARTNER, unit=given.a_unit(Unit.Kind.POLICE))
    settings.set_force(person, "20", by=None, at=NOON)
    return as_(person)


def sent(browser, item, name, content):
    """Have a police partner send a file, and the worker keep it and look into it."""
    upload = SimpleUploadedFile(name, content)
    browser.client.post(f"/recordings/items/{item.pk}/send/", {"file": upload})
    kept = receiving.keep_file(SentFile.objects.latest("pk"), by=None, at=NOON)
    playing.make_playable(kept, by=None, at=NOON)
    item.refresh_from_db()
    return kept


def test_each_file_that_came_is_named_with_its_time_and_what_is_wrong(browser, item):
    sent(browser, item, "interview.bin", b"one that needs a player" * 9)
    sent(browser, item, "again.bin", b"another" * 9)

    assert item.state == "UNPLAYABLE"
    said = [f"{name}, 5 October 2026, midday: kept. {WHY}{FOUND}" for name in SENT]
    browser.open("/owed/").see("Send it in a format that plays", *said)
    page = browser.open(f"/recordings/items/{item.pk}/send/")
    page.see(*said, "In a format that plays, such as MP4").not_see(AS_IT_CAME)


def test_what_is_to_be_done_is_said_to_whoever_sends_it_and_not_to_whoever_asks(browser, item):
    kept = sent(browser, item, "interview.bin", b"one that needs a player" * 9)

    browser.open("/owed/").see("If it needs a player of its own, send that player with it").not_see(
        "ask for that player"
    )
    unit = as_(media.a_lawyer()).open(f"/recordings/files/{kept.pk}/")
    unit.see("ask for that player or for the recording in a common kind of file (MP4)")


def test_an_archive_is_said_to_be_one_to_the_police_and_the_unit(browser, item):
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("clip.mp4", b"as it came" * 9)
    kept = sent(browser, item, "clips.zip", packed.getvalue())

    said = ("This is an archive (ZIP)", "to be sent unpacked, each by itself")
    browser.open("/owed/").see("clips.zip", *said).not_see("player")
    as_(media.a_lawyer()).open(f"/recordings/files/{kept.pk}/").see(*said).not_see("player of its")


def test_of_one_that_was_tried_by_hand_that_is_said(browser, item):
    kept = sent(browser, item, "interview.bin", b"one that needs a player" * 9)
    kept.playing.delete()

    browser.open("/owed/").see(f"{WHY}Somebody tried it by hand")


def test_one_that_was_asked_for_as_it_is_comes_as_it_is(browser, item):
    browser.open(f"/recordings/items/{item.pk}/send/").see(AS_IT_CAME).not_see(WHY)


def test_asked_for_again_as_it_did_not_play_it_is_asked_in_another_format(browser, item):
    sent(browser, item, "interview.bin", b"one that needs a player" * 9)
    items.request_item(item, reason="It needs a player.", by=None, at=NOON)

    browser.open(f"/recordings/items/{item.pk}/send/").not_see(AS_IT_CAME)
    browser.open("/owed/").not_see("interview.bin")


def test_chased_it_is_asked_in_another_format_still(browser, item):
    sent(browser, item, "interview.bin", b"one that needs a player" * 9)
    for reason in ("It needs a player.", "It has not come yet."):
        items.request_item(item, reason=reason, by=None, at=NOON)
        item.refresh_from_db()

    browser.open(f"/recordings/items/{item.pk}/send/").not_see(AS_IT_CAME)


def test_asked_for_anew_after_another_copy_came_it_is_asked_for_as_it_comes(browser, item):
    sent(browser, item, "interview.bin", b"one that needs a player" * 9)
    items.request_item(item, reason="It needs a player.", by=None, at=NOON)
    receiving.keep_file(files.a_whole_file(item), by=None, at=NOON)
    item.refresh_from_db()
    for reason in ("The sound is missing.", "It has not come yet."):
        items.request_item(item, reason=reason, by=None, at=NOON)
        item.refresh_from_db()

    browser.open(f"/recordings/items/{item.pk}/send/").see(AS_IT_CAME)


def test_taken_up_again_it_is_asked_for_as_it_comes(browser, item):
    sent(browser, item, "interview.bin", b"one that needs a player" * 9)
    items.request_item(item, reason="It needs a player.", by=None, at=NOON)
    items.withdraw_item(item, reason="Not needed.", by=None, at=NOON)
    items.reinstate_item(item, by=None, at=NOON)
    items.request_item(item, by=None, at=NOON)

    browser.open(f"/recordings/items/{item.pk}/send/").see(AS_IT_CAME)


def test_another_officer_reads_no_name_of_it(browser, item):
    sent(browser, item, "interview.bin", b"one that needs a player" * 9)
    other = given.a_person(Role.POLICE_PARTNER, unit=given.a_unit(Unit.Kind.POLICE))
    settings.set_force(other, "20", by=None, at=NOON)

    as_(other).open("/owed/").see("Send it in a format that plays").not_see("interview.bin", WHY)
