"""What the police handed in and nobody has read is not approved, served or closed past."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.models import Delivery
from forthright.disclosure.selectors.packs import NoPackYet, pack_facts
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.approving_later import approve_later
from forthright.disclosure.services.handing_in import hand_in
from forthright.disclosure.services.serving import ServingRefused, approve_duty, second_looks, serve
from forthright.disclosure.services.starting import DutyRefused, close_duty, end_duty
from forthright.disclosure.services.triage import find_adequate
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
UNDERMINES = "Letter of the complainant of 3 June saying that it was another man who hit her"
LATER = given.at("2026-10-05 14:00")
LINK = "What was handed in 5 October 2026, midday"
REFUSED = r"handed in 1 new version of schedules \(Monday 5 October 2026, midday\)"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


def handed_in(returned):
    """What the police hand in holds an item that the copy a colleague takes in has not."""
    words = duties.a_schedule(*duties.OPEN_ITEMS, UNDERMINES)
    officer = duties.a_police_partner()
    return hand_in(returned, duties.written(mg6c_csv=words), by=officer, at=NOON)


def returned_and_taken_in(before=lambda returned: None):
    duty = duties.a_duty()
    returned = duties.returned(duty)
    before(returned)
    duty = duties.adequate(duties.fresh(duty), mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS))
    return duties.endorse_all(duty, by=duties.a_lawyer()), returned


def test_it_is_not_approved_past_and_the_page_leads_to_it():
    duty, _ = returned_and_taken_in(handed_in)
    manager = as_(duties.a_lawyer(Role.LEGAL_MANAGER))

    with pytest.raises(ServingRefused, match=REFUSED):
        duties.approve_and_serve(duty)

    page = manager.open(f"/disclosure/{duty.pk}/approve/")
    page.see("The police handed in a new version of schedules that nobody has taken in")
    page.follow(LINK).see("The police handed this in", UNDERMINES)
    manager.open(f"/disclosure/{duty.pk}/").see("nobody has taken in")


@pytest.fixture
def approved_before(at_noon):
    """A duty that was approved at noon; at one the police handed something in, and it is two."""
    duty, returned = returned_and_taken_in()
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    manager = duties.a_lawyer(Role.LEGAL_MANAGER)
    approve_duty(duty, looked_again=again, released=again, by=manager, at=NOON)
    waits = duties.checked(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, UNDERMINES))
    Delivery.objects.filter(pk=waits.pk).update(
        answers=returned, checked_at=given.at("2026-10-05 13:00")
    )
    at_noon.move_to(LATER, tick=False)
    return duties.fresh(duty)


def test_no_papers_are_made_and_nothing_is_served_past_it(approved_before):
    duty = approved_before

    with pytest.raises(NoPackYet, match="nobody has taken in"):
        pack_facts(duty)
    with pytest.raises(ServingRefused, match="5 October 2026, 1pm"):
        serve(duty, duties.a_service(duty, served_at=LATER), by=duties.a_lawyer(), at=LATER)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")
    page.not_see("The papers to serve").follow(LINK.replace("midday", "1pm")).see(
        "The police handed this in"
    )


def test_what_had_gone_before_they_handed_it_in_is_still_recorded(approved_before):
    duty = approved_before

    serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=LATER)

    assert duties.fresh(duty).served_at == NOON


def after_service():
    """A served duty whose case has a return since: handed in, and a copy of it taken in."""
    duty = duties.stated_nothing(duties.court_told())
    later = duties.a_schedule("Receipt of the tow truck of 3 June 2026 for the van", first=5)
    handed_in(duties.returned(duties.fresh(duty), mg6c_csv=later))
    return duties.adequate(duties.fresh(duty), mg6c_csv=later)


def test_after_service_it_is_neither_approved_nor_closed_past():
    duty = after_service()
    for line in lines_of(duty):
        if line.item.number == 5:
            duties.endorse(duty, line.item, "D", reason="It helps him", by=duties.a_lawyer())

    with pytest.raises(ServingRefused, match=REFUSED):
        approve_later(duty, by=duties.a_lawyer(Role.LEGAL_MANAGER), at=NOON)
    with pytest.raises(DutyRefused, match=REFUSED):
        close_duty(duty, reason="Convicted", by=duties.a_lawyer(), at=NOON)

    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/close/")
    page.follow(LINK).see("The police handed this in")


def test_once_it_is_taken_in_and_mended_the_duty_goes_on():
    duty, returned = returned_and_taken_in(handed_in)
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/{duty.pk}/").follow(LINK)
    page = page.press("Take it in").see("the schedules of the case changed meanwhile")
    page.press("Take it in").see("Is it adequate?")
    waits = Delivery.objects.get(answers=returned)
    find_adequate(waits, reason="Good enough for this case", by=None, at=NOON)
    assert duties.fresh(duty).state == "REVIEWING"

    duties.approve_and_serve(duties.endorse_all(duties.fresh(duty), by=duties.a_lawyer()))

    assert duties.fresh(duty).state == "SERVED"


def test_a_case_that_ended_before_anything_was_served_closes_all_the_same():
    duty, _ = returned_and_taken_in(handed_in)

    end_duty(duty, NOON.date(), reason="Pleaded guilty", by=duties.a_lawyer(), at=NOON)

    assert duties.fresh(duty).state == "CLOSED"
