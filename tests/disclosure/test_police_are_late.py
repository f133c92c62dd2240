"""That the police are late to answer a return is said where the work of the day stands."""

from datetime import date, datetime, timedelta

import pytest

from forthright.disclosure.services.handing_in import hand_in
from forthright.disclosure.services.triage import answer_return, return_to_police
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
DUE = date(2026, 10, 12)
LATE = "with a schedule back with the police, who are late to answer: remind them"
WAITING = "waiting for the police, who have a schedule back"
ASKED = {"Schedules of unused material not completed correctly": ["Say what item 1 shows."]}


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.fixture
def later(time_machine):
    def move(day: date = DUE) -> datetime:
        moved = given.at(f"{day} 10:00")
        time_machine.move_to(moved, tick=False)
        return moved

    return move


def overview():
    return as_(duties.a_lawyer()).open("/")


def test_the_day_after_theirs_the_overview_and_the_list_say_that_they_are_late(later):
    duty = duties.a_duty()
    duties.returned(duty)
    later()
    overview().not_see(LATE)

    later(DUE + timedelta(days=1))

    page = overview().see(f"1 duty {LATE}", "To be answered by Monday 12 October 2026")
    page.not_see(WAITING)
    page.follow(f"1 duty {LATE}").see("no answer by 12 October 2026")
    as_(duties.a_lawyer()).open("/disclosure/").see(
        "Needs you now", "The police are late to answer: it was due 12 October 2026"
    )


def test_several_are_counted_and_lead_to_the_list(later):
    duties.returned(duties.a_duty())
    duties.returned(duties.a_duty(case=given.a_case(urn="20AB0009926"), name="Hollis"))
    later(DUE + timedelta(days=3))

    page = overview().see(f"2 duties {LATE}", "The longest was to be answered by Monday 12 October")

    page.follow(f"2 duties {LATE}").see("Needs you now", "Hollis", "Marsden")


def test_after_the_service_both_are_said(later):
    served = duties.court_told(name="Hollis", case=given.a_case(urn="20AB0009926"))
    came = duties.received(served, mg6c_csv=duties.a_schedule("A later log", first=9))
    return_to_police(came, ASKED, unit=duties.a_police_unit(), answer_by=DUE,
                     by=duties.a_lawyer(), at=given.NOON)  # fmt: skip
    later(DUE + timedelta(days=1))

    overview().see(f"1 duty {LATE}", "waiting for the defence statement")
    as_(duties.a_lawyer()).open("/disclosure/?show=served").see("The police are late to answer")


def test_once_they_answered_or_handed_in_they_are_late_no_more(later):
    answered = duties.returned(duties.a_duty())
    sent = duties.returned(duties.a_duty(case=given.a_case(urn="20AB0009926"), name="Hollis"))
    at = later(DUE + timedelta(days=1))
    overview().see(f"2 duties {LATE}")

    officer = duties.a_police_partner()
    answer_return(answered, "The description is full.", by=officer, at=at)
    hand_in(sent, duties.written(mg6c_csv=duties.a_schedule("A log", "A note")), by=officer, at=at)

    overview().not_see(LATE).see("answered by the police")
