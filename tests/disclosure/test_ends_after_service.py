"""A case that is over after a service is closed with its day; what waits stays as it was."""

from datetime import date

import pytest

from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import DefenceRequest, Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.services.answering import record_statement
from forthright.disclosure.services.mending import correct_end
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.starting import DutyRefused, close_duty, end_duty
from forthright.rules.disclosure_compliance import Month
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY = given.NOON, given.NOON.date()
WHY = "Pleaded guilty on 5 October"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def not_looked_again():
    duty = duties.court_told()
    record_statement(duty, TODAY, [], by=None, at=NOON)
    return duties.fresh(duty)


def with_a_later_item():
    duty = duties.court_told()
    later = duties.a_schedule("Council footage request and the reply of 5 October", first=5)
    return duties.adequate(duty, mg6c_csv=later)


@pytest.mark.parametrize(
    ("made", "state", "left"),
    [
        pytest.param(duties.served, "SERVED", {"untold": 1}, id="the court not told"),
        pytest.param(duties.stated, "STATEMENT", {"unanswered": 2}, id="requests not answered"),
        pytest.param(with_a_later_item, "COURT_TOLD", {"undecided": 1}, id="an undecided item"),
        pytest.param(not_looked_again, "CONTINUING", {"unlooked": 1}, id="a look again"),
        pytest.param(duties.court_told, "COURT_TOLD", {}, id="nothing"),
    ],
)
def test_whatever_waits_it_is_closed_and_the_record_says_how_much(made, state, left):
    duty = made()
    assert duty.state == state

    end_duty(duty, TODAY, reason=WHY, by=duties.a_lawyer(), at=NOON)

    duty = duties.fresh(duty)
    assert duty.state == "CLOSED"
    assert duty.closed_because == WHY
    event = Event.objects.get(name="disclosure.ended")
    assert event.detail == {"day": TODAY.isoformat(), "is_after_service": True, **left}
    assert duty not in waiting_for(duties.a_lawyer(), date(2026, 12, 1))
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/")
    page.see("The duty ended with its case", "The case ended Monday 5 October 2026")


def test_what_waited_stays_as_it_was_and_a_verdict_still_waits_for_it():
    duty = duties.stated()
    with pytest.raises(NotAllowed):
        close_duty(duty, reason="Convicted", by=duties.a_lawyer(), at=NOON)

    end_duty(duty, TODAY, reason=WHY, by=duties.a_lawyer(), at=NOON)

    assert DefenceRequest.objects.filter(outcome="OPEN").count() == 2
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    [judged] = compliance_of(*everything, Month(2026, 10), date(2026, 11, 2)).duties
    assert judged.facts.served_on == TODAY, "it was served, and is judged by that"


def test_a_look_again_that_was_never_made_is_said_to_be_so_and_waits_for_nobody():
    duty, her = not_looked_again(), duties.a_lawyer()
    words = "1 defence statement asks for nothing, and nobody looked again"
    as_(her).open(f"/disclosure/{duty.pk}/").see("Next", words)

    end_duty(duty, TODAY, reason=WHY, by=her, at=NOON)

    as_(her).open(f"/disclosure/{duty.pk}/").see("Not done", words).not_see("Next")
    as_(her).open(f"/disclosure/{duty.pk}/statement/").see(
        "Nobody looked again at what was not disclosed before the case ended"
    )
    record = as_(her).open(f"/disclosure/{duty.pk}/record/")
    record.see("1 defence statement after which nobody looked again")
    assert duty not in waiting_for(her, date(2026, 12, 1))
    open_again(duties.fresh(duty), reason="The plea was vacated", by=her, at=NOON)
    assert duty in waiting_for(her, TODAY)


def test_it_is_ended_from_its_page():
    duty = duties.stated()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/")

    page = page.follow("The case has ended for this defendant").see("What still waits stays")
    page = page.press("Close the duty", ended_on_day="5", ended_on_month="10",
                      ended_on_year="2026", reason=WHY)  # fmt: skip

    page.see("What waited stays as it was", "the case ended Monday 5 October 2026")
    assert duties.fresh(duty).state == "CLOSED"


@pytest.mark.parametrize(
    ("day", "reason", "says"),
    [(date(2026, 10, 6), WHY, "today or before"), (TODAY, ".", "Write how the case ended")],
)
def test_an_end_that_cannot_be(day, reason, says):
    with pytest.raises(DutyRefused, match=says):
        end_duty(duties.served(), day, reason=reason, by=duties.a_lawyer(), at=NOON)


def test_its_day_is_corrected_and_it_is_opened_again():
    duty = duties.stated()
    her = duties.a_lawyer()
    end_duty(duty, TODAY, reason=WHY, by=her, at=NOON)

    correct_end(duties.fresh(duty), date(2026, 10, 2), reason="Typed wrong", by=her, at=NOON)
    as_(her).open(f"/disclosure/{duty.pk}/").see("the case ended Friday 2 October 2026")
    open_again(duties.fresh(duty), reason="The plea was vacated", by=her, at=NOON)

    assert duties.fresh(duty).state == "STATEMENT"
    as_(her).open(f"/disclosure/{duty.pk}/").not_see("(the case ended")
