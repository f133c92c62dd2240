"""That no defence statement came holds only while the time of the defence is over."""

from datetime import date

import pytest

from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.services.answering import StatementRefused, record_no_statement
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.mending import correct_notice, correct_service
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
RECORDED = given.at("2026-11-03 10:00")


@pytest.fixture
def duty(time_machine):
    """A duty served on 5 October, of which on 3 November none had come by 1 November."""
    begun = duties.court_told()
    time_machine.move_to(RECORDED, tick=False)
    record_no_statement(begun, by=duties.a_lawyer(), at=RECORDED)
    return duties.fresh(begun)


def service_corrected(duty, day):
    [serving] = duty.servings.all()
    moment = given.at(f"{day} 12:00")
    correct_notice(serving, moment, reason="typed wrong", by=duties.a_lawyer(), at=RECORDED)
    correct_service(duty.servings.get(), moment, reason="The receipt has another day",
                    by=duties.a_lawyer(), at=RECORDED)  # fmt: skip


def ordered(duty, day):
    wish = Ordered(
        key="defence_statement", day=date.fromisoformat(day), reason="Ordered today",
        odd_because="The order was sealed late" if day < str(RECORDED.date()) else "",
    )  # fmt: skip
    set_court_date(duty, wish, by=duties.a_lawyer(), at=RECORDED)


@pytest.mark.parametrize(
    ("change", "day", "due", "why"),
    [
        pytest.param(service_corrected, "2026-10-20", "2026-11-16", "The receipt has another day",
                     id="the service was later"),
        pytest.param(ordered, "2026-11-20", "2026-11-20", "Ordered today", id="a court gave more"),
        pytest.param(ordered, "2026-11-03", "2026-11-03", "Ordered today", id="until that day"),
    ],
)  # fmt: skip
def test_where_the_defence_has_longer_the_statement_is_waited_for_again(
    duty, change, day, due, why, time_machine
):
    assert duty.state == "CONTINUING"

    change(duty, day)

    duty, her = duties.fresh(duty), duties.a_lawyer()
    due_on = date.fromisoformat(due)
    assert (duty.state, duty.statement_due_on) == ("COURT_TOLD", due_on)
    moved = duty.date_changes.get(title__startswith="The day on which it was recorded that no")
    assert (moved.old_day, moved.new_day) == (RECORDED.date(), None)
    assert why in moved.reason
    page = as_(her).open(f"/disclosure/{duty.pk}/")
    page.see("waiting for the defence statement", "that no defence statement came: 3 November 2026")
    page = as_(her).open(f"/disclosure/{duty.pk}/statement/")
    page.see("None came by 3 November 2026; the defence has longer since")
    as_(her).open(f"/disclosure/{duty.pk}/record/").see("The defence statement is waited for again")
    with pytest.raises(StatementRefused, match="The defence has until"):
        record_no_statement(duty, by=her, at=RECORDED)

    after = given.at("2026-11-21 10:00")
    time_machine.move_to(after, tick=False)
    assert duty in waiting_for(her, after.date())
    record_no_statement(duty, by=her, at=after)
    assert duties.fresh(duty).state == "CONTINUING"
    assert duty.statements.filter(received_on=None).count() == 2


def test_where_the_new_day_is_over_too_it_stays_recorded(duty):
    ordered(duty, "2026-11-02")

    assert duties.fresh(duty).state == "CONTINUING"
