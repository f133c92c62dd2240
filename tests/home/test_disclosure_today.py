from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.services.hearings import Listed, register_case
from forthright.hard_media.services.sent_days import put_sent_day_right
from forthright.home.sent_days import sent_day_tasks
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def test_the_overview_says_which_duties_wait_for_whom():
    duties.endorsed()
    duties.approved()

    as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open("/").see(
        "1 duty endorsed and waiting to be approved", "1 duty approved and waiting to be served"
    )
    as_(duties.a_lawyer()).open("/").see("1 duty approved").not_see("waiting to be approved")


def test_a_unit_of_the_police_is_told_what_it_has_to_mend():
    duties.returned(duties.a_duty())
    officer = as_(duties.a_police_partner())

    page = officer.open("/").see("1 delivery of schedules to mend")

    page.see("The first by Monday 12 October 2026").not_see("not built yet")


def registered(duty, sent_on):
    return register_case(
        duty.case, Listed(on=date(2026, 10, 27), sent_on=sent_on), by=None, at=given.NOON
    )


def test_a_case_that_was_sent_on_two_days_is_a_task_of_who_may_correct_it():
    duty = duties.a_duty()
    hearing = registered(duty, date(2026, 9, 3))

    page = as_(duties.a_lawyer()).open("/")

    page.see(
        f"{duty.case} was sent on two days by our record",
        "Disclosure counts from Tuesday 1 September 2026; the register of recordings has Thursday "
        "3 September 2026. Look at the notice of sending",
    )
    page.follow(f"{duty.case} was sent on two days by our record").see("correct the day it began")
    put_sent_day_right(hearing, duties.SENT, "Typed wrong", by=None, at=given.NOON)
    as_(duties.a_lawyer()).open("/").not_see("sent on two days")


def test_two_days_of_two_defendants_are_one_task_and_no_task_where_one_of_them_agrees():
    duty = duties.a_duty()
    duties.a_duty(case=duty.case, name="Reed", sent=date(2026, 9, 2))
    registered(duty, date(2026, 9, 3))
    found = sent_day_tasks(duties.a_lawyer())
    assert [each.words for each in found] == [f"{duty.case} was sent on two days by our record"]
    assert "1 September 2026 and Wednesday 2 September 2026" in found[0].hint

    duties.a_duty(case=duty.case, name="Hale", sent=date(2026, 9, 3))

    assert sent_day_tasks(duties.a_lawyer()) == []


def test_who_may_not_correct_it_has_no_such_task():
    registered(duties.a_duty(), date(2026, 9, 3))

    assert sent_day_tasks(given.a_person(Role.SENIOR_MANAGER)) == []
    assert sent_day_tasks(duties.a_police_partner()) == []
