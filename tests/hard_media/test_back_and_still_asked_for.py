"""A disc that is back after its recording was asked for again: both pages say so, and lead on."""

from datetime import timedelta

import pytest
import time_machine

from forthright.hard_media.models import Carried
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, items, losses
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def tomorrow():
    with time_machine.travel(TOMORROW, tick=False):
        yield


@pytest.fixture
def item(hearing):
    return media.an_expected_item(hearing)


@pytest.fixture
def disc(item):
    disc = media.a_disc(at=NOON)
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    return disc


def asked_again(item):
    item.refresh_from_db()
    items.request_item(item, reason="It is not here.", by=None, at=NOON + timedelta(hours=2))


def returned(disc):
    to = carriers.Hands(Receiver.POLICE, "PC 1", last_copy_because="They keep the original.")
    carriers.end_carrier(
        disc, CarrierEvent.RETURN, to=to, on=NOON.date(), by=None, at=NOON + timedelta(hours=1)
    )


def test_one_that_was_not_returned_after_all(item, disc, hearing):
    returned(disc)
    asked_again(item)
    browser = as_(media.a_lawyer())
    page = browser.open(f"/recordings/discs/{disc.pk}/").not_see("is still asked for")

    page = browser.open(f"/recordings/discs/{disc.pk}/not-ended/")
    page = page.press("It was not", reason="It lay beside.")

    page.see(f"{item} is recorded as on it, and is still asked for.")
    of_item = browser.open(f"/recordings/items/{item.pk}/")
    of_item.see(f"It is still asked for, and {disc}, which it is recorded as on, is here.")
    assert of_item.follow(f"Record that it came on {disc.barcode}").button("It came") is not None
    form = page.follow(f"Record that {item} came on it")
    form.press("It came").see("It is recorded.").not_see("It is still")
    item.refresh_from_db()
    assert (item.state, item.source) == ("RECEIVED_PHYSICAL", "DISC")
    assert Carried.objects.get().taken_at == TOMORROW
    assert ladder_of(hearing, TOMORROW.date()).items[0].steps[0].reached
    browser.open(f"/recordings/discs/{disc.pk}/").not_see("is still asked for")


def test_one_that_was_lost_and_found(item, disc):
    lost = losses.Lost(noticed_on=NOON.date(), how_known="It is gone.", had_last="PC 1")
    losses.record_loss(disc, lost, by=None, at=NOON + timedelta(hours=1))
    asked_again(item)

    page = (
        as_(media.a_lawyer())
        .open(f"/recordings/discs/{disc.pk}/found/")
        .press("Record that it was found", to_kind="UNIT", location="Shelf 9", reason="In a box.")
    )

    page.see("is recorded as on it, and is still asked for.")


def test_nothing_is_said_of_one_that_is_elsewhere_or_holds_what_came(item, disc):
    browser = as_(media.a_lawyer())
    browser.open(f"/recordings/discs/{disc.pk}/").not_see("and is still")
    to = carriers.Hands(Receiver.POLICE, "PC 1", last_copy_because="They keep the original.")
    carriers.hand_over(disc, to, by=None, at=NOON + timedelta(hours=1))
    asked_again(item)

    browser.open(f"/recordings/discs/{disc.pk}/").not_see("and is still")
    browser.open(f"/recordings/items/{item.pk}/").not_see("which it is recorded as on")
