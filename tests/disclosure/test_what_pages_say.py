"""Pages say what stands, and no more: purported service, what waits, and what cannot be asked."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery
from forthright.disclosure.services.checking_again import compare_again
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def test_a_service_around_what_was_set_aside_is_said_to_be_only_purported():
    duty = duties.with_an_item_set_aside()
    lawyer = duties.a_lawyer()

    as_(lawyer).open(f"/disclosure/{duty.pk}/").see(
        "Only purported: 1 item set aside and not decided."
    )
    as_(lawyer).open(f"/disclosure/{duty.pk}/record/").see("only purported, with 1 item set aside")


def test_a_full_service_is_not_called_purported():
    duty = duties.served()

    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").not_see("urported")
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/").not_see("urported")


def test_an_adequate_delivery_is_not_said_to_be_ready_while_another_waits():
    duty = duties.a_duty()
    first = duties.received(duty)
    second = duties.checked(duty, mg6d_csv=duties.a_schedule(duties.SECRET, form="MG6D"))
    compare_again(second, by=None, at=given.NOON)
    her = as_(duties.a_lawyer())
    her.open(f"/disclosure/deliveries/{second.pk}/").press("Take it in")

    page = her.open(f"/disclosure/deliveries/{first.pk}/")
    page = page.press("It is adequate", reason="Enough for this case")

    page.see("Adequate. The duty is waiting for the schedules to be looked through")
    page.not_see("Its items can be endorsed.")
    page = her.open(f"/disclosure/deliveries/{second.pk}/")
    page.press("It is adequate", reason="Enough for this case").see("Its items can be endorsed.")
    assert duties.fresh(duty).state == DutyState.REVIEWING


def test_nothing_is_offered_to_be_served_while_a_duty_is_being_endorsed():
    duty = duties.reviewing()

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")

    page.see("being endorsed, so nothing can be served yet").not_see("Nothing is to be disclosed")
    assert "Record service on Mr Dean Marsden" not in page.words


@pytest.mark.parametrize("month", ["2026-99", "abc", "", "9999-12", "1899-12"])
def test_what_is_no_month_is_refused_in_words(month):
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(
        "/disclosure/compliance/", month=month, status=400
    )

    page.see("is no month. Write it like 2026-10", "Compliance in September 2026")


def test_the_figures_of_a_year_that_nobody_counts_are_not_found():
    her = as_(given.a_person(Role.SENIOR_MANAGER))

    assert her.try_("GET", "/disclosure/compliance/9999-12/q1/") == 404
    her.open("/disclosure/compliance/", month="2199-12").see("Compliance in December 2199")
    her.open("/disclosure/compliance/", month="1900-01").not_see("December 1899")


def test_one_new_item_is_told_as_one():
    duty = duties.endorsed()
    later = duties.checked(duty, mg6c_csv=duties.a_schedule("Diary of Mr Hall", first=4))
    assert Delivery.objects.get(pk=later.pk).changes

    as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{later.pk}/").see("1 item is new")
