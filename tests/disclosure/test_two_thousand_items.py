"""Two thousand items are endorsed together and approved, page by page and in one press."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role
from forthright.disclosure.models import Endorsement, Item
from forthright.disclosure.selectors.standings import lines_of
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
MANY = 2_000
TOGETHER = "Endorse the ticked items CND"
RECEIPT, ACCOUNT = "Receipt {} for the hire of a van", "First account of witness {} to PC Khan"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def with_items(words, number=MANY):
    """A duty whose open schedule has so many items."""
    duty = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(words.format(1)))
    first = lines_of(duty)[0].item
    Item.objects.bulk_create(
        Item(schedule=first.schedule, place=place, number=place, description=words.format(place),
             is_recording=False)
        for place in range(2, number + 1)
    )  # fmt: skip
    return duty


def decided(duty, code):
    """Every item but the last is decided, and the last is through the service."""
    *rest, last = lines_of(duty)
    Endorsement.objects.bulk_create(
        Endorsement(duty=duty, item_id=line.item.thing_id, code=code, made_at=NOON,
                    reason=f"It is of another yard, as line {line.item.number} says")
        for line in rest
    )  # fmt: skip
    duties.endorse(duty, last.item, "D", reason="It helps him", by=duties.a_lawyer())
    return duties.fresh(duty)


def test_all_of_them_sent_at_once_are_endorsed_together():
    duty = with_items(RECEIPT)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/obvious/")

    page = page.press(TOGETHER, item=[line.item.pk for line in lines_of(duty)])

    page.see("2,000 items endorsed as clearly not disclosable").see("No obvious item waits")
    assert duties.fresh(duty).endorsements.filter(is_one_of_many=True).count() == MANY


def test_they_stand_a_hundred_a_page_and_all_of_a_page_are_ticked_by_one_link():
    duty = with_items(RECEIPT, 230)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/obvious/")
    page.see("230 items are obvious", "Receipt 100 for").not_see("Receipt 101 for")
    second = page.follow("Next page").see("Receipt 101 for", "Receipt 200 for")

    ticked = second.follow("Tick all 100 on this page")

    assert not Endorsement.objects.exists()
    ticked.press(TOGETHER).see("100 items endorsed", "130 items are obvious", "Receipt 100 for")
    numbers = Endorsement.objects.values_list("item__number", flat=True)
    assert set(numbers) == set(range(101, 201))


def test_ticks_stay_in_sight_where_the_pages_moved_meanwhile():
    duty = with_items(RECEIPT, 130)
    lines = lines_of(duty)
    second = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/endorse/obvious/?page=2")
    for line in [*lines[:2], lines[129]]:
        duties.endorse(duty, line.item, "CND", reason="", by=duties.a_lawyer())

    again = second.press(TOGETHER, item=[line.item.pk for line in lines[100:]])

    again.see("MG6C item 130 was endorsed CND by", "Receipt 101 for", "Receipt 129 for")
    again.press(TOGETHER).see("29 items endorsed as clearly not disclosable")


def test_the_approval_of_two_thousand_second_looks_goes_through_and_asks_no_more_often():
    manager = as_(duties.a_lawyer(Role.LEGAL_MANAGER))
    few, many = (decided(with_items(ACCOUNT, number), "ND") for number in (3, MANY))
    asked = []
    for duty in (few, many):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = manager.open(f"/disclosure/{duty.pk}/approve/")
        asked.append(len(queries))
    again = [line.item.pk for line in lines_of(many)][:-1]

    page = page.press("Approve", looked_again=again)

    page.see("Approved. It can be served.")
    assert duties.fresh(many).state == "APPROVED"
    assert asked[1] == asked[0]
