"""A place is one however it is written, and a count where no disc lies proves nothing."""

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.models import StockTake
from forthright.hard_media.selectors.hands import OURS
from forthright.hard_media.services import carriers, stock
from forthright.rules.media_hands import Receiver
from forthright.rules.words import uncapitalised
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["cupboard 2", "CUPBOARD-2", " Cupboard  2 ", "Ｃupboard 2"])
def test_a_disc_of_the_place_is_still_to_find_however_the_place_is_written(written):
    disc = media.a_disc(location="Cupboard 2")

    taken = stock.begin_stock_take(disc.unit, written, by=None, at=given.NOON)

    assert taken.location == "Cupboard 2"
    assert stock.still_to_find(taken, on=given.NOON.date()) == [disc]
    assert stock.scan(taken, disc.barcode, by=None, at=given.NOON).why == ""
    stock.finish_stock_take(taken, by=None, at=given.NOON)
    assert not disc.hand_overs.filter(note__contains="stock-take").exists()


def test_two_who_write_one_place_in_two_ways_count_it_together():
    disc = media.a_disc(location="Cupboard 2")
    first = stock.begin_stock_take(disc.unit, "Cupboard 2", by=None, at=given.NOON)

    assert stock.begin_stock_take(disc.unit, "cupboard 2", by=None, at=given.NOON) == first
    assert stock.begin_stock_take(disc.unit, "Cupboard 22", by=None, at=given.NOON) != first


def test_a_count_of_a_place_where_nothing_lies_says_so_and_not_that_all_agrees():
    disc = media.a_disc(location="Cupboard 2")
    taken = stock.begin_stock_take(disc.unit, "Cupbord 2", by=None, at=given.NOON)
    clerk = as_(given.a_person(Role.PROSECUTOR, unit=disc.unit))

    for _ in range(2):
        page = clerk.open(f"/recordings/stock-takes/{taken.pk}/")
        page.see("No disc or stick is recorded as lying here").not_see("Everything agrees")
        if not StockTake.objects.get(pk=taken.pk).finished_at:
            stock.finish_stock_take(taken, by=None, at=given.NOON)


@pytest.mark.parametrize("kind", [each for each in Receiver if each not in OURS])
def test_a_disc_that_somebody_has_by_the_register_is_said_to_be_with_them_where_it_is_scanned(kind):
    disc = media.a_disc(location="Cupboard 2")
    to = carriers.Hands(kind, "A. Hartley", unknown_because="For the trial.")
    carriers.hand_over(disc, to, by=None, at=given.NOON)
    taken = stock.begin_stock_take(disc.unit, "Cupboard 2", by=None, at=given.NOON)
    clerk = as_(given.a_person(Role.PROSECUTOR, unit=disc.unit))

    page = clerk.open(f"/recordings/stock-takes/{taken.pk}/").press(
        "Note it", barcode=disc.barcode
    )  # fmt: skip

    who = "somebody else" if kind is Receiver.OTHER else uncapitalised(kind.words)
    said = f"ecorded as with {who} since 5 October 2026: if it is back, hand it over to this unit"
    page.see(f"{disc.barcode}: r{said}", f"R{said} on its page").not_see("another place", "Hartley")
    carriers.hand_over(disc, media.to("Cupboard 2", Receiver.UNIT), by=None, at=given.NOON)
    assert stock.scan(taken, disc.barcode, by=None, at=given.NOON).why == ""


def test_what_lies_in_another_place_is_said_with_what_to_do():
    disc = media.a_disc(location="Shelf 14")
    taken = stock.begin_stock_take(disc.unit, "Cupboard 2", by=None, at=given.NOON)
    line = stock.scan(taken, disc.barcode, by=None, at=given.NOON)
    assert line.why == (
        "Recorded as being in another place, see its page: put it back, or hand it over to here"
    )


def test_the_code_of_another_system_is_refused_with_what_to_do():
    disc = media.a_disc(location="Cupboard 2")
    taken = stock.begin_stock_take(disc.unit, "Cupboard 2", by=None, at=given.NOON)
    clerk = as_(given.a_person(Role.PROSECUTOR, unit=disc.unit))
    page = clerk.open(f"/recordings/stock-takes/{taken.pk}/")

    page = page.press("Note it", barcode="https://exhibits.example/label/2026/000123/ABCDEFG")

    page.see("longer than any barcode here", "Scan the label that Forthright prints")
    assert not taken.lines.exists()
    assert stock.scan(taken, "X" * stock.MOST_CODE, by=None, at=given.NOON).barcode == "X" * 40


def test_only_what_was_waited_for_is_said_to_have_come_with_a_disc():
    hearing = media.a_hearing()
    item, first, second = media.a_requested_item(hearing), media.a_disc(), media.a_disc()
    clerk = as_(given.a_person(Role.PROSECUTOR, unit=first.unit))
    of_case = f"contents/?urn={hearing.case.urn}"

    page = clerk.open(f"/recordings/discs/{first.pk}/{of_case}")
    page.press("Record it", items=[item.pk]).see("Recordings that were waited for have come.")

    page = clerk.open(f"/recordings/discs/{second.pk}/{of_case}")
    page = page.press("Record it", items=[item.pk]).see("It is recorded.")
    page.not_see("waited for have come")
