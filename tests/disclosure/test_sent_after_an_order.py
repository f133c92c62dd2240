"""Nothing is due before the case was sent, whatever order stands."""

from datetime import date

import pytest

from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.reckoning import DateRefused
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
AT = given.at("2026-10-13 15:00")
SENT_AFTER = date(2026, 10, 12)


@pytest.fixture(autouse=True)
def _on_that_day(time_machine):
    time_machine.move_to(AT, tick=False)


def with_order():
    duty = duties.a_duty()
    order(duty, date(2026, 10, 9), at=given.at("2026-10-06 15:00"))
    return duties.fresh(duty)


def order(duty, day, *, at=AT, key="stage_1"):
    wish = Ordered(key=key, day=day, reason="By the judge")
    set_court_date(duty, wish, by=None, at=at)


def sent_after(duty, **said):
    said = {"triggered_on": SENT_AFTER} | said
    trigger = Trigger(remand="CUSTODY", reason="It was sent on 12 October", **said)
    correct_trigger(duty, trigger, by=None, at=AT)
    return duties.fresh(duty)


def test_a_sending_after_what_the_court_ordered_asks_what_becomes_of_the_order():
    duty = with_order()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/trigger/")

    page = page.press(
        "Correct it", triggered_on_day="12", triggered_on_month="10", triggered_on_year="2026",
        reason="It was sent on 12 October",
    )  # fmt: skip

    page.see("The court ordered Friday 9 October 2026 for “Initial disclosure",
             "Say first what becomes of the order")  # fmt: skip
    duty = duties.fresh(duty)
    assert (duty.triggered_on, duty.due_on) == (duties.SENT, date(2026, 10, 9))


def test_once_the_order_is_taken_back_it_is_due_by_the_right_day():
    duty = with_order()
    order(duty, None)

    duty = sent_after(duties.fresh(duty))

    assert duty.due_on == duty.dates.get(key="stage_1").day == date(2026, 12, 1)


def test_what_the_court_ordered_for_another_step_is_asked_about_too():
    duty = duties.a_duty()
    order(duty, date(2026, 10, 9), at=given.at("2026-10-06 15:00"), key="hearing")

    with pytest.raises(DateRefused, match="Plea and trial preparation hearing"):
        sent_after(duties.fresh(duty))


def test_what_a_court_ordered_before_the_case_was_sent_up_lapses_and_asks_nothing():
    duty = duties.a_duty(court="MAGISTRATES")
    order(duty, date(2026, 10, 9), at=given.at("2026-10-06 15:00"))

    duty = sent_after(
        duties.fresh(duty), court="CROWN", triggered_on=duties.SENT, moved_on=SENT_AFTER
    )

    assert duty.triggered_on == SENT_AFTER
