"""A return to the police that was a mistake is taken back, with why, and counts as none."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.selectors.evidence import evidence_of
from forthright.disclosure.selectors.weekly import disclosure_of_week
from forthright.disclosure.services.bringing import take_in
from forthright.disclosure.services.handing_in import hand_in
from forthright.disclosure.services.triage import (
    TriageRefused,
    answer_return,
    find_adequate,
    return_to_police,
    take_back,
)
from forthright.home.tasks import return_tasks
from forthright.rules.disclosure_compliance import Month, figures_of
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
TODAY = NOON.date()
WHY = "The schedule is of another case"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def duty():
    return duties.a_duty()


@pytest.fixture
def returned(duty):
    return duties.returned(duty)


def taken_back(returned):
    return take_back(returned, reason=WHY, by=duties.a_lawyer(), at=NOON)


def figures():
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    found = compliance_of(*everything, Month(2026, 10), date(2026, 12, 1))
    return {each.key: each for each in found.figures}


def test_who_may_return_it_takes_it_back_on_the_page_and_decides_again(duty, returned):
    lawyer = as_(duties.a_lawyer())
    address = f"/disclosure/deliveries/{returned.delivery_id}/"

    page = lawyer.open(address).follow("Take the return back").press("Take it back", reason=WHY)

    page.see("Is it adequate?", "taken back as a mistake", WHY, "It counts as no return")
    assert duties.fresh(duty).state == DutyState.RECEIVED
    returned.refresh_from_db()
    assert (returned.taken_back_at, returned.taken_back_reason) == (NOON, WHY)


def test_without_a_reason_nothing_is_taken_back(returned):
    with pytest.raises(TriageRefused, match="why it was a mistake"):
        take_back(returned, reason=" ", by=None, at=NOON)


def test_the_police_have_no_task_and_read_why_and_nothing_that_was_asked(returned):
    officer = duties.a_police_partner()
    assert return_tasks(officer, TODAY)

    taken_back(returned)

    assert return_tasks(officer, TODAY) == []
    browser = as_(officer)
    browser.open("/returned-schedules/").see("Nothing waits for your unit", "Taken back")
    page = browser.open(f"/returned-schedules/{returned.pk}/")
    page.see("Taken back as a mistake", WHY)
    page.not_see("What is asked", "Say what item 1 shows", "Hand in the new version", "Send the")


def test_it_counts_neither_as_returned_nor_in_the_turnaround_and_the_population_says_so(returned):
    answer_return(returned, "Nothing to mend", by=duties.a_police_partner(), at=NOON)
    assert figures()["returned_0"].words.startswith("1 of 1")

    delivery = taken_back(returned)

    assert figures()["returned_0"].n == 0
    assert "returns that were taken back" in figures()["returned_0"].population
    find_adequate(delivery, reason="Good", unit=duties.a_police_unit(), by=None, at=NOON)
    assert figures()["returned_0"].words.startswith("0 of 1")
    assert figures()["turnaround_0"].n == 0


def test_the_record_sheet_says_that_and_why_and_the_evidence_that(duty, returned):
    taken_back(returned)

    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/").see("taken back", WHY)
    said = " ".join(words for _, told in evidence_of(duty, TODAY) for words in told)
    assert "counts as no return" in said
    assert WHY not in said
    assert Event.objects.get(name="return.taken_back").detail["delivery"] == returned.delivery_id


@pytest.mark.parametrize(
    "role",
    [Role.INSPECTOR, Role.SENIOR_MANAGER, Role.CHIEF_CROWN_PROSECUTOR, Role.LEGAL_MANAGER],
)
def test_who_only_reads_sees_that_it_was_taken_back_and_when_and_not_why(duty, returned, role):
    taken_back(returned)
    reader = as_(given.a_person(role, unit=given.a_unit(Unit.Kind.MAGISTRATES)))

    delivery = f"/disclosure/deliveries/{returned.delivery_id}/"
    for address in (delivery, f"/disclosure/{duty.pk}/record/"):
        page = reader.open(address)
        page.see("taken back as a mistake", "for those who work on the case").not_see(WHY)
    compliance = reader.open("/disclosure/compliance/?month=2026-10")
    compliance.see("taken back as a mistake").not_see(WHY)
    if role is not Role.LEGAL_MANAGER:
        reader.open("/record/").see("Return taken back").not_see(WHY)


def test_a_line_manager_of_the_unit_who_may_take_it_back_reads_why(duty, returned):
    taken_back(returned)
    manager = as_(given.a_person(Role.LINE_MANAGER))

    manager.open(f"/disclosure/deliveries/{returned.delivery_id}/").see(WHY)
    manager.open(f"/disclosure/{duty.pk}/record/").see(WHY)


def test_it_may_go_back_again_and_that_is_mended_as_ever(duty, returned):
    delivery = taken_back(returned)
    asked = {"Schedules of unused material not completed correctly": ["Say what item 2 shows."]}
    again = return_to_police(delivery, asked, unit=duties.a_police_unit(),
                             answer_by=date(2026, 10, 14), by=None, at=NOON)  # fmt: skip
    assert duties.fresh(duty).state == DutyState.RETURNED

    came = hand_in(again, duties.written(b_csv=duties.a_schedule(*duties.OPEN_ITEMS)),
                   by=duties.a_police_partner(), at=NOON)  # fmt: skip
    take_in(came, by=None, at=NOON)
    find_adequate(came, reason="Good", by=None, at=NOON)

    by_pk = dict(PoliceReturn.objects.values_list("pk", "mended_by"))
    assert by_pk == {returned.pk: None, again.pk: came.pk}
    assert duties.fresh(duty).state == DutyState.REVIEWING
    assert figures()["returned_0"].words.startswith("1 of 2")


def test_of_two_who_take_it_back_the_second_is_told_who_did(returned):
    taken_back(returned)

    with pytest.raises(NotAllowed, match=r"taken back as a mistake .* by Prosecutor"):
        take_back(returned, reason="Twice", by=None, at=NOON)


def test_once_a_new_version_was_handed_in_it_stays(returned):
    hand_in(returned, duties.written(b_csv=duties.a_schedule(*duties.OPEN_ITEMS)),
            by=duties.a_police_partner(), at=NOON)  # fmt: skip

    with pytest.raises(NotAllowed, match="handed a new version in already"):
        taken_back(returned)
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{returned.delivery_id}/")
    page.not_see("Take the return back")


def test_once_taken_back_nothing_is_handed_in_or_answered(returned):
    taken_back(returned)

    with pytest.raises(NotAllowed, match=WHY):
        hand_in(returned, duties.written(b_csv=duties.a_schedule(*duties.OPEN_ITEMS)),
                by=duties.a_police_partner(), at=NOON)  # fmt: skip
    with pytest.raises(NotAllowed, match=WHY):
        answer_return(returned, "Done", by=duties.a_police_partner(), at=NOON)
    assert not Delivery.objects.filter(answers=returned).exists()


def test_it_waits_for_no_answer_of_the_police_any_more(duty, returned):
    taken_back(returned)
    late = date(2026, 10, 30)

    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").not_see("no answer by", "answer due")
    assert duty in waiting_for(duties.a_lawyer(), late)  # to be looked through again


def test_nobody_of_another_unit_or_of_the_police_takes_it_back(returned):
    with pytest.raises(NotAllowed):
        take_back(returned, reason=WHY, by=duties.a_police_partner(), at=NOON)


def of_week(duty, as_of):
    facts = disclosure_of_week(duty.area, week_of(TODAY), as_of=as_of)
    found = figures_of("the week", [], facts.deliveries)
    return {each.key: each.words for each in found}["returned_0"]


def test_two_reports_of_one_week_say_the_same_before_and_after_it_is_taken_back(
    time_machine, duty, returned
):
    monday = week_of(TODAY).plus(1).monday
    time_machine.move_to(given.at(f"{monday} 09:00"), tick=False)
    early = of_week(duty, monday)

    delivery = take_back(returned, reason=WHY, by=duties.a_lawyer(), at=given.at(f"{monday} 09:00"))

    assert early.startswith("1 of 1")
    assert of_week(duty, monday) == early
    find_adequate(delivery, reason="Good", unit=duties.a_police_unit(), by=None,
                  at=given.at(f"{monday} 09:02"))  # fmt: skip
    assert of_week(duty, monday) == early
    assert not of_week(duty, monday + timedelta(days=1)).startswith("1 of")


def test_the_month_whose_figures_changed_says_so(returned):
    lawyer = as_(duties.a_lawyer())
    lawyer.open("/disclosure/compliance/?month=2026-10").not_see("was taken back as a mistake")

    taken_back(returned)

    page = lawyer.open("/disclosure/compliance/?month=2026-10")
    page.see("was taken back as a mistake", "count it as no return").not_see(WHY)
    lawyer.open("/disclosure/compliance/?month=2026-09").not_see("was taken back as a mistake")
