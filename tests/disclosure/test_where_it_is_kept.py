"""A decision stands where a new version says of an item only that it is kept elsewhere."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery, Endorsement, Item
from forthright.disclosure.selectors.hidden import queried_items
from forthright.disclosure.selectors.standings import lines_of
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

ROOM = "Exhibits room 2"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def come_again(duty, *words, location=ROOM):
    """Return a duty once a new version of its open schedule stands, with the items kept there."""
    rows = duties.a_schedule(*(words or duties.OPEN_ITEMS)).replace("Property store", location)
    duties.adequate(duty, mg6c_csv=rows)
    return duties.fresh(duty)


def line(duty, number, form="MG6C"):
    return next(each for each in lines_of(duty)
                if each.form == form and each.item.number == number)  # fmt: skip


def codes(duty):
    return {each.item.number: each.endorsement and each.endorsement.code
            for each in lines_of(duty) if each.form == "MG6C"}  # fmt: skip


def test_what_was_decided_and_served_stays_so():
    duty = come_again(duties.court_told())

    assert codes(duty) == {1: "CND", 2: "ND", 3: "D"}
    assert line(duty, 3).is_served
    assert line(duty, 3).is_approved
    assert line(duty, 3).item.location == ROOM
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")
    page.see("4 of 4 items").not_see("to be endorsed", "not served yet")


def test_what_was_approved_is_approved_again_once_it_was_looked_through_and_serves():
    duty = come_again(duties.approved())

    assert duty.stands == DutyState.ENDORSED
    assert codes(duty) == {1: "CND", 2: "ND", 3: "D"}
    assert duties.approve_and_serve(duty).stands == DutyState.SERVED


def test_a_setting_aside_keeps_its_name_reason_and_day(time_machine):
    duty = duties.with_an_item_set_aside()
    before = line(duty, 2).set_aside

    duty = come_again(duty)

    assert line(duty, 2).set_aside == before
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")
    page.see("3 of 4 items, and 1 set aside")
    time_machine.move_to(given.at("2026-10-12 12:00"), tick=False)
    assert line(duty, 2).standing.is_overdue(date(2026, 10, 12))
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")
    page.see("and 1 set aside, of which 1 until a day that has passed Next")


@pytest.mark.parametrize(
    "words",
    [
        duties.OPEN_ITEMS[2] + ".",
        duties.OPEN_ITEMS[2].upper(),
        duties.OPEN_ITEMS[2].replace(" of ", "  of\n"),
    ],
)
def test_blanks_large_letters_and_a_last_stop_say_nothing(words):
    duty = come_again(duties.court_told(), *duties.OPEN_ITEMS[:2], words)

    assert codes(duty)[3] == "D"
    assert line(duty, 3).is_served


def test_any_other_word_asks_for_a_fresh_look():
    words = (*duties.OPEN_ITEMS[:2], duties.OPEN_ITEMS[2] + " (2 pages)")

    assert codes(come_again(duties.court_told(), *words)) == {1: "CND", 2: "ND", 3: None}


def test_what_was_queried_about_where_it_is_kept_stays_with_the_lawyers():
    duty = duties.adequate(
        duties.a_duty(),
        mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS).replace(
            "Property store", "Flat of Heron", 1
        ),
    )
    old = line(duty, 1).item
    duties.endorse(duty, old, "Q", reason="Heron is the source", by=duties.a_lawyer())
    duty = come_again(duty)
    new = line(duty, 1).item
    assert codes(duty)[1] == "Q", "the query is not answered by that"
    assert queried_items(duty.case_id) == {old.pk, new.pk}

    duties.endorse(duty, new, "ND", reason="It does not help", by=duties.a_lawyer())

    assert queried_items(duty.case_id) == {old.pk}
    for role in (Role.LINE_MANAGER, Role.INSPECTOR):
        person = as_(given.a_person(role, unit=duty.unit))
        for each in Delivery.objects.order_by("pk"):
            person.open(f"/disclosure/deliveries/{each.pk}/").not_see("Heron")


def test_an_endorsement_knows_in_which_version_its_item_stood():
    duty = come_again(duties.court_told())
    duties.endorse(duty, line(duty, 1).item, "ND", reason="It helps nobody", by=duties.a_lawyer())

    [first, last] = Endorsement.objects.filter(item__number=1, item__schedule__form="MG6C")
    assert first.version == first.item == last.item
    assert last.version == Item.objects.get(root=first.item)
