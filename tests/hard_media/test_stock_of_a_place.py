"""A place is one however it is written, and a count where no disc lies proves nothing."""

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.models import StockTake
from forthright.hard_media.services import stock
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("written", ["cupboard 2", "CUPBOARD-2", " Cupboard  2 ", "Ｃupboard 2"])
def test_a_disc_of_the_place_is_still_to_find_however_the_place_is_written(written):
    disc = media.a_disc(location="Cupboard 2")

    taken = stock.begin_stock_take(disc.unit, written, by=None, at=given.NOON)

    assert (taken.location, stock.still_to_find(taken)) == ("Cupboard 2", [disc])
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
