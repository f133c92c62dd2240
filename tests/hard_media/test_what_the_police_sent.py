"""The police read what is known of what came, and keep the way to its other files."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role, Unit
from forthright.hard_media.models import SentFile
from forthright.hard_media.services import hearings, items, receiving, settings
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
HAS_COME = "Nothing. Every recording that force 20 was asked for has come."
LOOKED_AT = "What you sent and is being looked at"


def an_officer():
    person = given.a_person(Role.POLICE_PARTNER, unit=given.a_unit(Unit.Kind.POLICE))
    settings.set_force(person, "20", by=None, at=NOON)
    return person


def sent_by(officer, item):
    """Have a police partner send a first file of a recording, and keep it."""
    browser = as_(officer)
    address = f"/recordings/items/{item.pk}/send/"
    upload = SimpleUploadedFile("camera1.mp4", files.VIDEO)
    browser.client.post(address, {"file": upload}, follow=True)
    receiving.keep_file(SentFile.objects.get(), by=None, at=NOON)
    item.refresh_from_db()
    return browser


def test_nothing_is_said_of_whether_it_plays_that_nobody_has_tried(hearing):
    item = media.a_requested_item(hearing)
    came = items.Came(source="DISC", on=NOON.date())
    items.receive_item(item, came, by=None, at=NOON)

    page = as_(an_officer()).open("/owed/")

    page.see(HAS_COME).not_see("plays.").not_see(LOOKED_AT)


def test_a_second_file_is_sent_from_the_page_until_the_first_is_viewed(hearing):
    item = media.a_requested_item(hearing)
    browser = sent_by(an_officer(), item)

    page = browser.open("/owed/").see(HAS_COME).see(LOOKED_AT)
    (words,) = [each for each in page.links if each.startswith("Send another file of it")]
    assert page.follow(words).address == f"/recordings/items/{item.pk}/send/"

    items.view_item(item, how="All of it.", by=None, at=NOON)
    browser.open("/owed/").see(HAS_COME).not_see(LOOKED_AT)


def test_what_is_asked_for_again_stands_among_what_is_owed_alone(hearing):
    item = media.a_requested_item(hearing)
    browser = sent_by(an_officer(), item)
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON)
    browser.open("/owed/").not_see(HAS_COME).not_see(LOOKED_AT)


def test_what_another_officer_sent_is_theirs_to_go_on_with(hearing):
    sent_by(an_officer(), media.a_requested_item(hearing))
    as_(an_officer()).open("/owed/").see(HAS_COME).not_see(LOOKED_AT)


def test_of_a_closed_case_no_other_file_is_asked(hearing):
    item = media.a_requested_item(hearing)
    browser = sent_by(an_officer(), item)
    hearing.on = NOON.date()
    hearing.save()
    hearings.close_hearing(hearing, "NOT_NEEDED", "A plea of guilty.", by=None, at=NOON)
    browser.open("/owed/").not_see(LOOKED_AT)
