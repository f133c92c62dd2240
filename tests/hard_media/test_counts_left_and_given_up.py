"""A count that was left finds nothing by the scans of an earlier day, and can be given up."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.hard_media.models import Carrier, StockTake
from forthright.hard_media.services import stock
from forthright.rules.words import day_words
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
LATER = NOON + timedelta(days=42)


@pytest.fixture
def discs():
    return media.a_disc(), media.a_disc()


@pytest.fixture
def left(discs):
    """Return a count that somebody began, scanned one disc in, and left for six weeks."""
    first = given.a_person(Role.PROSECUTOR, unit=discs[0].unit)
    taken = stock.begin_stock_take(discs[0].unit, "Shelf 14", by=first, at=NOON)
    stock.scan(taken, discs[0].barcode, by=first, at=NOON)
    return taken


@pytest.fixture
def colleague(discs):
    return given.a_person(Role.PROSECUTOR, unit=discs[0].unit)


@pytest.fixture
def weeks_later():
    with time_machine.travel(LATER, tick=False):
        yield


@pytest.mark.usefixtures("weeks_later")
def test_a_count_of_an_earlier_day_says_who_began_it_and_what_is_to_be_scanned_again(
    discs, left, colleague
):
    page = as_(colleague).open("/recordings/stock-takes/")
    page = page.press("Begin to count", location="shelf 14")

    page.see(
        "This stock-take was begun on", f"by {left.begun_by}, and not finished",
        "Still to find: 2", "Scanned: 0",
        "Scanned on an earlier day, to be scanned again: 1", discs[0].barcode, "midday",
        "Give the stock-take up",
    )  # fmt: skip
    assert StockTake.objects.count() == 1


@pytest.mark.usefixtures("weeks_later")
def test_what_was_scanned_on_an_earlier_day_alone_is_not_found(discs, left, colleague):
    lost, here = discs
    page = as_(colleague).open(f"/recordings/stock-takes/{left.pk}/")
    page = page.press("Note it", barcode=here.barcode)
    page = page.press("Finish the stock-take")

    page.see("1 disc or stick is missing", "Scanned on").not_see("Everything agrees")
    page.see(f"Scanned on {day_words(NOON.date())}, midday alone")
    assert Carrier.objects.get(pk=lost.pk).state == "MISSING"
    assert Carrier.objects.get(pk=here.pk).state == "HELD"


@pytest.mark.usefixtures("weeks_later")
def test_scanned_again_it_is_found(discs, left, colleague):
    page = as_(colleague).open(f"/recordings/stock-takes/{left.pk}/")
    for disc in discs:
        page = page.press("Note it", barcode=disc.barcode)

    page.see("Scanned: 2").not_see("to be scanned again")
    page.press("Finish the stock-take").see("Everything agrees")


def test_a_missing_disc_that_was_scanned_on_an_earlier_day_alone_stays_missing(discs):
    disc, _ = discs
    for taken_at in (NOON, NOON + timedelta(hours=1)):
        taken = stock.begin_stock_take(disc.unit, "Shelf 14", by=None, at=taken_at)
        if taken_at == NOON:
            stock.finish_stock_take(taken, by=None, at=taken_at)
    stock.scan(taken, disc.barcode, by=None, at=NOON + timedelta(hours=1))

    stock.finish_stock_take(taken, by=None, at=LATER)

    line = taken.lines.get(barcode=disc.barcode)
    assert Carrier.objects.get(pk=disc.pk).state == "MISSING"
    assert (line.outcome, line.why[-13:]) == ("UNEXPECTED", "still missing")


@pytest.mark.usefixtures("weeks_later")
def test_a_count_is_given_up_and_nothing_is_missing_or_found_by_it(discs, left, colleague):
    page = as_(colleague).open(f"/recordings/stock-takes/{left.pk}/")
    page = page.press("Give the stock-take up").see("Given up", f"by {colleague}")

    page.not_see("Note it", "Everything agrees", "Still to find")
    as_(colleague).open("/recordings/stock-takes/").see("Given up", f"by {colleague}")
    assert {each.state for each in Carrier.objects.all()} == {"HELD"}
    event = Event.objects.get(name="stock_take.given_up")
    assert (event.subject_id, event.by) == (str(left.pk), colleague)
    again = stock.begin_stock_take(left.unit, "Shelf 14", by=colleague, at=LATER)
    assert (again == left, again.begun_at) == (False, LATER)


def test_what_is_given_up_takes_no_more_scans_and_is_not_finished(discs, left):
    stock.give_up_stock_take(left, by=None, at=NOON)

    for act in (stock.finish_stock_take, stock.give_up_stock_take):
        with pytest.raises(stock.StockRefused, match="given up"):
            act(left, by=None, at=NOON)
    with pytest.raises(stock.StockRefused, match="given up"):
        stock.scan(left, discs[1].barcode, by=None, at=NOON)


def test_another_unit_gives_up_no_count(left):
    stranger = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.MAGISTRATES))

    as_(stranger).post(f"/recordings/stock-takes/{left.pk}/give-up/", status=404)

    assert StockTake.objects.get(pk=left.pk).is_open
