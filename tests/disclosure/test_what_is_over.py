"""What is over keeps its answer: only a correction moves it, says so, and is another person's."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.limits import limits_of_area
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.limiting import LimitChange, change_limit
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.serving import serve
from forthright.disclosure.services.starting import end_duty
from forthright.rules.disclosure_compliance import Month
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY = given.NOON, given.NOON.date()
WHY = "Ordered at the hearing"


def day_of(duty, key):
    return duty.dates.get(key=key).day


def a_change(reason="Agreed with the court", *, day=TODAY, corrects=False, **changes):
    return LimitChange(
        changes=changes, applies_from=day, reason=reason, is_correction=corrects
    )  # fmt: skip


CUSTODY = 2  # the place of initial disclosure in custody


def test_an_area_sets_its_own_limit_and_what_begins_from_then_is_counted_by_it():
    before = duties.a_duty()
    head = given.a_person(Role.ADMINISTRATOR)

    edition = change_limit(
        before.area, CUSTODY, a_change(days=40, status="confirmed"), by=head, at=NOON
    )

    after = duties.a_duty(case=before.case, name="Reed", sent=NOON.date())
    assert (edition.number, duties.fresh(before).due_on) == (1, date(2026, 10, 21))
    assert after.due_on == date(2026, 11, 14)
    assert after.dates.get(key="stage_1").is_confirmed
    assert [each.key for each in after.dates.all()][:2] == ["hearing_pack", "hearing"]
    assert not before.date_changes.exists()
    with pytest.raises(DateRefused, match="cannot be kept"):
        change_limit(before.area, CUSTODY, a_change(days=0), by=head, at=NOON)
    with pytest.raises(NotAllowed):
        change_limit(before.area, CUSTODY, a_change(days=9), by=given.a_person(Role.PROSECUTOR),
                     at=NOON)  # fmt: skip


def test_a_limit_that_changes_applies_from_today_or_later_unless_it_was_wrong_already():
    duty = duties.a_duty()

    with pytest.raises(DateRefused, match="from today or a later day"):
        change_limit(duty.area, CUSTODY, a_change(day=duties.SENT, days=40), by=None, at=NOON)
    with pytest.raises(DateRefused, match="applies from Tuesday 5 January 2016"):
        change_limit(duty.area, CUSTODY, a_change(day=date(2015, 1, 1), days=40, corrects=True),
                     by=None, at=NOON)  # fmt: skip
    change_limit(duty.area, CUSTODY, a_change(day=duties.SENT, days=40, corrects=True), by=None,
                 at=NOON)  # fmt: skip

    assert duties.fresh(duty).due_on == date(2026, 10, 11)
    assert "Time limits changed" in duty.date_changes.first().reason


def of_october(today=date(2026, 12, 1)):
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    return [each.failing for each in compliance_of(*everything, Month(2026, 10), today).duties]


def test_a_month_that_is_over_keeps_its_answers_whatever_limit_changes_later(time_machine):
    given_late = duties.approved()
    never = duties.a_duty(case=given_late.case, name="Reed")
    at = given.at("2026-10-26 12:00")
    serve(given_late, duties.a_service(given_late, served_at=at), by=None, at=at)
    assert of_october() == ["No initial disclosure", "5 days late"]
    later = given.at("2026-11-20 12:00")

    change_limit(never.area, CUSTODY, a_change(day=later.date(), days=100), by=None, at=later)

    assert of_october() == ["No initial disclosure", "5 days late"]
    wrong = a_change("Read wrong", day=date(2026, 9, 1), days=100, corrects=True)
    applied_then = len(limits_of_area(never.area).limits) - 1
    change_limit(never.area, applied_then, wrong, by=None, at=later)
    assert of_october() == []
    assert {each.due_on for each in DisclosureDuty.objects.all()} == {date(2026, 12, 10)}
    time_machine.move_to(given.at("2026-12-20 12:00"), tick=False)
    for month in ("2026-10", "2026-12"):
        page = as_(duties.a_lawyer()).open(f"/disclosure/compliance/?month={month}")
        page.see("Reed", "Marsden", "A time limit was corrected: Read wrong")


def test_bail_or_an_order_once_the_day_is_over_clears_no_failure_of_its_month():
    duty = duties.a_duty()
    later = given.at("2026-11-20 12:00")
    bailed = Trigger(triggered_on=duty.triggered_on, remand="BAIL", reason="Bailed on 19 November",
                     changed_on=date(2026, 11, 19))  # fmt: skip
    correct_trigger(duty, bailed, by=None, at=later)
    ordered = Ordered(key="stage_1", day=date(2026, 12, 14), reason=WHY)
    set_court_date(duty, ordered, by=None, at=later)

    assert of_october() == ["No initial disclosure"]
    assert day_of(duty, "stage_1") == date(2026, 12, 14)
    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").see("what changed since that day was")

    in_time = Ordered(key="stage_1", day=date(2026, 12, 7), reason=WHY,
                      ordered_on=date(2026, 10, 12))  # fmt: skip
    set_court_date(duty, in_time, by=None, at=later)

    assert of_october() == []
    # The day that was ordered in time was not over when the court ordered the later one.
    assert duties.fresh(duty).due_on == day_of(duty, "stage_1") == date(2026, 12, 14)
    page = as_(duties.a_lawyer()).open("/disclosure/compliance/?month=2026-10")
    page.see("corrected after it was served or over", "Wednesday 21 October 2026", WHY)


def test_an_order_made_before_the_service_counts_though_it_is_recorded_after_it():
    duty = duties.approved()
    at = given.at("2026-10-26 12:00")
    serve(duty, duties.a_service(duty, served_at=at), by=None, at=at)
    ordered = Ordered(key="stage_1", day=date(2026, 11, 2), reason=WHY,
                      ordered_on=date(2026, 10, 12))  # fmt: skip

    set_court_date(duty, ordered, by=None, at=given.at("2026-11-20 12:00"))

    assert duties.fresh(duty).due_on == date(2026, 11, 2)
    assert duty.servings.get().due_on == date(2026, 10, 21)


def test_an_order_that_was_typed_wrong_is_corrected_after_service_by_somebody_else():
    duty, her = duties.approved(), duties.a_lawyer()
    wrong = Ordered(key="stage_1", day=date(2026, 10, 2), reason=WHY)
    set_court_date(duty, wrong, by=her, at=given.at("2026-10-01 12:00"))
    serve(duties.fresh(duty), duties.a_service(duty), by=duties.a_lawyer(), at=NOON)
    assert of_october() == ["3 days late"]
    right = Ordered(key="stage_1", day=date(2026, 11, 2), reason="Typed 2 October for 2 November",
                    is_correction=True)  # fmt: skip

    with pytest.raises(DateRefused, match="Somebody else of the unit"):
        set_court_date(duty, right, by=her, at=NOON)
    set_court_date(duty, right, by=duties.a_lawyer(), at=NOON)

    assert of_october() == []
    assert duties.fresh(duty).due_on == date(2026, 11, 2)
    assert [each.day.month for each in duty.court_dates.all()] == [10, 11]
    as_(her).open(f"/disclosure/{duty.pk}/").see("Friday 2 October 2026", "Typed 2 October for")


def test_the_wrong_court_is_corrected_and_a_case_that_is_sent_up_is_counted_from_then():
    wrong = duties.served(court="MAGISTRATES")
    up = duties.a_duty(court="MAGISTRATES", case=wrong.case, name="Reed")
    assert wrong.due_on == up.due_on == date(2026, 9, 29)
    typed = Trigger(triggered_on=duties.SENT, court="CROWN", remand="CUSTODY",
                    reason="Typed magistrates for Crown", was_typed_wrong=True)  # fmt: skip
    sent_up = Trigger(triggered_on=duties.SENT, moved_on=date(2026, 10, 1), court="CROWN",
                      remand="CUSTODY",
                      reason="Sent to the Crown Court on 1 October")  # fmt: skip

    for duty, change in ((wrong, typed), (up, sent_up)):
        correct_trigger(duty, change, by=duties.a_lawyer(), at=NOON)

    wrong, up = duties.fresh(wrong), duties.fresh(up)
    assert (wrong.court, wrong.due_on, wrong.statement_due_on) == (
        "CROWN", date(2026, 10, 21), date(2026, 11, 1)
    )  # fmt: skip
    # Its day before magistrates was over, so September keeps its answer.
    assert (up.court, up.due_on, day_of(up, "stage_1")) == (
        "CROWN", date(2026, 9, 29), date(2026, 11, 20)
    )  # fmt: skip
    assert "50 days after that day" in " ".join(up.dates.get(key="stage_1").arithmetic)


def test_the_page_asks_for_the_court_too(time_machine):
    time_machine.move_to(NOON, tick=False)
    duty = duties.a_duty(court="MAGISTRATES")
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/trigger/")

    page.press("Correct it", court="CROWN", was_typed_wrong="on", reason="It was sent")

    as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/").see(
        "Crown Court", "Wednesday 21 October 2026", "It was sent"
    )


def test_a_duty_that_is_closed_keeps_its_dates_and_a_year_before_its_number_is_refused():
    duty = duties.a_duty()
    early = Trigger(triggered_on=date(2016, 9, 1), remand="CUSTODY", reason="A slip")
    with pytest.raises(DateRefused, match="its number is of 2026"):
        correct_trigger(duty, early, by=None, at=NOON)
    end_duty(duty, date(2026, 11, 2), reason="Guilty", by=None, at=given.at("2026-11-03 12:00"))

    for move in (
        lambda: set_court_date(
            duty, Ordered(key="stage_1", day=date(2026, 12, 14), reason=WHY), by=None, at=NOON
        ),
        lambda: correct_trigger(
            duty, Trigger(triggered_on=duties.SENT, remand="BAIL", reason=WHY), by=None, at=NOON
        ),
    ):
        with pytest.raises(DateRefused, match="closed"):
            move()
    assert of_october() == ["No initial disclosure"]
