"""A stick with a barcode of its own that was returned comes again with another case."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.hard_media.models import Carrier, StockTakeLine
from forthright.hard_media.services import carriers, losses, not_ended, stock
from forthright.hard_media.services.discs_put_right import Right, put_disc_right
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
LATER = NOON + timedelta(days=10)
CODE = "WM-USB-0017"
SAID = {"barcode": CODE.lower(), "kind": "USB", "received_from": "PC 1", "location": "Cupboard 2"}


@pytest.fixture(autouse=True)
def ten_days_later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.fixture
def first():
    return media.a_disc(barcode=CODE, kind="USB", at=NOON)


def returned(disc, on=None, event=CarrierEvent.RETURN):
    to, day = media.to("PC 2841"), on or NOON.date()
    return carriers.end_carrier(disc, event, to=to, on=day, by=None, at=LATER)


def lose(disc):
    lost = losses.Lost(noticed_on=disc.added_at.date(), how_known="It is gone.", had_last="PC 1")
    losses.record_loss(disc, lost, by=None, at=LATER)


def taken_in():
    return as_(media.a_lawyer()).open("/recordings/discs/add/").press("Take it in", **SAID)


def test_it_is_taken_in_by_its_barcode_again_and_a_scan_opens_the_one_that_is_here(first):
    returned(first)

    page = taken_in()

    page.see(f"It is in the register as {CODE}.", "The same barcode was here another time")
    page.follow("See that record").see("is held now", "Print the certificate")
    second = Carrier.objects.exclude(pk=first.pk).get()
    found = as_(media.a_lawyer()).open("/recordings/discs/", barcode=CODE)
    assert found.address == f"/recordings/discs/{second.pk}/"
    taken = stock.begin_stock_take(second.unit, "Cupboard 2", by=None, at=LATER)
    stock.scan(taken, CODE, by=None, at=LATER)
    line = StockTakeLine.objects.get()
    assert (line.outcome, line.carrier) == ("FOUND", second)
    returned(second, on=LATER.date())
    taken_in().see("It is in the register as")
    assert Carrier.objects.filter(barcode=CODE).count() == 3


def test_once_both_ended_a_scan_opens_the_last(first):
    returned(first)
    second = media.a_disc(barcode=CODE, at=LATER)
    returned(second, on=LATER.date())

    found = as_(media.a_lawyer()).open("/recordings/discs/", barcode=CODE)

    assert found.address == f"/recordings/discs/{second.pk}/"


def test_while_one_is_held_or_missing_the_refusal_says_what_to_do(first):
    page = taken_in()
    (error,) = page.errors
    assert error.startswith(f"A disc or stick with the barcode {CODE} is in the register already")
    assert "record on its page first that it was returned" in error
    page.follow(f"See {CODE}").see("Return or destroy it")

    lose(first)
    (error,) = taken_in().errors
    assert "If this is it, record on its page that it was found." in error


def test_what_was_destroyed_does_not_come_again_and_the_refusal_leads_to_its_page(first):
    returned(first, event=CarrierEvent.DESTROY)

    page = taken_in()

    (error,) = page.errors
    assert "as destroyed. If this is it, it was not: say so on its page" in error
    page = page.follow(f"See {CODE}").follow("It was not returned or destroyed")
    page.press("It was not", reason="Another was shredded.").see("It is held again")
    assert Carrier.objects.get().state == "HELD"


def test_nor_is_another_given_its_barcode_afterwards(first):
    returned(first, event=CarrierEvent.DESTROY)
    other = media.a_disc(at=LATER)
    right = Right(barcode=CODE, received_on=other.received_on, reason="Read wrong.")

    with pytest.raises(CarrierRefused, match="say on the page of that record that it was not"):
        put_disc_right(other, right, by=None, at=LATER)


def test_one_that_never_went_and_was_taken_in_twice_is_held_once_more(first):
    returned(first)
    taken_in()
    second = Carrier.objects.exclude(pk=first.pk).get()
    browser = as_(media.a_lawyer())
    address = f"/recordings/discs/{first.pk}/not-ended/"
    page = browser.open(f"/recordings/discs/{first.pk}/").follow("It was not returned or destroyed")
    assert page.address == address
    page = page.press("It was not", reason="It lay beside.")
    (error,) = page.errors
    assert f"call that record for example {CODE} TWICE" in error

    page = page.follow(f"See {CODE}").follow("Put right what is wrong here")
    page.press("Put it right", barcode=f"{CODE} TWICE", reason="Taken in twice.")
    browser.open(address).press("It was not", reason="It lay beside.").see("It is held again")

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.barcode) == ("HELD", f"{CODE} TWICE")


def test_it_cannot_be_held_twice_as_one_that_was_never_returned(first):
    returned(first)
    media.a_disc(barcode=CODE, at=LATER)
    first.refresh_from_db()

    with pytest.raises(CarrierRefused, match="is of another record by now"):
        not_ended.undo_ending(first, reason="It lay beside.", by=None, at=LATER)

    first.refresh_from_db()
    assert (first.state, first.changes.count()) == ("RETURNED", 0)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (CarrierEvent.RETURN, "Recorded as returned: take it in again if it came back"),
        (CarrierEvent.DESTROY, "Recorded as destroyed: say on its page that it was not"),
    ],
)
def test_a_stock_take_that_scans_one_that_ended_says_what_to_do(first, event, words):
    returned(first, event=event)
    taken = stock.begin_stock_take(first.unit, "Cupboard 2", by=None, at=LATER)

    line = stock.scan(taken, CODE, by=None, at=LATER)

    assert line.why.startswith(words)
    assert len(line.why) <= 120


def test_once_it_is_taken_in_the_stock_take_that_asked_for_that_agrees(first):
    returned(first)
    taken = stock.begin_stock_take(first.unit, "Cupboard 2", by=None, at=LATER)
    clerk, address = as_(media.a_lawyer()), f"/recordings/stock-takes/{taken.pk}/"
    page = clerk.open(address).press("Note it", barcode=CODE)
    page.see("What does not agree", "Recorded as returned")

    taken_in()

    clerk.open(address).not_see("What does not agree", "Recorded as returned")
    stock.finish_stock_take(taken, by=None, at=LATER)
    clerk.open(address).see("Everything agrees.")
    line = StockTakeLine.objects.get()
    second = Carrier.objects.exclude(pk=first.pk).get()
    assert (line.outcome, line.why, line.carrier) == ("FOUND", "", second)


def test_taken_in_for_another_place_it_does_not_lie_where_it_was_scanned(first):
    returned(first)
    taken = stock.begin_stock_take(first.unit, "Cupboard 2", by=None, at=LATER)
    stock.scan(taken, CODE, by=None, at=LATER)

    media.a_disc(barcode=CODE, location="Safe", at=LATER)

    page = as_(media.a_lawyer()).open(f"/recordings/stock-takes/{taken.pk}/")
    page.see("Recorded as being in another place").not_see("Recorded as returned")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda _disc: None, "as held. If this is it, have them hand it over to this unit"),
        (lose, "as missing. If this is it, have them record on its page that"),
        (
            lambda disc: returned(disc, event=CarrierEvent.DESTROY),
            "as destroyed. If this is it, have them say on its page that it was not",
        ),
    ],
)
def test_of_one_that_another_unit_has_the_refusal_says_whose_it_is(change, words):
    theirs = given.a_unit(Unit.Kind.MAGISTRATES)
    change(media.a_disc(barcode=CODE, at=NOON, unit=theirs))

    page = taken_in()

    (error,) = page.errors
    assert f"is in the register of {theirs}, {words}" in error
    page.not_see(f"See {CODE}")


def test_a_scan_that_finds_one_that_ended_says_that_another_unit_has_it_now(first):
    returned(first)
    theirs = given.a_unit(Unit.Kind.MAGISTRATES)
    here = as_(media.a_lawyer())
    here.open("/recordings/discs/", barcode=CODE).not_see("The same barcode")
    second = media.a_disc(barcode=CODE, at=LATER, unit=theirs)

    page = here.open("/recordings/discs/", barcode=CODE)

    assert page.address == f"/recordings/discs/{first.pk}/"
    page.see(f"The same barcode is in the register of {theirs} now, as held", "have them hand it")
    lose(second)
    here.open(page.address).see("now, as missing", "have them record that it was found, and hand")
    with pytest.raises(CarrierRefused, match=f"another record in the register of {theirs} by now"):
        not_ended.undo_ending(first, reason="It lay beside.", by=None, at=LATER)


def test_a_scan_that_finds_none_says_which_unit_has_it():
    theirs = given.a_unit(Unit.Kind.MAGISTRATES)
    media.a_disc(barcode=CODE, at=NOON, unit=theirs)

    page = as_(media.a_lawyer()).open("/recordings/discs/", barcode=CODE.lower())

    (error,) = page.errors
    assert f"One in the register of {theirs} has: have them hand it over to this unit." in error


def test_it_did_not_come_again_before_it_went(first):
    returned(first, on=(NOON + timedelta(days=8)).date())
    add = as_(media.a_lawyer()).open("/recordings/discs/add/")
    said = {**SAID, "received_on_month": "10", "received_on_year": "2026"}

    page = add.press("Take it in", **said, received_on_day="12")

    (error,) = page.errors
    assert "was returned on 13 October 2026, by its record before, so it came again on" in error
    page.follow(f"See {CODE}").see("It was not returned or destroyed")
    page = add.press("Take it in", **said, received_on_day="13").see("It is in the register as")
    page = page.follow("Put right what is wrong here")
    page = page.press("Put it right", received_on_day="12", reason="Typed wrong.")
    assert page.errors == [error]
    page.press("Put it right", barcode="WM-8", received_on_day="12", reason="Typed wrong.").see(
        "It is put right"
    )
