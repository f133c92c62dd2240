"""Whoever finds a disc, or hands it to another unit, says who has it as for any hand-over."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Unit
from forthright.hard_media.models import Carrier, HandOver
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, stock
from forthright.hard_media.services.going_to import CarrierRefused, PlaceToExplain
from forthright.hard_media.services.passing_on import pass_on
from forthright.rules.media_hands import Receiver
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
HOUR = timedelta(hours=1)


def with_it(item):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    return disc


def missed(disc, at=NOON):
    taken = stock.begin_stock_take(disc.unit, disc.location, by=None, at=at)
    stock.finish_stock_take(taken, by=None, at=at)
    disc.refresh_from_db()
    assert disc.state == "MISSING"
    return disc


def state_of(disc):
    disc.refresh_from_db()
    return disc.state


@pytest.mark.parametrize("kind", ["SENSITIVE", "NOT_RELEVANT"])
def test_a_firm_is_no_place_of_this_unit(hearing, kind):
    disc = missed(with_it(media.a_classified_item(hearing, kind=kind)))
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/found/")
    said = {"location": "Hale LLP", "reason": "They had it."}
    assert page.press("Record that it was found", **said).errors == ["Choose who has it now"]

    (error,) = page.press("Record that it was found", **said, to_kind="UNIT").errors
    assert "names the defence of a case" in error
    assert "get it back, and record then where it lies" in error
    (error,) = page.press("Record that it was found", **said, to_kind="DEFENCE").errors
    assert error.endswith("record then where it lies and that they had it.")
    assert state_of(disc) == "MISSING"

    page.press("Record that it was found", **{**said, "location": "Safe"}, to_kind="UNIT").see(
        "It is recorded as found"
    )


def test_what_is_found_with_somebody_is_with_them(hearing):
    disc = missed(with_it(media.an_expected_item(hearing)))
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/found/")
    page.press(
        "Record that it was found", to_kind="POLICE", location="PC 2841", reason="He has it."
    ).see("Was missing, and found: He has it.")
    assert HandOver.objects.order_by("pk").last().to_kind == "POLICE"
    assert "with PC 2841 since" in ladder_of(hearing, NOON.date()).items[0].steps[0].why


def test_a_place_that_reads_like_a_court_is_explained_where_something_sensitive_is_found(hearing):
    disc = missed(with_it(media.a_classified_item(hearing, kind="SENSITIVE")))
    place = carriers.Hands(Receiver.UNIT, "Worcester Crown Court")
    with pytest.raises(PlaceToExplain):
        stock.find_carrier(disc, place, reason="They had it.", by=None, at=NOON)
    because = carriers.Hands(Receiver.UNIT, place.name, named_because="Our own room there.")
    stock.find_carrier(disc, because, reason="They had it.", by=None, at=NOON)
    assert disc.hand_overs.last().named_because == "Our own room there."


def test_a_count_in_a_place_that_names_a_firm_finds_nothing(hearing):
    disc = missed(with_it(media.a_classified_item(hearing, kind="SENSITIVE")))
    taken = stock.begin_stock_take(disc.unit, "Hale LLP", by=None, at=NOON + HOUR)
    line = stock.scan(taken, disc.barcode, by=None, at=NOON + HOUR)
    assert line.why.startswith("Its place names a party of its case")
    stock.finish_stock_take(taken, by=None, at=NOON + HOUR)
    assert state_of(disc) == "MISSING"


def test_a_count_asks_as_often_of_many_missing_discs_as_of_one(hearing):
    item = media.a_classified_item(hearing, kind="SENSITIVE")
    discs = [with_it(item) for _ in range(5)]
    missed(discs[0])

    def asked(scanned, hour):
        """Return in how many queries a count ends that scanned some missing discs in vain."""
        at = NOON + hour * HOUR
        taken = stock.begin_stock_take(discs[0].unit, "Hale LLP", by=None, at=at)
        for each in scanned:
            stock.scan(taken, each.barcode, by=None, at=at)
        with CaptureQueriesContext(connection) as kept:
            stock.finish_stock_take(taken, by=None, at=at)
        assert {state_of(each) for each in scanned} == {"MISSING"}
        return len(kept)

    assert asked(discs[:1], 1) == asked(discs, 2)


def test_to_another_unit_it_goes_to_no_firm(hearing):
    disc = with_it(media.a_classified_item(hearing, kind="SENSITIVE"))
    unit = given.a_unit(Unit.Kind.RASSO)
    with pytest.raises(CarrierRefused, match="asked by “Hand it over” on its page"):
        pass_on(disc, unit, media.to("Hale LLP", Receiver.UNIT), by=None, at=NOON)
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/pass-on/")
    said = {"unit": unit.pk, "place": "Room in the Crown Court"}
    assert "reads like the court" in page.press("Record the hand-over", **said).errors[0]
    page.press("Record the hand-over", **said, named_because="It is our own room.")
    assert Carrier.objects.get().unit == unit
    assert disc.hand_overs.last().named_because == "It is our own room."


def test_a_scan_from_before_a_disc_was_missed_finds_nothing():
    disc = media.a_disc(location="Cupboard 2")
    first = stock.begin_stock_take(disc.unit, "Cupboard 2", by=None, at=NOON)
    stock.scan(first, disc.barcode, by=None, at=NOON)
    carriers.hand_over(disc, media.to("Shelf 1", Receiver.UNIT), by=None, at=NOON + HOUR)
    disc.refresh_from_db()
    missed(disc, NOON + 2 * HOUR)

    stock.finish_stock_take(first, by=None, at=NOON + 3 * HOUR)
    assert state_of(disc) == "MISSING"

    again = stock.begin_stock_take(disc.unit, "Cupboard 2", by=None, at=NOON + 4 * HOUR)
    stock.scan(again, disc.barcode, by=None, at=NOON + 4 * HOUR)
    stock.finish_stock_take(again, by=None, at=NOON + 5 * HOUR)
    assert (state_of(disc), disc.location) == ("HELD", "Cupboard 2")


def test_a_count_finds_no_disc_that_another_unit_has():
    disc, other = media.a_disc(location="Cupboard 2"), given.a_unit(Unit.Kind.RASSO)
    ours = stock.begin_stock_take(disc.unit, "Cupboard 2", by=None, at=NOON)
    stock.scan(ours, disc.barcode, by=None, at=NOON + 3 * HOUR)
    pass_on(disc, other, media.to("Drawer 9", Receiver.UNIT), by=None, at=NOON + HOUR)
    disc.refresh_from_db()
    missed(disc, NOON + 2 * HOUR)

    stock.finish_stock_take(ours, by=None, at=NOON + 4 * HOUR)

    assert (state_of(disc), disc.unit, disc.location) == ("MISSING", other, "Drawer 9")


def test_a_disc_is_not_taken_in_at_a_firm(hearing):
    page = as_(media.a_lawyer()).open("/recordings/discs/add/")
    said = {"kind": "DISC", "received_from": "PC 2841", "copies": "1"}

    (error,) = page.press("Take it in", **said, location="Hale LLP").errors

    assert "names a firm of the defence" in error
    assert "Hand it over" in error
    assert not Carrier.objects.exists()
    page.press("Take it in", **said, location="Hale Street store").see("It is in the register as")


def test_what_a_disc_holds_is_not_said_while_its_place_names_a_firm_of_that_case():
    disc = media.a_disc(location="Hale LLP")
    item = media.an_expected_item(media.a_hearing())
    with pytest.raises(CarrierRefused, match="record that by “Hand it over” on its page first"):
        carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    assert not disc.carried.exists()

    to = carriers.Hands(Receiver.DEFENCE, "Hale LLP", unknown_because="They brought it.")
    carriers.hand_over(disc, to, by=None, at=NOON)
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    assert disc.carried.exists()
