"""What a magistrates’ court ordered does not bind once the case is sent to the Crown Court."""

from datetime import date

import pytest

from forthright.audit.models import Event
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.dating import Ordered, set_court_date
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, SENT_UP = given.NOON, date(2026, 10, 5)


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def before_magistrates():
    duty = duties.a_duty(court="MAGISTRATES", sent=date(2026, 9, 21))
    order(duty, date(2026, 10, 16))
    return duties.fresh(duty)


def order(duty, day, key="stage_1", ordered_on=None):
    wish = Ordered(key=key, day=day, reason="Ordered at the hearing", ordered_on=ordered_on)
    set_court_date(duty, wish, by=None, at=NOON)


def to_court(duty, court, *, moved_on=None, was_typed_wrong=False, changed_on=None):
    trigger = Trigger(triggered_on=duty.triggered_on, remand="BAIL", court=court, moved_on=moved_on,
                      was_typed_wrong=was_typed_wrong, changed_on=changed_on,
                      reason="Sent for trial with the co-accused")  # fmt: skip
    correct_trigger(duty, trigger, by=duties.a_lawyer(), at=NOON)
    return duties.fresh(duty)


def test_its_order_lapses_and_stays_in_the_record():
    duty = before_magistrates()
    assert duty.due_on == date(2026, 10, 16)

    duty = to_court(duty, "CROWN", moved_on=SENT_UP)

    # 70 days after it was sent are over on Monday 14 December.
    assert duty.due_on == date(2026, 12, 14)
    arithmetic = duty.dates.get(key="stage_1").arithmetic
    assert "The court ordered" not in " ".join(arithmetic)
    assert arithmetic[-1] == (
        "An order of Monday 5 October 2026 for Friday 16 October 2026 binds no more: it was made "
        "by the court from which the case went to another."
    )
    assert duty.court_dates.get().day == date(2026, 10, 16)
    assert Event.objects.get(name="disclosure.trigger_corrected").detail["lapsed"] == ["stage_1"]


def test_what_the_crown_court_orders_then_binds():
    duty = to_court(before_magistrates(), "CROWN", moved_on=SENT_UP)

    order(duty, date(2026, 11, 20))

    assert duties.fresh(duty).due_on == date(2026, 11, 20)


def test_what_the_crown_court_had_ordered_before_somebody_recorded_the_sending_binds():
    duty = duties.a_duty(court="MAGISTRATES", sent=date(2026, 9, 21))
    order(duty, date(2026, 10, 16), ordered_on=date(2026, 9, 25))
    order(duty, date(2026, 11, 20), ordered_on=date(2026, 10, 2))

    duty = to_court(duty, "CROWN", moved_on=date(2026, 10, 1))

    assert duty.due_on == date(2026, 11, 20)


def test_a_court_that_was_typed_wrong_had_made_its_orders_all_along():
    duty = to_court(before_magistrates(), "CROWN", was_typed_wrong=True)

    assert duty.due_on == date(2026, 10, 16)


def test_custody_that_becomes_bail_takes_no_order_back():
    duty = duties.a_duty()
    order(duty, date(2026, 11, 20))

    duty = to_court(duty, "CROWN", changed_on=date(2026, 9, 14))

    assert duty.due_on == date(2026, 11, 20)
    assert DisclosureDuty.objects.get().court_dates.count() == 1


def test_a_day_that_was_over_stays_what_it_is_judged_by(time_machine):
    duty, at = before_magistrates(), given.at("2026-10-20 12:00")
    time_machine.move_to(at, tick=False)
    trigger = Trigger(triggered_on=duty.triggered_on, moved_on=date(2026, 10, 19), remand="BAIL",
                      court="CROWN", reason="Sent for trial")  # fmt: skip

    correct_trigger(duty, trigger, by=duties.a_lawyer(), at=at)

    assert duties.fresh(duty).due_on == date(2026, 10, 16)
