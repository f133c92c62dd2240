"""Custody that becomes bail, or bail custody, is kept with its day and rewrites no month."""

from datetime import date
from importlib import import_module

import pytest
from django.apps import apps

from forthright.audit import services as audit
from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty, RemandChange
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.counting_anew import count_anew
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.starting import Trigger as Begun
from forthright.disclosure.services.starting import start_duty
from forthright.rules.disclosure_compliance import Month
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
SENT, SINCE = duties.SENT, date(2026, 11, 2)
AT = given.at("2026-11-02 10:00")
MIGRATION = import_module("forthright.disclosure.migrations.0020_custody_and_bail_since")


@pytest.fixture(autouse=True)
def _on_that_day(time_machine):
    time_machine.move_to(AT, tick=False)


def on_bail():
    given.a_started_area()
    trigger = Begun(court="CROWN", triggered_on=SENT, remand="BAIL")
    return start_duty(duties.a_defendant(), trigger, by=None, at=given.NOON)


def changed(duty, remand, on=None, *, day=SENT, **said):
    trigger = Trigger(
        triggered_on=day, remand=remand, changed_on=on, reason="Decided by the judge", **said
    )
    correct_trigger(duty, trigger, by=None, at=AT)
    return duties.fresh(duty)


def limit_of(duty):
    return duty.dates.get(key="custody_limit")


def test_bail_that_became_custody_makes_nothing_overdue_and_no_month_another(time_machine):
    duty, her = on_bail(), duties.a_lawyer()
    browser = as_(her)
    page = browser.open(f"/disclosure/{duty.pk}/trigger/")
    page = page.press("Correct it", remand="CUSTODY", reason="Bail withdrawn by the judge")
    page.see("Enter on which day custody or bail changed: from Wednesday 2 September 2026")

    page = page.press(
        "Correct it", remand="CUSTODY", reason="Bail withdrawn by the judge",
        changed_on_day="2", changed_on_month="11", changed_on_year="2026",
    )  # fmt: skip

    page.see("Kept. 1 date moved", "due by Tuesday 10 November 2026", "in custody since Monday 2",
             "Sent to the Crown Court, on bail, on Tuesday 1 September 2026.",
             "Bail withdrawn by the judge").not_see("Overdue")  # fmt: skip
    duty = duties.fresh(duty)
    assert duty.due_on == date(2026, 11, 10)
    assert limit_of(duty).day == date(2027, 4, 30)
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    assert not compliance_of(*everything, Month(2026, 10), SINCE).duties
    event = Event.objects.get(name="disclosure.remand_changed")
    assert event.detail == {"remand": "CUSTODY", "day": "2026-11-02"}
    assert not Event.objects.filter(name="disclosure.trigger_corrected").exists()
    browser.open(f"/disclosure/{duty.pk}/record/").see("In custody from Monday 2 November 2026")


def test_who_is_bailed_since_keeps_the_day_for_the_papers_and_has_no_custody_limit():
    duty = changed(duties.a_duty(), "BAIL", date(2026, 10, 20))

    assert duty.due_on == date(2026, 10, 21)
    assert not duty.dates.filter(key="custody_limit").exists()


def test_custody_that_was_broken_is_left_to_a_person_and_never_shown_later_than_it_expires():
    duty = changed(duties.a_duty(), "BAIL", date(2026, 10, 7))

    duty = changed(duty, "CUSTODY", SINCE)

    limit = limit_of(duty)
    assert (limit.day, limit.is_confirmed) == (date(2027, 3, 2), False)
    assert "a person counts those in custody" in " ".join(limit.arithmetic)


@pytest.mark.parametrize("on", [None, SENT, date(2026, 11, 3)])
def test_a_change_needs_a_day_after_the_sending_that_is_not_to_come(on):
    duty = duties.a_duty()

    with pytest.raises(DateRefused, match="Enter on which day custody or bail changed"):
        changed(duty, "BAIL", on)

    assert not RemandChange.objects.exists()


def test_a_day_of_change_where_nothing_changed_is_refused():
    with pytest.raises(DateRefused, match="kept only where they changed"):
        changed(duties.a_duty(), "CUSTODY", SINCE)


def test_a_change_that_never_was_is_taken_back_and_how_they_were_sent_stays():
    duty = changed(on_bail(), "CUSTODY", SINCE)

    duty = changed(duty, "BAIL", was_typed_wrong=True)

    assert (duty.remand, duty.due_on) == ("BAIL", date(2026, 11, 10))
    assert not duty.dates.filter(key="custody_limit").exists()
    assert RemandChange.objects.count() == 2
    with pytest.raises(DateRefused, match="would have been due by Wednesday 21 October 2026"):
        changed(duty, "CUSTODY", was_typed_wrong=True)
    was_over = {"was_typed_wrong": True, "odd_because": "The bail was never granted"}
    assert changed(duty, "CUSTODY", **was_over).remand == "CUSTODY"


def test_a_sending_after_the_change_is_refused_until_the_change_is_taken_back():
    duty = changed(on_bail(), "CUSTODY", date(2026, 9, 14))

    with pytest.raises(DateRefused, match="would be before the case was sent"):
        changed(duty, "CUSTODY", day=date(2026, 9, 15))


def test_a_case_that_is_sent_up_was_sent_as_it_is_said_there():
    duty = changed(duties.a_duty(court="MAGISTRATES"), "BAIL", date(2026, 9, 14))

    with pytest.raises(DateRefused, match="so they were sent otherwise"):
        changed(duty, "BAIL", court="CROWN", moved_on=date(2026, 9, 10))
    duty = changed(duty, "BAIL", court="CROWN", moved_on=date(2026, 9, 21))

    assert (duty.due_on, duty.remand) == (date(2026, 9, 29), "BAIL")
    assert duty.dates.get(key="stage_1").day == date(2026, 11, 30)


def test_what_was_said_to_have_changed_before_days_were_asked_is_told_apart():
    duty = on_bail()
    DisclosureDuty.objects.filter(pk=duty.pk).update(remand="CUSTODY")
    audit.record(
        "disclosure.trigger_corrected", duty, by=None, at=given.at("2026-10-05 23:30"), day=SENT,
        court="CROWN", remand="CUSTODY", day_then=SENT, court_then="CROWN", remand_then="BAIL",
    )  # fmt: skip

    MIGRATION.part_what_changed(apps, None)
    count_anew(at=AT)

    duty = duties.fresh(duty)
    assert (duty.remand, duty.due_on) == ("BAIL", date(2026, 11, 10))
    assert duty.remand_changes.get().changed_on == date(2026, 10, 5)
    assert "In custody from Monday 5 October 2026." in limit_of(duty).arithmetic
