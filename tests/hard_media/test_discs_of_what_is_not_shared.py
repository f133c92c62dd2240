"""What may be shared with nobody goes to no party on a disc or stick either."""

import pytest

from forthright.hard_media.models import Carrier, HandOver, MediaItem
from forthright.hard_media.selectors.discs import misplaced
from forthright.hard_media.services import carriers, items
from forthright.rules.media_hands import PARTIES, Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
OTHERS = [each for each in Receiver if each not in PARTIES]
NAMES = {Receiver.DEFENCE: "Hale LLP", Receiver.COURT: "Court 3", Receiver.COUNSEL: "Ms Aske"}


def a_disc_with(*recordings):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, recordings, by=None, at=NOON)
    return disc


def not_relevant(item):
    return items.classify_item(item, "NOT_RELEVANT", reason="A stranger.", by=None, at=NOON)


def withdrawn(item):
    return items.withdraw_item(item, reason="Of another case.", by=None, at=NOON)


def handed(disc, kind):
    why = "They draw the map." if kind is Receiver.OTHER else ""
    to = carriers.Hands(kind, NAMES.get(kind, "Malvern"), named_because=why)
    return carriers.hand_over(disc, to, by=None, at=NOON)


FOUND = [(not_relevant, "not relevant"), (withdrawn, "withdrawn")]


@pytest.mark.parametrize(("found", "words"), FOUND)
@pytest.mark.parametrize("kind", PARTIES)
def test_it_goes_to_no_party_by_any_act_and_is_named(hearing, found, words, kind):
    item = media.a_classified_item(hearing)
    disc = a_disc_with(media.a_classified_item(hearing), item)
    found(item)

    with pytest.raises(carriers.CarrierRefused, match=f"no party: {item.exhibit} .{words}.\\."):
        handed(disc, kind)
    for event in (CarrierEvent.RETURN, CarrierEvent.DESTROY):
        to = carriers.Hands(kind, NAMES[kind])
        with pytest.raises(carriers.CarrierRefused, match="may be shared with no party"):
            carriers.end_carrier(disc, event, to=to, on=NOON.date(), by=None, at=NOON)

    assert HandOver.objects.count() == 1


@pytest.mark.parametrize(("found", "words"), FOUND)
@pytest.mark.parametrize("kind", OTHERS)
def test_whoever_is_no_party_gets_it(hearing, found, words, kind):
    item = media.a_classified_item(hearing)
    disc = a_disc_with(item)
    found(item)

    handed(disc, kind)

    assert not misplaced(Carrier.objects.all(), disc.area).exists()


# What is unused goes to the court by a decision alone, see `test_unused_for_the_court.py`.
GOES = [*(("RELIED_ON", each) for each in PARTIES),
        *(("UNUSED", each) for each in PARTIES if each != Receiver.COURT)]  # fmt: skip


@pytest.mark.parametrize(("kind", "party"), GOES)
def test_what_may_be_shared_goes(hearing, kind, party):
    disc = a_disc_with(media.a_classified_item(hearing, kind=kind))

    handed(disc, party)

    assert not misplaced(Carrier.objects.all(), disc.area).exists()


@pytest.mark.parametrize(("found", "words"), FOUND)
def test_a_disc_that_is_out_already_is_to_come_back_until_it_may_be_there(hearing, found, words):
    item = media.a_classified_item(hearing)
    disc = a_disc_with(item)
    handed(disc, Receiver.DEFENCE)
    browser = as_(media.a_lawyer())
    browser.open(f"/recordings/discs/{disc.pk}/").not_see("It must not be where it is")

    found(item)

    browser.open("/").see("1 disc or stick is with somebody who must not have it, or may be")
    browser.open("/recordings/discs/?misplaced=yes").see(disc.barcode)
    page = browser.open(f"/recordings/discs/{disc.pk}/")
    page.see("It must not be where it is.", f"{item.exhibit} ({words})", "Get it back.")
    handed(disc, Receiver.UNIT)
    browser.open(page.address).not_see("It must not be where it is")


def test_of_a_sensitive_recording_no_refusal_tells_what_else_was_said_of_it(hearing):
    secret = media.a_classified_item(hearing, kind="SENSITIVE", exhibit="SECRET/1")
    disc = a_disc_with(secret)
    withdrawn(MediaItem.objects.get(pk=secret.pk))

    with pytest.raises(carriers.CarrierRefused) as refusal:
        handed(disc, Receiver.DEFENCE)

    assert "SECRET/1" not in str(refusal.value)
