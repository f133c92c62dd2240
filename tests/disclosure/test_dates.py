from datetime import date, timedelta

import pytest

from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.services.answering import answer_request, record_statement
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.dating import (
    OddDate,
    Ordered,
    court_stamp,
    set_court_date,
)
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.serving import serve
from forthright.rules.disclosure_compliance import Month
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
WHY = "Ordered at the hearing"


def corrected(day, remand, reason):
    return Trigger(triggered_on=day, remand=remand, reason=reason)


def day_of(duty, key):
    return duty.dates.get(key=key).day


def test_a_duty_has_its_dates_with_their_arithmetic():
    duty = duties.a_duty()

    assert duty.due_on == date(2026, 10, 21)
    assert duty.dates.get(key="stage_1").arithmetic == [
        "Sent to the Crown Court, in custody, on Tuesday 1 September 2026.",
        "50 days after that day is Wednesday 21 October 2026.",
    ]
    assert not duty.date_changes.exists()


def test_a_court_date_wins_and_each_date_that_moved_is_kept_with_why():
    duty = duties.a_duty()
    ordered = Ordered(key="stage_1", day=date(2026, 11, 2), reason=WHY)

    moved = set_court_date(duty, ordered, by=None, at=NOON)

    assert duties.fresh(duty).due_on == date(2026, 11, 2)
    assert moved == duty.date_changes.count() == 4
    change = duty.date_changes.get(title__startswith="Initial")
    assert (change.old_day, change.new_day, change.reason) == (
        date(2026, 10, 21), date(2026, 11, 2), WHY
    )  # fmt: skip


def test_a_hearing_that_moves_moves_what_is_counted_from_it():
    duty = duties.a_duty()

    set_court_date(duty, Ordered(key="hearing", day=date(2026, 10, 12), reason=WHY), by=None,
                   at=NOON)  # fmt: skip

    assert day_of(duty, "hearing_pack") == date(2026, 10, 5)


def test_an_order_that_is_taken_back_lets_the_rules_count_again():
    duty = duties.a_duty()
    for day in (date(2026, 11, 2), None):
        set_court_date(duty, Ordered(key="stage_1", day=day, reason=WHY), by=None, at=NOON)

    assert duties.fresh(duty).due_on == date(2026, 10, 21)


@pytest.mark.parametrize(
    ("key", "day", "reason", "says"),
    [
        pytest.param("trial_by_combat", date(2026, 11, 2), WHY, "which date", id="no such step"),
        pytest.param("stage_1", date(2026, 8, 2), WHY, "on or after", id="before the trigger"),
        pytest.param("stage_1", date(2026, 11, 2), ".", "Write why", id="no reason"),
    ],
)
def test_a_court_date_that_cannot_be(key, day, reason, says):
    with pytest.raises(DateRefused, match=says):
        set_court_date(duties.a_duty(), Ordered(key=key, day=day, reason=reason), by=None, at=NOON)


@pytest.mark.parametrize(
    ("day", "says"),
    [
        (date(2026, 12, 25), "bank holiday: Christmas Day"),
        (date(2026, 11, 1), "It is a Sunday"),
    ],
)
def test_an_odd_day_is_kept_only_with_why_it_is_right(day, says):
    duty = duties.a_duty()
    with pytest.raises(OddDate, match=says):
        set_court_date(duty, Ordered(key="hearing", day=day, reason=WHY), by=None, at=NOON)

    ordered = Ordered(key="hearing", day=day, reason=WHY, odd_because="The order says so")
    set_court_date(duty, ordered, by=None, at=NOON)

    assert day_of(duty, "hearing") == day
    assert duty.court_dates.get().reason.endswith("right all the same: The order says so")


def test_what_is_served_on_a_saturday_that_the_court_ordered_is_in_time():
    duty, saturday = duties.approved(), date(2026, 10, 17)
    ordered = Ordered(key="stage_1", day=saturday, reason=WHY, odd_because="The order says so")
    set_court_date(duty, ordered, by=None, at=NOON)
    at = given.at("2026-10-17 12:00")

    serve(duties.fresh(duty), duties.a_service(duty, served_at=at), by=None, at=at)

    assert duties.fresh(duty).due_on == saturday
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    [judged] = compliance_of(*everything, Month(2026, 10), date(2026, 11, 2)).duties
    assert (judged.facts.days_late, "late" in judged.failing) == (0, False)


def test_a_day_in_another_century_is_asked_about():
    ordered = Ordered(key="hearing", day=date(2099, 11, 2), reason=WHY)

    with pytest.raises(OddDate, match="more than 730 days ahead"):
        set_court_date(duties.a_duty(), ordered, by=None, at=NOON)


def test_of_two_who_set_a_date_at_once_the_second_is_told():
    duty = duties.a_duty()
    opened = court_stamp(duty)
    ordered = Ordered(key="stage_1", day=date(2026, 11, 2), reason=WHY)
    set_court_date(duty, ordered, by=None, at=NOON, opened=opened)

    with pytest.raises(ChangedMeanwhile):
        set_court_date(duty, ordered, by=None, at=NOON, opened=opened)


def test_service_gives_the_defence_its_day():
    assert day_of(duties.served(), "defence_statement") == date(2026, 11, 1)


def test_before_magistrates_the_defence_has_14_days():
    duty = duties.served(court="MAGISTRATES")

    assert duty.statement_due_on == date(2026, 10, 18)


def test_a_late_defence_statement_moves_stage_three_with_the_reason():
    duty = duties.court_told(sent=date(2026, 7, 1))
    at = given.at("2026-11-20 12:00")
    before, stage_2 = day_of(duty, "stage_3"), day_of(duty, "stage_2")

    record_statement(duty, date(2026, 11, 19), ["The CCTV of the yard"], by=None, at=at)

    assert day_of(duty, "stage_3") - before == date(2026, 11, 19) - stage_2
    change = duty.date_changes.get(title__startswith="Stage 3", changed_at=at)
    assert change.reason == "The defence statement came on Thursday 19 November 2026"


def test_a_late_statement_moves_the_stage_3_of_an_order_until_the_court_orders_again():
    duty = duties.court_told()
    for key, day in (("stage_2", date(2026, 11, 16)), ("stage_3", date(2026, 12, 14))):
        set_court_date(duty, Ordered(key=key, day=day, reason=WHY), by=None, at=NOON)
    at = given.at("2026-12-10 12:00")

    record_statement(duty, date(2026, 12, 7), [], by=None, at=at)

    assert day_of(duty, "stage_3") == date(2027, 1, 4)
    again = Ordered(key="stage_3", day=date(2026, 12, 21), reason="Ordered since")
    set_court_date(duties.fresh(duty), again, by=None, at=at)
    assert day_of(duty, "stage_3") == date(2026, 12, 21)


def test_a_statement_in_time_and_one_brought_up_to_date_move_nothing():
    duty = duties.stated()
    before = day_of(duty, "stage_3")
    for request in duty.statements.get().requests.all():
        answer_request(request, "NOT_HELD", answer="It is not held.", by=None, at=NOON)

    record_statement(duty, date(2027, 1, 4), [], by=None, at=given.at("2027-01-05 12:00"))

    assert day_of(duty, "stage_3") == before


def test_a_day_that_was_typed_wrong_is_corrected_after_service_and_both_days_are_told(time_machine):
    time_machine.move_to(NOON, tick=False)
    duty = duties.served(sent=date(2026, 3, 2))
    assert duty.due_on == date(2026, 4, 21)
    her = duties.a_lawyer()

    correct_trigger(
        duty,
        Trigger(triggered_on=date(2026, 9, 1), remand="CUSTODY", reason="Typed 3 for 9"),
        by=her,
        at=NOON,
    )

    duty = duties.fresh(duty)
    assert duty.due_on == day_of(duty, "stage_1") == date(2026, 10, 21)
    assert duty.servings.get().due_on == date(2026, 4, 21)
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    [now] = compliance_of(*everything, Month(2026, 10), date(2026, 12, 1)).duties
    assert (now.facts.days_late, "late" in now.failing) == (-16, False)
    assert not compliance_of(*everything, Month(2026, 4), date(2026, 12, 1)).duties
    said = ("Tuesday 21 April 2026", "Wednesday 21 October 2026", "Typed 3 for 9")
    browser = as_(her)
    browser.open(f"/disclosure/{duty.pk}/").see(*said)
    for month in ("2026-04", "2026-10"):
        browser.open(f"/disclosure/compliance/?month={month}").see("corrected after it was", *said)
    browser.open("/disclosure/compliance/?month=2026-09").not_see("Typed 3 for 9")


def test_bail_after_service_makes_no_other_day_the_one_it_was_due_by():
    duty = duties.served()

    correct_trigger(
        duty,
        Trigger(
            triggered_on=duty.triggered_on,
            remand="BAIL",
            reason="Bailed since",
            changed_on=date(2026, 9, 14),
        ),
        by=None,
        at=NOON,
    )

    assert duties.fresh(duty).due_on == date(2026, 10, 21)


def test_custody_that_was_typed_for_bail_is_corrected_after_service_too(time_machine):
    time_machine.move_to(NOON, tick=False)
    duty, her = duties.served(), duties.a_lawyer()
    browser = as_(her)
    page = browser.open(f"/disclosure/{duty.pk}/trigger/")

    page.press("Correct it", remand="BAIL", was_typed_wrong="on", reason="He never was in custody")

    duty = duties.fresh(duty)
    assert duty.due_on == day_of(duty, "stage_1") == date(2026, 11, 10)
    said = ("it was due by Tuesday 10 November 2026", "Wednesday 21 October 2026", "never was in")
    browser.open(f"/disclosure/{duty.pk}/").see(*said).not_see("what changed since")


def test_what_a_court_orders_after_a_service_never_moves_the_day_it_is_judged_by():
    duty = duties.approved()
    ordered = Ordered(key="stage_1", day=date(2026, 10, 14), reason=WHY)
    set_court_date(duty, ordered, by=None, at=NOON)
    serve(duties.fresh(duty), duties.a_service(duty), by=None, at=NOON)
    after, day = given.at("2026-12-01 12:00"), date(2027, 1, 15)
    set_court_date(duty, Ordered(key="stage_1", day=day, reason=WHY), by=None, at=after)

    correct_trigger(
        duty,
        Trigger(triggered_on=date(2026, 9, 2), remand="CUSTODY", reason="One day off"),
        by=None,
        at=after,
    )

    assert duties.fresh(duty).due_on == date(2026, 10, 14)
    assert day_of(duty, "stage_1") == day


def test_a_day_corrected_after_bail_since_counts_from_custody_and_is_told(time_machine):
    time_machine.move_to(NOON, tick=False)
    duty, her = duties.served(), duties.a_lawyer()
    correct_trigger(
        duty,
        Trigger(
            triggered_on=duty.triggered_on,
            remand="BAIL",
            reason="Bailed since",
            changed_on=date(2026, 9, 14),
        ),
        by=her,
        at=NOON,
    )
    as_(her).open(f"/disclosure/{duty.pk}/").see("on bail since Monday 14 September 2026")

    correct_trigger(
        duty,
        Trigger(triggered_on=date(2026, 9, 2), remand="BAIL", reason="One day off"),
        by=her,
        at=NOON,
    )

    assert duties.fresh(duty).due_on == date(2026, 10, 22)
    as_(her).open(f"/disclosure/{duty.pk}/").see("One day off", "Thursday 22 October 2026")


def test_every_date_that_moved_can_be_read_on_a_page_of_its_own(time_machine):
    time_machine.move_to(NOON, tick=False)
    duty, her = duties.a_duty(), duties.a_lawyer()
    for number in range(1, 10):
        ordered = Ordered(
            key="stage_1", day=date(2026, 11, 2) + timedelta(days=number),
            reason=f"Order number {number} of the court", odd_because="The order says so",
        )  # fmt: skip
        set_court_date(duties.fresh(duty), ordered, by=her, at=NOON + timedelta(minutes=number))
    more = duty.date_changes.count() - 20
    assert more > 0

    page = as_(her).open(f"/disclosure/{duty.pk}/").not_see("Order number 1 of")
    page = page.see(f"({more} more)").follow("See all dates that moved and why")

    page.see(*(f"Order number {number} of the court" for number in range(1, 10)))
