"""That a delivery is adequate is taken back on the day, until anything rests on it."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import Approval, Delivery, Endorsement
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import set_aside
from forthright.disclosure.services.triage import (
    TriageRefused,
    accept_answer,
    answer_return,
    find_adequate,
    return_to_police,
    take_adequate_back,
)
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, WHY, ENOUGH = given.NOON, "It was meant to go back", "Enough for this case"
LATER = NOON + timedelta(hours=2)
MENDABLE = "bring the same files in again on the page of the duty, and return that delivery"


@pytest.fixture(autouse=True)
def _noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def duty():
    return duties.reviewing()


def the_delivery(duty):
    return Delivery.objects.filter(case=duty.case).order_by("pk").last()


def back(duty, *, reason=WHY, by=None, at=LATER):
    return take_adequate_back(the_delivery(duty), reason=reason, by=by, at=at)


def test_it_is_taken_back_on_the_page_and_then_returned_and_counts_once(duty):
    police = duties.a_police_unit()
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/deliveries/{the_delivery(duty).pk}/")

    page = page.follow("Take that back").press("Take it back", reason=WHY)

    page.see("Taken back. Decide on it again.", "Is it adequate?", "It was found adequate before:",
             f"(Taken back as a mistake: {WHY})", "Which unit of the police sent it?")  # fmt: skip
    assert duties.fresh(duty).state == "RECEIVED"
    lawyer.open(f"/disclosure/{duty.pk}/record/").see("That they are adequate was taken back")
    assert WHY not in str(Event.objects.get(name="delivery.adequate_taken_back").detail)
    asked = {"Schedules of unused material not completed correctly": ["Say what item 1 shows."]}
    return_to_police(the_delivery(duty), asked, unit=police, answer_by=date(2026, 10, 12), by=None,
                     at=LATER)  # fmt: skip
    assert duties.fresh(duty).state == "RETURNED"
    assert Delivery.objects.filter(case=duty.case).count() == 1


def test_another_unit_may_be_chosen_and_what_was_written_before_stays(duty):
    delivery = the_delivery(duty)
    Delivery.objects.filter(pk=delivery.pk).update(triage_reason=ENOUGH)
    duties.a_police_unit()
    other = given.a_unit(Unit.Kind.POLICE)
    back(duty)

    find_adequate(the_delivery(duty), reason="It is theirs", unit=other, by=None, at=LATER)

    delivery.refresh_from_db()
    assert (delivery.police_unit, delivery.triaged_at) == (other, LATER)
    assert delivery.triage_reason == "It is theirs"
    assert delivery.triage_before == f"{ENOUGH} (Taken back as a mistake: {WHY})"
    assert duties.fresh(duty).state == "REVIEWING"
    with pytest.raises(TriageRefused, match="reason may have 500 letters"):
        back(duty, reason="Of another case. " * 30)


def test_each_reason_has_room_of_its_own_however_much_was_written_before(duty):
    delivery, police = the_delivery(duty), duties.a_police_unit()
    long = ("Both items were seen in full, and the trial is near. " * 9).strip()
    Delivery.objects.filter(pk=delivery.pk).update(triage_reason=long)

    back(duty, reason=long)
    find_adequate(the_delivery(duty), reason=long, unit=police, by=None, at=LATER)

    delivery.refresh_from_db()
    assert delivery.triage_reason == long
    assert delivery.triage_before == f"{long} (Taken back as a mistake: {long})"
    with pytest.raises(TriageRefused, match="reason may have 500 letters"):
        find_adequate(duties.received(duty), reason=long + long, unit=police, by=None, at=LATER)


def test_why_is_for_the_lawyers_of_the_unit(duty):
    back(duty)
    reader = as_(given.a_person(Role.LINE_MANAGER))

    page = reader.open(f"/disclosure/deliveries/{the_delivery(duty).pk}/")

    page.see("adequate before, and that was taken back with a reason, which is for the lawyers")
    page.not_see(WHY, "A reason was given why it is adequate")


def test_without_a_reason_or_by_another_unit_nothing_is_taken_back(duty):
    with pytest.raises(TriageRefused, match="why it was a mistake"):
        back(duty, reason=" ")
    with pytest.raises(NotAllowed):
        back(duty, by=given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO)))
    back(duty)
    with pytest.raises(NotAllowed, match="was not found adequate"):
        back(duty)


def test_on_the_next_day_it_stays_and_both_refusals_say_the_way_on(duty):
    with pytest.raises(NotAllowed, match=f"on the same day only.*{MENDABLE}"):
        back(duty, at=NOON + timedelta(days=1))

    refused = as_(duties.a_lawyer()).open(
        f"/disclosure/deliveries/{the_delivery(duty).pk}/return/", status=403
    )
    refused.see("is adequate already", "take it back on its page", MENDABLE)


@pytest.mark.parametrize("how", ["endorsed", "set aside", "a new version"])
def test_once_something_rests_on_it_it_stays(duty, how):
    item = lines_of(duty)[1].item
    if how == "endorsed":
        duties.endorse(duty, item, "D", reason="It may assist", by=duties.a_lawyer())
    elif how == "set aside":
        set_aside(duty, item.pk, reason="The log is with the force", decide_by=date(2026, 10, 9),
                  by=duties.a_lawyer(), at=NOON)  # fmt: skip
    else:
        first = the_delivery(duty)
        Delivery.objects.filter(pk=first.pk).update(triaged_at=NOON - timedelta(hours=1))
        duties.received(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
        with pytest.raises(NotAllowed, match="Another version was taken in since"):
            take_adequate_back(first, reason=WHY, by=None, at=LATER)
        return

    with pytest.raises(NotAllowed, match=f"decided of its items, or served, since.*{MENDABLE}"):
        back(duty)
    as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{the_delivery(duty).pk}/").not_see(
        "Take that back"
    )


def test_once_something_was_served_on_it_it_stays():
    """What a new version has in the same words is served without being decided anew."""
    duty = duties.served()
    Endorsement.objects.filter(duty=duty).update(made_at=NOON - timedelta(days=1))
    Approval.objects.filter(duty=duty).update(made_at=NOON - timedelta(days=1))
    Delivery.objects.filter(case=duty.case).update(triaged_at=NOON + timedelta(seconds=20))

    with pytest.raises(NotAllowed, match="or served, since"):
        back(duty)


def test_what_stands_by_an_accepted_answer_stays():
    returned = duties.returned(duties.a_duty())
    answer_return(returned, "Item 1 is as it is.", by=duties.a_police_partner(), at=NOON)
    accept_answer(returned, reason="They are right", by=duties.a_lawyer(), at=NOON)

    with pytest.raises(NotAllowed, match="was accepted, and that stays"):
        take_adequate_back(returned.delivery, reason=WHY, by=None, at=LATER)
