"""A case that ends before anything was served: closed by name, with a day, and not judged."""

from datetime import date

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of, duty_facts_as_of
from forthright.disclosure.services.serving import ServingRefused, serve
from forthright.disclosure.services.starting import DutyRefused, end_duty
from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY = given.NOON, given.NOON.date()
WHY = "Pleaded guilty"
OCTOBER, NOVEMBER = Month(2026, 10), date(2026, 11, 2)


def judged():
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    return compliance_of(*everything, OCTOBER, NOVEMBER)


@pytest.mark.parametrize("before", ["a_duty", "reviewing", "endorsed", "approved"])
def test_it_ends_from_wherever_it_stands_and_counts_in_no_share(before):
    duty = getattr(duties, before)()

    end_duty(duty, TODAY, reason=WHY, by=duties.a_lawyer(), at=NOON)

    duty = duties.fresh(duty)
    assert (duty.state, duty.served_at) == (DutyState.CLOSED, None)
    event = Event.objects.get(name="disclosure.ended")
    assert event.detail == {"day": TODAY.isoformat()}
    assert [each.failing for each in judged().duties] == [""]
    assert {each.n for each in judged().figures if each.record_kind == "disclosure"} == {0}
    with pytest.raises(ServingRefused, match="closed"):
        serve(duty, duties.a_service(duty), by=None, at=NOON)


def test_a_case_that_ended_after_its_day_had_not_been_given_disclosure():
    at = given.at("2026-10-30 12:00")
    end_duty(duties.a_duty(), date(2026, 10, 22), reason=WHY, by=None, at=at)

    assert [each.failing for each in judged().duties] == ["No initial disclosure"]


def test_a_report_of_an_earlier_day_does_not_know_of_it():
    duty = duties.a_duty()
    end_duty(duty, TODAY, reason=WHY, by=None, at=given.at("2026-11-10 12:00"))
    days = (DisclosureDuty.objects.all(), OCTOBER.first, OCTOBER.last)

    [then] = duty_facts_as_of(*days, NOVEMBER)
    [later] = duty_facts_as_of(*days, date(2026, 11, 11))

    assert (then.ended_on, later.ended_on) == (None, TODAY)


@pytest.mark.parametrize(
    ("day", "reason", "says"),
    [
        (date(2026, 10, 6), WHY, "today or before"),
        (date(2026, 8, 31), WHY, "not before the duty began"),
        (TODAY, ".", "Write how the case ended"),
    ],
)
def test_an_end_that_cannot_be(day, reason, says):
    with pytest.raises(DutyRefused, match=says):
        end_duty(duties.a_duty(), day, reason=reason, by=None, at=NOON)


def test_nobody_ends_what_is_closed_or_is_of_another_unit():
    far = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))

    closed = duties.a_duty(name="Reed")
    end_duty(closed, TODAY, reason=WHY, by=None, at=NOON)
    with pytest.raises(NotAllowed, match="cannot be ended with its case"):
        end_duty(closed, TODAY, reason=WHY, by=None, at=NOON)
    with pytest.raises(NotAllowed, match="another unit"):
        end_duty(duties.a_duty(), TODAY, reason=WHY, by=far, at=NOON)


def test_the_page_closes_it_and_says_so(time_machine):
    time_machine.move_to(NOON, tick=False)
    duty, browser = duties.reviewing(), as_(duties.a_lawyer())
    page = browser.open(f"/disclosure/{duty.pk}/").follow("The case has ended for this defendant")
    day = {"ended_on_day": "5", "ended_on_month": "10", "ended_on_year": "2026"}

    page = page.press("Close the duty without serving", reason=WHY, **day)

    page.see("Nothing is served", "the case ended Monday 5 October 2026", WHY, "Not needed")
    page.not_see("Overdue", "The case has ended for this defendant")
    browser.open(f"/disclosure/{duty.pk}/record/").see("The duty ended before it was served")
