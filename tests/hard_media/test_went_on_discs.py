"""A disc that went to a party says that a share is still to be recorded, until one is."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import ShareRecord
from forthright.hard_media.services import carriers, losses, sharing
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
MISSING = "no share with"


def a_disc_with(*recordings, **fields):
    disc = media.a_disc(**fields)
    carriers.put_on_carrier(disc, recordings, by=None, at=NOON)
    return disc


def pages(hearing, disc):
    browser = as_(media.a_lawyer())
    yield browser.open(f"/recordings/discs/{disc.pk}/")
    yield browser.open(f"/recordings/cases/{hearing.case_id}/")


def test_from_the_hand_over_to_the_share(hearing):
    item = media.a_classified_item(hearing)
    disc = a_disc_with(item)
    for page in pages(hearing, disc):
        page.not_see(MISSING)

    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/hand-over/")
    page = page.press("Record the hand-over", to_kind="DEFENCE", to_place="Hale LLP")

    page.see(f"{item} went on {disc.barcode}, and no share with Hale LLP for Dean Marsden")
    for page in pages(hearing, disc):
        page.see("no share with Hale LLP for Dean Marsden")
    (firm,) = media.parties_of(hearing)[1:]
    whom = f"Hale LLP for {firm.representation.defendant}"
    share = page.follow(f"Record that it was shared on a disc: {item}, {disc.barcode}, {whom}")
    parties = [f"DEFENCE {firm.representation.pk}"]
    share.press("Share them", parties=parties, way="DISC").see("1 share is recorded")
    for page in pages(hearing, disc):
        page.not_see(MISSING)

    sharing.revoke_share(ShareRecord.objects.get(), reason="By mistake.", by=None, at=NOON)
    for page in pages(hearing, disc):
        page.not_see(MISSING)

    later = NOON + timedelta(minutes=5)
    for place in (media.to("Shelf 14", Receiver.UNIT), media.to("Hale LLP", Receiver.DEFENCE)):
        carriers.hand_over(disc, place, by=None, at=later)
    for page in pages(hearing, disc):
        page.see(MISSING)


@pytest.mark.parametrize(
    ("kind", "name", "words"),
    [
        (Receiver.COURT, "Court 3", "no share with the court is recorded"),
        (Receiver.COUNSEL, "Mr Pike", "no share with prosecuting counsel is recorded"),
        (Receiver.POLICE, "PC 2841", ""),
        (Receiver.UNIT, "Cupboard 3", ""),
        (Receiver.OTHER, "A draughtsman", ""),
    ],
)
@pytest.mark.parametrize("is_returned", [False, True])
def test_it_is_told_of_each_party_and_of_nobody_else(hearing, kind, name, words, is_returned):
    disc = a_disc_with(media.a_classified_item(hearing))
    to = carriers.Hands(kind, name)
    if is_returned:
        carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=TODAY, by=None, at=NOON)
    else:
        carriers.hand_over(disc, to, by=None, at=NOON)

    for page in pages(hearing, disc):
        if words:
            page.see(words)
        else:
            page.not_see(MISSING)


def test_of_two_firms_only_the_one_that_is_named_lacks_a_share(hearing):
    media.represented(hearing, media.a_defendant(hearing), "Rowe & Co")
    disc = a_disc_with(media.a_classified_item(hearing))

    carriers.hand_over(disc, carriers.Hands(Receiver.DEFENCE, "Rowe & Co"), by=None, at=NOON)

    for page in pages(hearing, disc):
        page.see("no share with Rowe & Co for").not_see("no share with Hale LLP")


def test_what_goes_back_to_who_brought_it_is_no_share(hearing):
    disc = a_disc_with(media.a_classified_item(hearing), received_from="Hale LLP")

    carriers.hand_over(disc, carriers.Hands(Receiver.DEFENCE, "Hale LLP"), by=None, at=NOON)

    for page in pages(hearing, disc):
        page.not_see(MISSING)


def test_what_is_lost_by_the_party_that_had_it_is_still_to_be_recorded(hearing):
    item = media.a_classified_item(hearing)
    disc = a_disc_with(item)
    carriers.hand_over(disc, carriers.Hands(Receiver.COURT, "Court 3"), by=None, at=NOON)
    lost = losses.Lost(noticed_on=TODAY, how_known="The court said so.", had_last="Court 3")

    losses.record_loss(disc, lost, by=None, at=NOON)

    for page in pages(hearing, disc):
        page.see("no share with the court is recorded")
    share = page.follow(f"Record that it was shared on a disc: {item}, {disc.barcode}, the court")
    share.press("Share them", parties=["COURT"], way="DISC").see("1 share is recorded")
    for page in pages(hearing, disc):
        page.not_see(MISSING)


def test_what_is_lost_here_went_to_nobody(hearing):
    disc = a_disc_with(media.a_classified_item(hearing))
    lost = losses.Lost(noticed_on=TODAY, how_known="It is gone.", had_last="Shelf 14")

    losses.record_loss(disc, lost, by=None, at=NOON)

    for page in pages(hearing, disc):
        page.not_see(MISSING)
