"""A duty that was closed by mistake, or whose case goes on, is opened again and counts again."""

from datetime import date

import pytest

from forthright.accounts.models import Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of, duty_facts_as_of
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.starting import DutyRefused, close_duty, end_duty
from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY = given.NOON, given.NOON.date()
OCTOBER = Month(2026, 10)
WHY = "Closed for the wrong defendant"


def failings(today=date(2026, 11, 20)):
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    return [each.failing for each in compliance_of(*everything, OCTOBER, today).duties]


@pytest.mark.parametrize(
    ("before", "stands"),
    [("a_duty", "TRIGGERED"), ("reviewing", "REVIEWING"), ("endorsed", "ENDORSED"),
     ("approved", "ENDORSED")],
)  # fmt: skip
def test_before_a_service_it_stands_where_it_had_come_to_and_is_approved_anew(before, stands):
    duty = getattr(duties, before)()
    end_duty(duty, TODAY, reason="Guilty", by=None, at=NOON)

    open_again(duty, reason=WHY, by=duties.a_lawyer(), at=NOON)

    duty = duties.fresh(duty)
    assert (duty.state, duty.approved_at, duty.closed_because) == (stands, None, "")


def test_it_counts_again_and_the_page_of_the_month_says_so(time_machine):
    duty, browser = duties.a_duty(), as_(duties.a_lawyer())
    end_duty(duty, TODAY, reason="Guilty", by=None, at=NOON)
    assert failings() == [""]
    time_machine.move_to(given.at("2026-11-20 12:00"), tick=False)

    page = browser.open(f"/disclosure/{duty.pk}/").follow("Open again")
    page.press("Open the duty again", reason=WHY).see("Opened again", WHY, "Overdue")

    assert failings() == ["No initial disclosure"]
    browser.open("/disclosure/compliance/?month=2026-10").see("opened again", WHY)
    browser.open(f"/disclosure/{duty.pk}/record/").see("The duty was opened again", WHY)
    days = (DisclosureDuty.objects.all(), OCTOBER.first, OCTOBER.last)
    [then] = duty_facts_as_of(*days, date(2026, 11, 2))
    assert then.ended_on == TODAY


def test_once_it_is_served_since_a_report_of_before_says_that_it_had_ended(time_machine):
    duty = duties.endorsed()
    end_duty(duty, TODAY, reason="Guilty", by=None, at=NOON)
    later = given.at("2026-11-20 12:00")
    time_machine.move_to(later, tick=False)
    open_again(duty, reason=WHY, by=duties.a_lawyer(), at=later)

    duties.approve_and_serve(duties.fresh(duty), at=later, served_at=later)

    days = (DisclosureDuty.objects.all(), OCTOBER.first, OCTOBER.last)
    [then] = duty_facts_as_of(*days, date(2026, 11, 2))
    [now] = duty_facts_as_of(*days, date(2026, 11, 22))
    assert (then.ended_on, then.served_on) == (TODAY, None)
    assert (now.ended_on, now.served_on) == (None, later.date())


def test_a_retrial_goes_on_where_the_duty_was():
    duty = duties.stated_nothing(duties.court_told())
    close_duty(duties.fresh(duty), reason="Found guilty", by=None, at=NOON)

    open_again(duty, reason="A retrial was ordered", by=None, at=NOON)

    assert duties.fresh(duty).stands is DutyState.CONTINUING
    event = Event.objects.get(name="disclosure.opened_again")
    assert event.detail == {"reason": "A retrial was ordered", "was_closed": "Found guilty"}


def test_what_is_open_is_not_opened_nor_without_why_nor_by_another_unit():
    duty = duties.a_duty()
    with pytest.raises(NotAllowed, match="cannot be opened again"):
        open_again(duty, reason=WHY, by=None, at=NOON)
    end_duty(duty, TODAY, reason="Guilty", by=None, at=NOON)
    far = given.a_person("PROSECUTOR", unit=given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(DutyRefused, match="Write why"):
        open_again(duty, reason=".", by=None, at=NOON)
    with pytest.raises(NotAllowed, match="another unit"):
        open_again(duty, reason=WHY, by=far, at=NOON)


def test_closed_while_it_waited_to_be_served_it_is_said_to_be_closed_then(time_machine):
    duty, lawyer = duties.approved(), duties.a_lawyer()
    closed, opened = given.at("2026-10-06 09:15"), given.at("2026-12-01 10:00")
    end_duty(duty, closed.date(), reason="Guilty plea entered", by=lawyer, at=closed)
    time_machine.move_to(opened, tick=False)
    open_again(duties.fresh(duty), reason="The plea was vacated", by=lawyer, at=opened)

    page = as_(lawyer).open(f"/disclosure/{duty.pk}/")
    page.see("closed Tuesday 6 October 2026, 9:15am").not_see("opened again Tuesday 6 October")
    page = as_(lawyer).open(f"/disclosure/{duty.pk}/serve/")
    page.see("and closed 6 October 2026, 9:15am, before it was opened again.")
    page.not_see("because something came or changed.")
