"""A disc that was here before its recording was asked for again, and is the copy after all."""

from datetime import timedelta

import pytest
import time_machine

from forthright.hard_media.models import Carried, MediaItem
from forthright.hard_media.selectors.custody import discs_of_copies
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.last_copies import here_only_on
from forthright.hard_media.services import carriers, items, stock
from forthright.hard_media.services.coming import WhichDisc
from forthright.hard_media.services.discs_put_right import Right, put_disc_right
from forthright.hard_media.services.going_to import LastCopy
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
SHELF = carriers.Hands(Receiver.UNIT, "Shelf 15")
NOON = given.NOON
ASKED, FOUND, LATER = (NOON + timedelta(days=each) for each in (1, 2, 3))


def came(on=FOUND, **more):
    return items.Came(source="DISC", on=on.date(), **more)


def destroyed(disc, because="", at=LATER):
    disc.refresh_from_db()
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because=because)
    event = CarrierEvent.DESTROY
    return carriers.end_carrier(disc, event, to=to, on=at.date(), by=None, at=at)


@pytest.fixture
def item(hearing):
    return media.an_expected_item(hearing)


@pytest.fixture
def disc(item):
    """Return a disc that was missing, so that its recording was asked for again, and was found."""
    disc = media.a_disc(at=NOON)
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    taken = stock.begin_stock_take(disc.unit, disc.location, by=None, at=NOON)
    stock.finish_stock_take(taken, by=None, at=NOON)
    item.refresh_from_db()
    items.request_item(item, reason="The disc is missing.", by=None, at=ASKED)
    disc.refresh_from_db()
    stock.find_carrier(
        disc, media.to("Shelf 15", Receiver.UNIT), reason="In the next box.", by=None, at=FOUND
    )
    item.refresh_from_db()
    return disc


def test_it_is_asked_whether_what_came_is_on_it(item, disc):
    with time_machine.travel(FOUND, tick=False):
        browser = as_(media.a_lawyer())
        page = browser.open(f"/recordings/discs/{disc.pk}/contents/?urn={item.case.urn}")
        page.press("Record it", items=[item.pk]).see("choose this disc or stick there")
        form = browser.open(f"/recordings/items/{item.pk}/record/received/").see(str(disc))
        said = {"source": "DISC", "on": FOUND.date()}

        refused = form.press("It came", **said)

        (error,) = refused.errors
        assert error.startswith(f"{disc.barcode} was here before this recording was asked for")
        assert error.endswith("is on it, so that it does not go as if nobody needed it.")
        item.refresh_from_db()
        assert item.state == "REQUESTED"
        form.press("It came", **said, disc=str(disc.pk)).see("It is recorded.")
    item.refresh_from_db()
    assert (item.state, item.received_at) == ("RECEIVED_PHYSICAL", FOUND)
    assert Carried.objects.get().taken_at == FOUND


def test_a_disc_that_is_the_copy_after_all_goes_only_with_why(hearing, item, disc):
    items.receive_item(item, came(disc=disc), by=None, at=FOUND)

    assert here_only_on(disc, LATER.date()) == [item]
    with pytest.raises(LastCopy, match="Nothing else here holds"):
        destroyed(disc)
    destroyed(disc, "They keep the original.")

    ladder = ladder_of(hearing, LATER.date())
    assert ladder.items[0].steps[0].why.startswith(f"It came on {disc.barcode}, which was destroy")
    assert ladder.has_gone
    with time_machine.travel(LATER, tick=False):
        as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").see("It is not here.")


def test_its_custody_holds_every_hand_that_it_went_through(item, disc):
    items.receive_item(item, came(disc=disc), by=None, at=FOUND)

    ((one,),) = discs_of_copies([MediaItem.objects.get()], item.area).values()

    assert one.disc == disc
    assert any("found again: Shelf 15" in each.words for each in one.steps)


def test_on_none_of_them_it_is_here_otherwise(hearing, item, disc):
    items.receive_item(item, came(is_on_none=True), by=None, at=FOUND)

    assert not here_only_on(disc, LATER.date())
    destroyed(disc)
    assert ladder_of(hearing, LATER.date()).items[0].steps[0].reached


def test_asked_for_once_more_that_disc_is_of_before_again(item, disc):
    items.receive_item(item, came(disc=disc), by=None, at=FOUND)
    item.refresh_from_db()
    items.request_item(item, reason="The sound is missing.", by=None, at=LATER)

    assert carriers.put_on_carrier(disc, [item], by=None, at=LATER) == [item]
    with pytest.raises(WhichDisc):
        items.receive_item(item, came(LATER), by=None, at=LATER)


def test_what_came_as_a_link_or_when_the_disc_had_gone_is_not_on_it(item, disc):
    link = items.Came(source="DEMS", on=FOUND.date(), link="https://dems.example/x", disc=disc)
    with pytest.raises(WhichDisc, match="on none of these"):
        items.receive_item(item, link, by=None, at=FOUND)
    destroyed(disc, at=FOUND)
    with pytest.raises(WhichDisc, match="is not held"):
        items.receive_item(item, came(disc=disc), by=None, at=FOUND)
    items.receive_item(item, came(), by=None, at=FOUND)


@pytest.mark.parametrize("mends", ["day", "tick"])
def test_what_was_wrong_of_that_disc_is_put_right(item, disc, mends):
    items.receive_item(item, came(disc=disc), by=None, at=FOUND)
    disc.refresh_from_db()
    day = disc.received_on - timedelta(days=1) if mends == "day" else disc.received_on
    off = [item] if mends == "tick" else []
    right = Right(barcode=disc.barcode, received_on=day, reason="Read wrong.", not_on_it=off)

    put_disc_right(disc, right, by=None, at=LATER)

    item.refresh_from_db()
    assert item.state == ("REQUESTED" if off else "RECEIVED_PHYSICAL")
    assert item.received_at == (None if off else FOUND)
