"""What the police began to send is theirs to finish, also once another file of it was viewed."""

import pytest
import time_machine
from django.test import Client

from forthright.accounts.models import Role
from forthright.hard_media.models import SentFile
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.police import items_asked
from forthright.hard_media.services import items, receiving, settings
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = pytest.mark.django_db
NOON = given.NOON
HALF = 500_000
SECOND = files.VIDEO[::-1]  # what the other camera saw


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def half_sent():
    """An officer with one file kept and another half sent, their speaker and its address."""
    hearing = media.a_hearing(urn="20AB7000126")
    item, officer = media.a_requested_item(hearing), given.a_person(Role.POLICE_PARTNER)
    settings.set_force(officer, "20", by=None, at=NOON)
    client = Client()
    client.force_login(officer)
    speaker = files.Speaker(client, item)
    first, second = (speaker.begin(name=f"camera{each}.mp4").headers["Location"] for each in (1, 2))
    speaker.send(first, files.VIDEO)
    receiving.keep_file(SentFile.objects.get(file_name="camera1.mp4"), by=None, at=NOON)
    speaker.send(second, SECOND[:HALF])
    return hearing, item, officer, speaker, second


def test_whoever_views_the_first_is_told_of_the_part_and_it_goes_on(half_sent):
    hearing, item, officer, speaker, second = half_sent
    page = as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/decide/viewed/")
    page.see("Only a part of camera2.mp4 has come").press("I viewed it", how="All of it.")
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    media.shared(hearing, item)

    assert list(items_asked(officer)) == [item]
    as_(officer).open("/owed/").see("Finish sending")
    assert speaker.offset(second) == HALF
    assert speaker.send(second, SECOND[HALF:], offset=HALF).status_code == 204
    receiving.keep_file(SentFile.objects.get(file_name="camera2.mp4"), by=None, at=NOON)

    assert not items_asked(officer).exists()
    assert set(item.files.values_list("state", flat=True)) == {"KEPT"}
    assert str(ladder_of(hearing, NOON.date()).standing) == "NOT_READY"


def test_nothing_of_a_recording_that_was_withdrawn_is_sent_on(half_sent):
    _, item, officer, speaker, second = half_sent
    items.withdraw_item(item, reason="It is no part of the case.", by=None, at=NOON)

    assert not items_asked(officer).exists()
    assert speaker.ask("HEAD", second).status_code == 403
