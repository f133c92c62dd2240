"""A long schedule is read to its end on the page of its delivery, and held back anywhere in it."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import DisclosureDuty, Item
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.fixture
def delivery():
    rows = [f"Statement {n:03} of Mr Adeyemi about a van of day {n:03}" for n in range(1, 131)]
    return duties.received(
        duties.a_duty(), mg6c_csv=duties.a_schedule(*rows),
        mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"),
    )  # fmt: skip


def said(number):
    return f"Statement {number:03} of"


def test_each_of_its_items_is_on_a_page_and_can_be_held_back_there(delivery):
    first = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{delivery.pk}/")
    first.see("Its items stand on more than one page", said(1), said(100)).not_see(said(101))

    second = first.follow("Next page")

    second.see(said(101), said(130), "30 of its 130 items", "Heronsgate").not_see(said(100))
    held = second.press("Hold back", reason="It says where she lives")
    held.see("The words of MG6C item 101 are held back", said(130)).not_see(said(1))
    held.follow("Previous page").see(said(1))
    assert Item.objects.get(is_held_back=True).number == 101


def test_who_may_not_see_what_is_sensitive_reads_the_rest_to_the_end(delivery):
    page = as_(given.a_person(Role.INSPECTOR)).open(f"/disclosure/deliveries/{delivery.pk}/")

    page.follow("Next page").see(said(130), "It lists sensitive material").not_see("Heronsgate")


def test_the_pages_are_turned_where_something_was_refused_too(delivery):
    rows = [item.description for item in Item.objects.filter(schedule__form="MG6C")[:129]]
    duty = DisclosureDuty.objects.get()
    came = duties.checked(duty, mg6c_csv=duties.a_schedule(*rows))
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{came.pk}/")

    refused = page.press("Take it in")

    refused.see("1 item would stand on no schedule any more").follow("Next page").see(said(129))
