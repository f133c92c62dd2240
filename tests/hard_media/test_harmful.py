"""Whoever is asked for a recording of which a harmful file came reads that, and what to bring."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile

from forthright.accounts.models import Role, Unit
from forthright.hard_media import storing
from forthright.hard_media.models import SentFile
from forthright.hard_media.services import items, receiving, settings
from forthright.media_files import store as store_of_files
from forthright.media_files.scanning import Finding, Found
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
HOUR = timedelta(hours=1)
AS_IT_CAME = "do not convert it"
WHAT = "Send it from a clean source: harmful software was found in what came"
SAID = "The malware scanner found Eicar in the file that came on 5 October 2026."
ASKED = ("Do not send that file again", "from a clean source", "comes another way")


@pytest.fixture
def item(hearing):
    return media.a_requested_item(hearing)


def an_officer():
    person = given.a_person(Role.POLICE_PARTNER, unit=given.a_unit(Unit.Kind.POLICE))
    settings.set_force(person, "20", by=None, at=NOON)
    return as_(person)


@pytest.fixture
def officer():
    return an_officer()


def sent(browser, item, content=files.VIDEO, *, is_harmful=False, name="cctv.mp4"):
    """Have a police partner send a file, and the scanner look at it."""
    upload = SimpleUploadedFile(name, content)
    browser.client.post(f"/recordings/items/{item.pk}/send/", {"file": upload})
    found = Finding(Found.HARMFUL, "Eicar") if is_harmful else Finding(Found.CLEAN)
    whole = storing.store
    with pytest.MonkeyPatch.context() as patch:
        place = store_of_files.Store(whole().root, None, lambda parts: found)
        patch.setattr(storing, "store", lambda: place)
        kept = receiving.keep_file(SentFile.objects.latest("pk"), by=None, at=NOON)
    item.refresh_from_db()
    return kept


def test_it_is_said_what_was_found_and_how_to_bring_it(item, officer):
    kept = sent(officer, item, is_harmful=True)

    assert (item.state, kept.harm) == ("QUARANTINED", "Eicar")
    officer.open("/owed/").see(WHAT, SAID, *ASKED).not_see("could not be kept")
    page = officer.open(f"/recordings/items/{item.pk}/send/")
    page.see(SAID, *ASKED, "not the file that came before").not_see(AS_IT_CAME)


def test_another_of_the_force_reads_what_is_asked(item, officer):
    sent(officer, item, is_harmful=True)

    other = an_officer()
    other.open("/owed/").see(WHAT).not_see("cctv.mp4")
    other.open(f"/recordings/items/{item.pk}/send/").see(SAID).not_see(AS_IT_CAME, "cctv.mp4")


def test_chased_it_is_asked_for_from_a_clean_source_still(item, officer):
    sent(officer, item, is_harmful=True)
    items.request_item(item, reason="It has not come.", by=None, at=NOON + HOUR)

    with time_machine.travel(NOON + 2 * HOUR, tick=False):
        officer.open("/owed/").see(WHAT)
        officer.open(f"/recordings/items/{item.pk}/send/").see(SAID).not_see(AS_IT_CAME)


def test_what_came_clean_since_ends_it(item, officer):
    sent(officer, item, b"harm", is_harmful=True)
    sent(officer, item)
    assert item.state == "VERIFIED"
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON + HOUR)

    with time_machine.travel(NOON + 2 * HOUR, tick=False):
        officer.open("/owed/").see("Send it").not_see(WHAT)
        officer.open(f"/recordings/items/{item.pk}/send/").see(AS_IT_CAME).not_see(SAID)


def test_its_player_that_comes_since_ends_nothing(item, officer):
    sent(officer, item, b"harm", is_harmful=True)
    player = sent(officer, item, b"MZ player", name="player.exe")

    assert (player.state, item.state) == ("PROGRAM", "QUARANTINED")
    an_officer().open("/owed/").see(WHAT)
    page = officer.open(f"/recordings/items/{item.pk}/send/")
    page.see(SAID, *ASKED).not_see(AS_IT_CAME)


def test_what_is_refused_for_another_reason_since_ends_nothing(item, officer):
    sent(officer, item, b"harm", is_harmful=True)
    files.a_whole_file(item)
    lost = SentFile.objects.latest("pk")
    storing.store().give_up(lost.incoming)
    assert "gone from the disk" in receiving.keep_file(lost, by=None, at=NOON).refusal

    officer.open("/owed/").see(WHAT)


def test_beside_one_that_is_clean_its_sender_reads_it_too(item, officer):
    sent(officer, item)
    sent(officer, item, b"harm", is_harmful=True)

    assert item.state == "VERIFIED"
    officer.open("/owed/").see("not kept", SAID, *ASKED)


def test_one_that_could_not_be_kept_otherwise_is_asked_for_as_it_came(item, officer):
    whole = files.a_whole_file(item)
    storing.store().give_up(whole.incoming)
    receiving.keep_file(whole, by=None, at=NOON)

    officer.open("/owed/").see("what came could not be kept").not_see(WHAT)
    officer.open(f"/recordings/items/{item.pk}/send/").see(AS_IT_CAME).not_see("malware scanner")


BEFORE = [
    ("The malware scanner found Eicar in the file. It lies in quarantine and nobody", "Eicar"),
    ("The malware scanner found something in it. It lies in quarantine and is not", "something"),
    ("It is gone from the disk. Send it again.", ""),
]


@pytest.mark.parametrize(("refusal", "harm"), BEFORE)
def test_what_was_found_before_this_was_kept_apart_is_read_from_its_words(item, refusal, harm):
    kept = files.a_whole_file(item)
    SentFile.objects.filter(pk=kept.pk).update(state="REFUSED", refusal=refusal)

    import_module("forthright.hard_media.migrations.0057_harm").read_what_was_found(apps, None)

    kept.refresh_from_db()
    assert kept.harm == harm
