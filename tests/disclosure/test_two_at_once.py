"""Nobody approves or serves what was changed after they opened the page."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery, LimitEdition
from forthright.disclosure.selectors.limits import limits_of_area
from forthright.disclosure.selectors.schedules import live_schedules
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.selectors.versions import versions_of
from forthright.disclosure.services.bringing import take_in
from forthright.disclosure.services.checking_again import compare_again
from forthright.disclosure.services.endorsing import Written, endorse_item
from forthright.disclosure.services.serving import approve_duty, second_looks
from forthright.rules.disclosure_duty import DutyState
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def endorse_otherwise(duty, number, code):
    line = next(each for each in lines_of(duty) if each.item.number == number)
    wish = Written(item_id=line.item.pk, code=code, reason="On a second thought")
    endorse_item(duty, wish, by=duties.a_lawyer(), at=given.NOON)


def test_what_was_endorsed_otherwise_meanwhile_is_shown_before_it_is_approved():
    duty = duties.endorsed()
    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(f"/disclosure/{duty.pk}/approve/")
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    endorse_otherwise(duty, 3, "ND")
    again_now = [line.item.pk for line in second_looks(lines_of(duty))]

    page = page.press("Approve", looked_again=again)

    page.see("was changed after you opened the page by Prosecutor", "Nothing: the defence gets")
    assert duties.fresh(duty).state == DutyState.ENDORSED
    page.press("Approve", looked_again=again_now)
    assert duties.fresh(duty).state == DutyState.APPROVED


def test_what_was_said_to_be_disclosed_meanwhile_is_not_recorded_as_served():
    duty = duties.court_told()
    endorse_otherwise(duty, 1, "D")
    duties.approve_since(duty)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")
    endorse_otherwise(duty, 2, "D")
    duties.approve_since(duty)

    page = page.press("Record service on Mr Dean Marsden", method="DCS", proof="Receipt 4472")

    page.see("serve what is new in it too", "Storm incident log 1881")
    assert duty.servings.count() == 1
    page.press("Record service on Mr Dean Marsden")
    assert duty.servings.last().items.count() == 2


def test_of_two_who_record_one_service_the_second_is_told_that_nothing_is_left():
    duty = duties.approved()
    said = {"method": "DCS", "proof": "Receipt 4472"}
    pages = [as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/") for _ in "ab"]
    first, second = (page.press("Record service on Mr Dean Marsden", **said) for page in pages)

    first.see("Now tell the court")
    second.see("A service was recorded after you opened the page by", "nothing of yours was kept")
    second.not_see("serve what is new in it too", "Record service on")
    assert duty.servings.count() == 1


def test_so_is_the_second_of_two_who_record_that_there_is_nothing():
    duty = duties.endorse_all(duties.reviewing(), by=duties.a_lawyer(),
                              codes={1: ("CND", ""), 2: ("ND", "It is about another address"),
                                     3: ("ND", "It is about another address")})  # fmt: skip
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    again = [each.item.pk for each in second_looks(lines_of(duty))]
    approve_duty(duty, looked_again=again, released=again, by=manager, at=given.NOON)
    said = {"method": "DCS", "proof": "Receipt 4472"}
    pages = [as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/") for _ in "ab"]
    _, second = (page.press("Record service on Mr Dean Marsden", **said) for page in pages)

    second.see("A service was recorded after you opened the page by", "nothing of yours was kept")
    assert duty.servings.count() == 1


def test_of_two_who_bring_schedules_at_once_the_second_is_shown_what_the_first_brought():
    duty, first = duties.a_duty(), duties.a_lawyer()
    diary, calls = "Diary of Mr Hall for May 2026", "House to house enquiries in Cole Street"
    a = duties.checked(duty, a_csv=duties.a_schedule(duties.OPEN_ITEMS[0], diary))
    b = duties.checked(duty, b_csv=duties.a_schedule(duties.OPEN_ITEMS[0], calls))
    assert b.changes == []
    take_in(a, by=first, at=given.NOON)
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{b.pk}/")

    page = page.press("Take it in")

    page.see("changed meanwhile by", first.full_name, "1 withdrawn (2)", "Take it in")
    assert not live_schedules(duty.case_id).filter(delivery=b).exists()
    stops = {each["rule"] for each in Delivery.objects.get(pk=b.pk).findings
             if each["level"] == "stop"}  # fmt: skip
    assert "R5h" in stops
    [diary_left] = versions_of(b).leaving
    page.press("Take it in", left=[diary_left.pk], reason="It is on the schedule of the other case"
               ).see("Is it adequate?")  # fmt: skip


def test_a_delivery_is_taken_in_where_nothing_came_meanwhile_and_again_once_it_was_compared():
    duty = duties.a_duty()
    first = duties.checked(duty)
    second = duties.checked(duty)
    take_in(first, by=None, at=given.NOON)

    with pytest.raises(ChangedMeanwhile, match="compared anew"):
        take_in(second, by=None, at=given.NOON)
    compare_again(second, by=None, at=given.NOON)

    assert take_in(second, by=None, at=given.NOON).state == Delivery.State.RECEIVED


def test_of_two_who_change_a_time_limit_at_once_the_second_is_shown_what_the_first_made_of_it():
    duty = duties.a_duty()
    first, second = (given.a_person(Role.ADMINISTRATOR) for _ in range(2))
    address = "/disclosure/limits/2/change/"  # initial disclosure in custody
    theirs, mine = as_(first).open(address), as_(second).open(address)
    theirs.press("Change it", days="40", reason="Agreed with the court")

    page = mine.press("Change it", days="45", reason="Agreed with the police")

    page.see(f"This was changed after you opened the page by {first.full_name}")
    page.see("Days: now it says “40”")
    assert LimitEdition.objects.get(area=duty.area).reason == "Agreed with the court"
    page.press("Change it").see("Changed. What began before keeps")
    assert limits_of_area(duty.area).limits[2].days == 45


def test_a_change_of_another_time_limit_stands_in_the_way_of_none():
    duty = duties.a_duty()
    page = as_(given.a_person(Role.ADMINISTRATOR)).open("/disclosure/limits/2/change/")
    other = as_(given.a_person(Role.ADMINISTRATOR)).open("/disclosure/limits/3/change/")
    other.press("Change it", days="75", reason="Agreed with the court")

    page.press("Change it", days="40", reason="Agreed with the court").see("Changed.")

    kept = limits_of_area(duty.area).limits
    assert (kept[2].days, kept[3].days) == (40, 75)
