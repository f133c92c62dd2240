"""Schedules that were brought in and checked wait, by name, until they are taken in or gone."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.selectors.packs import NoPackYet, pack_facts
from forthright.disclosure.services.bringing import check_delivery, give_up, take_in
from forthright.disclosure.services.serving import ServingRefused, serve
from forthright.disclosure.services.serving_then import serve_when_it_was
from forthright.disclosure.services.starting import DutyRefused, close_duty
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
TWO = NOON + timedelta(hours=2)
NEW = "Letter of the complainant of 3 June saying that it was another man who hit her"
LINK = "What was brought in 5 October 2026, 1pm"
TASK = "1 delivery of schedules to take in or throw away"
REFUSED = r"brought in and checked \(Monday 5 October 2026, 1pm\).* or throw them away"


@pytest.fixture(autouse=True)
def at_two(time_machine):
    time_machine.move_to(TWO, tick=False)


def brought_in(duty):
    """Somebody of the unit has a version with a new item checked at one, and leaves it there."""
    files = duties.written(mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS, NEW))
    return check_delivery(
        duty, files, police_unit=duties.a_police_unit(), is_whole=False, by=duties.a_lawyer(),
        at=NOON + timedelta(hours=1),
    )  # fmt: skip


@pytest.mark.parametrize("stage", [duties.a_duty, duties.approved, duties.court_told])
def test_the_overview_and_what_needs_you_now_name_it_and_lead_to_it(stage):
    duty = stage()
    brought_in(duty)
    lawyer = as_(duties.a_lawyer())

    lawyer.open("/").follow(TASK).see("Nothing was taken in yet", NEW)
    page = lawyer.open("/disclosure/").see("Needs you now", "that nobody has taken in")
    page.follow("Mr Dean Marsden").follow(LINK).see("Take it in", "Throw it away")


def test_nothing_is_served_over_it_and_no_papers_are_made():
    duty = duties.approved()
    brought_in(duty)
    service = duties.a_service(duty, served_at=TWO)

    with pytest.raises(ServingRefused, match=REFUSED):
        serve(duty, service, by=duties.a_lawyer(), at=TWO)
    with pytest.raises(NoPackYet, match="throw them away"):
        pack_facts(duty)
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/serve/")
    page.not_see("The papers to serve").follow(LINK)


def test_what_went_before_it_came_is_still_recorded():
    duty = duties.approved()
    brought_in(duty)

    serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=TWO)

    assert duties.fresh(duty).served_at == NOON


def test_once_it_is_taken_in_a_service_after_it_came_is_refused_for_what_waited_then():
    duty = duties.approved()
    take_in(brought_in(duty), by=None, at=TWO)
    service = duties.a_service(duty, served_at=NOON + timedelta(minutes=90))

    with pytest.raises(ServingRefused, match="By then schedules had come"):
        serve_when_it_was(duties.fresh(duty), service, by=duties.a_lawyer(), at=TWO)


def test_no_duty_is_closed_over_it():
    duty = duties.stated_nothing(duties.court_told())
    brought_in(duty)

    with pytest.raises(DutyRefused, match=REFUSED):
        close_duty(duty, reason="Convicted", by=duties.a_lawyer(), at=TWO)
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/close/").follow(LINK)


def test_nothing_is_approved_over_it_and_once_thrown_away_the_duty_goes_on():
    duty = duties.endorsed()
    came = brought_in(duty)

    with pytest.raises(ServingRefused, match=REFUSED):
        duties.approve_and_serve(duty, at=TWO, served_at=TWO)
    as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(f"/disclosure/{duty.pk}/approve/").follow(LINK)
    give_up(came, by=duties.a_lawyer(), at=TWO)

    duties.approve_and_serve(duty, at=TWO, served_at=TWO)

    as_(duties.a_lawyer()).open("/").not_see(TASK)


FIRST = "First the schedules that came are taken in, which stand on a line of their own"


@pytest.mark.parametrize(
    ("stage", "state"),
    [(duties.approved, "approved and waiting to be served"),
     (duties.court_told, "served, and waiting for the defence statement")],
)  # fmt: skip
def test_where_the_duty_is_counted_under_its_state_too_that_says_what_comes_first(stage, state):
    came = brought_in(stage())
    lawyer = as_(duties.a_lawyer())

    lawyer.open("/").see(TASK, f"1 duty {state}{FIRST}")
    give_up(came, by=duties.a_lawyer(), at=TWO)

    lawyer.open("/").not_see(FIRST)


def test_of_several_duties_it_says_of_how_many():
    brought_in(duties.approved())
    duties.approved(name="Twin")

    as_(duties.a_lawyer()).open("/").see(
        "2 duties approved and waiting to be servedOf 1 of them: first the schedules that came"
    )
