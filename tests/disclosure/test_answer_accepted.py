"""What the police answer to a return in words is for a lawyer to read, and can be accepted."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of, return_facts
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.selectors.trends import trends_of
from forthright.disclosure.services.handing_in import hand_in
from forthright.disclosure.services.triage import (
    TriageRefused,
    accept_answer,
    answer_return,
    return_to_police,
    take_back,
)
from forthright.home.tasks import return_tasks
from forthright.reports.selectors.disclosures import standing_of_disclosure
from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.weekly_report.disclosure_facts import DisclosureFacts
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
SAYS = "We do not agree. Item 1 says all there is; there is nothing more to add."
WHY = "The receipt shows the name and the day"
ANSWERED = "answered by the police, who have a schedule back: read what they say"
NOVEMBER = given.at("2026-11-04 10:00")


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def duty():
    return duties.a_duty()


@pytest.fixture
def returned(duty):
    return duties.returned(duty)


def answer(returned):
    return answer_return(returned, SAYS, by=duties.a_police_partner(), at=NOON)


def accept(returned, *, at=NOON):
    answer(returned)
    accept_answer(returned, reason=WHY, by=duties.a_lawyer(), at=at)
    returned.refresh_from_db()
    return returned


def figures(month):
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    found = compliance_of(*everything, month, date(2026, 12, 1))
    return {each.key: each for each in found.figures}


def test_the_overview_the_list_and_the_duty_say_that_the_police_answered(duty, returned):
    lawyer = as_(duties.a_lawyer())
    lawyer.open("/disclosure/").see("Waiting for the police, who have a schedule back")

    answer(returned)

    lawyer.open("/").see(f"1 duty {ANSWERED}").not_see("waiting for the police")
    lawyer.open("/disclosure/").see("Answered by the police, who have a schedule back")
    page = lawyer.open(f"/disclosure/{duty.pk}/").see(
        "Answered by the police, who have a schedule back", "The police answered a return in words"
    )
    page.follow("Read what they say").see(SAYS, "Are they right?")
    assert page.links["Looked through"] == f"/disclosure/deliveries/{returned.delivery_id}/"


def test_after_the_service_the_overview_says_both(duty):
    served = duties.court_told(name="Hollis", case=given.a_case(urn="20AB0009926"))
    came = duties.received(served, mg6c_csv=duties.a_schedule("A later log", first=9))
    asked = {"Schedules of unused material not completed correctly": ["Say what it shows."]}
    back = return_to_police(
        came, asked, unit=duties.a_police_unit(), answer_by=date(2026, 10, 12),
        by=duties.a_lawyer(), at=NOON,
    )  # fmt: skip
    answer(back)
    lawyer = as_(duties.a_lawyer())

    lawyer.open("/").see(f"1 duty {ANSWERED}", "waiting for the defence statement")
    lawyer.open("/disclosure/?show=served").see("The police answered a return")


def test_a_lawyer_accepts_the_answer_and_the_schedules_stand_as_they_came(duty, returned):
    answer(returned)
    lawyer = as_(duties.a_lawyer())
    page = lawyer.open(f"/disclosure/deliveries/{returned.delivery_id}/")

    page = page.follow("Accept what the police answered").see(SAYS).press("Accept it", reason=WHY)

    page.see("What the police answered was accepted", f"Adequate because: {WHY}")
    page.see("It counts as a return").not_see("Take the return back", "Are they right?")
    assert duties.fresh(duty).state == DutyState.REVIEWING
    assert len(lines_of(duty)) == len(duties.OPEN_ITEMS)
    lawyer.open("/").not_see(ANSWERED)
    lawyer.open(f"/disclosure/{duty.pk}/").see("what the police answered was accepted")
    lawyer.open(f"/disclosure/{duty.pk}/record/").see(
        "What the police answered to the return was accepted"
    )
    assert Event.objects.filter(name="return.answer_accepted").count() == 1


def test_the_police_read_that_their_answer_was_accepted_and_not_why(returned):
    accept(returned)
    officer = duties.a_police_partner()

    assert return_tasks(officer, NOON.date()) == []
    page = as_(officer).open("/returned-schedules/").see("Your answer was accepted")
    page = page.follow(f"{returned.delivery.case}, returned 5 October 2026")
    page.see("Your answer was accepted", SAYS).not_see(WHY, "Hand in the new version")


def test_it_counts_as_a_return_of_its_month_and_as_nothing_to_mend(returned):
    other = duties.returned(duties.a_duty(name="Hollis", case=given.a_case(urn="20AB0009926")))
    before = figures(Month(2026, 10))

    accept(returned, at=NOVEMBER)

    october, november = figures(Month(2026, 10)), figures(Month(2026, 11))
    assert october["returned_0"].words == before["returned_0"].words
    assert november["returned_0"].n == 0
    assert set(before["turnaround_0"].records) == {returned.delivery_id, other.delivery_id}
    assert october["turnaround_0"].records == (other.delivery_id,)
    assert "without 1 that stand as the police answered" in october["turnaround_0"].population


def test_as_of_a_day_before_it_was_accepted_it_was_not(returned):
    accept(returned, at=NOVEMBER)
    days = Delivery.objects.all(), date(2026, 10, 1), date(2026, 10, 31)

    [then] = return_facts(*days, as_of=date(2026, 11, 4))
    [now] = return_facts(*days)

    assert (then.is_returned, then.is_accepted) == (True, False)
    assert (now.is_returned, now.is_accepted, now.days) == (True, True, None)
    stood = standing_of_disclosure(DisclosureFacts(duties=(), deliveries=(now,)))
    [[words, _, day, _]] = stood.values()
    assert (words, day) == ("Returned, and stands as the police answered", "2026-10-05")


def test_the_chart_of_months_counts_it_in_the_month_in_which_it_went_back(returned):
    everything = DisclosureDuty.objects.all(), Delivery.objects.all()

    def drawn():
        trends = trends_of(*everything, date(2026, 12, 2))
        return [repr(each) for each in trends if "eturned" in repr(each)]

    answer(returned)
    before = drawn()
    accept_answer(returned, reason=WHY, by=duties.a_lawyer(), at=NOVEMBER)

    assert before
    assert drawn() == before


def test_the_evidence_says_that_it_was_accepted(duty, returned):
    accept(returned)

    said = " ".join(words for _, found in evidence_of(duty, NOON.date()) for words in found)

    assert (
        "that was accepted Monday 5 October 2026, midday: the schedules stand as they came" in said
    )
    assert WHY not in said


def test_what_is_to_be_endorsed_by_then_is_opened_again(duty, returned):
    answer(returned)
    asked = waiting_for(duties.a_lawyer(), NOON.date())
    assert duty in asked

    accept_answer(returned, reason=WHY, by=duties.a_lawyer(), at=NOON)

    assert duty in waiting_for(duties.a_lawyer(), NOON.date())


@pytest.mark.parametrize(
    ("case", "says"),
    [("silent", "have not answered"), ("untaken", "before it was taken in"),
     ("handed in", "handed a new version in"), ("twice", "was accepted")],
)  # fmt: skip
def test_what_is_not_an_answer_to_accept_is_refused(duty, case, says):
    if case == "untaken":
        asked = {"Schedules of unused material not completed correctly": ["Send it anew."]}
        returned = return_to_police(
            duties.checked(duty), asked, unit=duties.a_police_unit(),
            answer_by=date(2026, 10, 12), by=duties.a_lawyer(), at=NOON,
        )  # fmt: skip
    else:
        returned = duties.returned(duty)
    if case != "silent":
        answer(returned)
    if case == "handed in":
        files = duties.written(mg6c_csv=duties.a_schedule("One", "Two"))
        hand_in(returned, files, by=duties.a_police_partner(), at=NOON)
    if case == "twice":
        accept_answer(returned, reason=WHY, by=duties.a_lawyer(), at=NOON)

    with pytest.raises(NotAllowed, match=says):
        accept_answer(returned, reason=WHY, by=duties.a_lawyer(), at=NOON)


def test_without_a_reason_nothing_is_accepted(returned):
    answer(returned)

    with pytest.raises(TriageRefused, match="why their answer is right"):
        accept_answer(returned, reason=" ", by=duties.a_lawyer(), at=NOON)

    returned.refresh_from_db()
    assert returned.accepted_at is None


def test_a_return_whose_answer_was_accepted_is_not_taken_back(returned):
    accept(returned)

    with pytest.raises(NotAllowed, match="was accepted"):
        take_back(returned, reason="A mistake", by=duties.a_lawyer(), at=NOON)


def test_who_does_not_read_the_answer_does_not_accept_it(returned):
    answer(returned)
    manager = given.a_person(Role.LINE_MANAGER, unit=returned.delivery.unit)
    page = as_(manager).open(f"/disclosure/deliveries/{returned.delivery_id}/")

    page.not_see("Accept what the police answered")
    with pytest.raises(NotAllowed, match="for the lawyers of the unit to read"):
        accept_answer(returned, reason=WHY, by=manager, at=NOON)


def test_who_works_on_no_case_may_not_accept(returned):
    answer(returned)

    with pytest.raises(NotAllowed):
        accept_answer(returned, reason=WHY, by=duties.a_police_partner(), at=NOON)
