"""A day that was typed wrong is corrected with why; both days stay, and figures say so."""

from datetime import date, timedelta

import pytest

from forthright.disclosure.models import DefenceStatement, Delivery, DisclosureDuty, Serving
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.services.answering import record_statement
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.mending import (
    correct_end,
    correct_notice,
    correct_service,
    correct_statement,
)
from forthright.disclosure.services.reckoning import DateRefused
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.serving import serve
from forthright.disclosure.services.starting import DutyRefused, end_duty
from forthright.rules.disclosure_compliance import Month
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY = given.NOON, given.NOON.date()
LATER = given.at("2026-11-20 12:00")
WHY = "The receipt is of another day"


def mend(by=None, at=LATER, reason=WHY):
    return {"reason": reason, "by": by, "at": at}


def failings():
    everything = (DisclosureDuty.objects.all(), Delivery.objects.all())
    month = compliance_of(*everything, Month(2026, 10), date(2026, 12, 1))
    return [each.failing for each in month.duties]


def served_on(day, by):
    duty = duties.approved()
    at = given.at(f"2026-10-{day} 12:00")
    return serve(duty, duties.a_service(duty, served_at=at), by=by, at=at)


def test_the_day_of_a_service_is_corrected_by_another_and_the_figures_say_so(time_machine):
    time_machine.move_to(LATER, tick=False)
    her, other = duties.a_lawyer(), duties.a_lawyer()
    serving = served_on(26, her)
    assert failings() == ["5 days late"]
    right = given.at("2026-10-16 12:00")

    with pytest.raises(DateRefused, match="Somebody else of the unit"):
        correct_service(serving, right, **mend(her))
    page = as_(other).open(f"/disclosure/{serving.duty_id}/correct/")
    page = page.press("Correct it", what=f"service-{serving.pk}", day_day="16",
                      day_month="10", day_year="2026", reason=WHY)  # fmt: skip

    page.see("Corrected", WHY, "16 October 2026")
    duty = duties.fresh(serving.duty)
    assert failings() == ["Court not told the same day"]
    assert (duty.served_at, duty.statement_due_on) == (right, date(2026, 11, 12))
    as_(her).open("/disclosure/compliance/?month=2026-10").see(
        "Monday 26 October 2026", "Friday 16 October 2026", WHY
    )


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("2026-10-05 11:00", "approved"),
        ("2026-11-21 12:00", "not in the future"),
    ],
)
def test_a_service_is_not_corrected_to_when_it_cannot_have_been(at, says):
    with pytest.raises(DateRefused, match=says):
        correct_service(served_on(26, None), given.at(at), **mend())


def test_what_was_told_or_stated_bounds_the_day_and_a_reason_is_asked_for():
    duty = duties.court_told()
    record_statement(duty, TODAY, [], by=None, at=NOON)
    serving = duty.servings.get()

    with pytest.raises(DateRefused, match="The court was told on Monday 5 October"):
        correct_service(serving, NOON + timedelta(days=1), **mend())
    correct_notice(serving, NOON + timedelta(days=3), **mend())
    with pytest.raises(DateRefused, match="A defence statement came before"):
        correct_service(serving, NOON + timedelta(days=1), **mend())
    with pytest.raises(DateRefused, match="Write why"):
        correct_notice(serving, NOON, **mend(reason="."))


def test_notice_that_was_typed_wrong_is_corrected_by_another():
    her = duties.a_lawyer()
    serving = duties.court_told().servings.get()
    Serving.objects.filter(pk=serving.pk).update(court_told_by=her)
    correct_notice(serving, NOON + timedelta(days=1), **mend())
    assert failings() == ["Court not told the same day"]

    with pytest.raises(DateRefused, match="Somebody else"):
        correct_notice(serving, NOON, **mend(her))
    correct_notice(serving, NOON, **mend(duties.a_lawyer()))

    assert failings() == [""]
    assert [each.new_day for each in serving.duty.date_changes.filter(title__contains="court")] == [
        TODAY, date(2026, 10, 6)
    ]  # fmt: skip


def test_the_day_of_a_statement_is_corrected_and_whether_it_was_late_follows():
    duty = duties.court_told()
    record_statement(duty, date(2026, 11, 3), [], by=None, at=LATER)
    statement = DefenceStatement.objects.get()
    assert statement.is_late

    assert not correct_statement(statement, date(2026, 10, 30), **mend()).is_late
    with pytest.raises(DateRefused, match="not before initial disclosure"):
        correct_statement(statement, date(2026, 10, 2), **mend())


def test_a_statement_is_not_late_any_more_once_the_court_gave_the_defence_longer():
    duty = duties.court_told()
    record_statement(duty, date(2026, 11, 3), [], by=None, at=LATER)
    longer = Ordered(key="defence_statement", day=date(2026, 11, 9), reason="The court gave longer",
                     ordered_on=date(2026, 10, 30))  # fmt: skip

    set_court_date(duty, longer, by=None, at=LATER)

    assert not DefenceStatement.objects.get().is_late


def test_the_day_on_which_a_case_ended_is_corrected_by_another(time_machine):
    time_machine.move_to(LATER, tick=False)
    duty, her = duties.a_duty(), duties.a_lawyer()
    end_duty(duty, date(2026, 10, 22), reason="Guilty", by=her, at=LATER)
    assert failings() == ["No initial disclosure"]

    with pytest.raises(DateRefused, match="Somebody else"):
        correct_end(duty, date(2026, 10, 12), **mend(her))
    page = (
        as_(duties.a_lawyer())
        .open(f"/disclosure/{duty.pk}/")
        .follow("Correct a day that was typed wrong, or how something was served")
    )
    page.press("Correct it", what="end-0", day_day="12", day_month="10", day_year="2026",
               reason=WHY).see("the case ended Monday 12 October 2026", WHY)  # fmt: skip

    assert failings() == [""]


def test_an_earlier_day_of_a_service_needs_another_though_it_was_in_time(time_machine):
    time_machine.move_to(LATER, tick=False)
    her = duties.a_lawyer()
    serving = served_on(20, her)
    assert failings() == ["Court not told the same day"]

    # Were it allowed, her own correction of the trigger would then leave it in time.
    with pytest.raises(DateRefused, match="Somebody else of the unit"):
        correct_service(serving, given.at("2026-10-07 12:00"), **mend(her))
    correct_service(serving, given.at("2026-10-23 12:00"), **mend(her))

    assert failings() == ["2 days late"]


def test_a_later_day_by_which_it_was_due_needs_another_though_it_was_in_time():
    her = duties.a_lawyer()
    duty = served_on(20, her).duty
    later = Trigger(triggered_on=date(2026, 9, 20), remand="CUSTODY", reason=WHY)

    with pytest.raises(DateRefused, match="Somebody else of the unit"):
        correct_trigger(duty, later, by=her, at=LATER)
    correct_trigger(duty, later, by=duties.a_lawyer(), at=LATER)

    assert duties.fresh(duty).due_on > date(2026, 10, 21)


@pytest.mark.parametrize("recorded", ["served_by", "court_told_by"])
def test_who_recorded_either_day_does_not_make_them_one(recorded):
    her = duties.a_lawyer()
    serving = duties.court_told().servings.get()
    correct_notice(serving, NOON + timedelta(days=2), **mend())
    Serving.objects.filter(pk=serving.pk).update(**{recorded: her})

    with pytest.raises(DateRefused, match="Somebody else"):
        correct_notice(serving, NOON, **mend(her))
    with pytest.raises(DateRefused, match="Somebody else"):
        correct_service(serving, NOON + timedelta(days=2), **mend(her))
    assert failings() == ["Court not told the same day"]


def test_an_earlier_end_needs_another_also_by_opening_again_and_ending_anew():
    duty, her = duties.a_duty(), duties.a_lawyer()
    end_duty(duty, date(2026, 10, 22), reason="Guilty", by=her, at=LATER)
    duty = open_again(duties.fresh(duty), reason="Closed too early", by=her, at=LATER)

    with pytest.raises(DutyRefused, match="Somebody else of the unit"):
        end_duty(duty, date(2026, 10, 12), reason="Guilty", by=her, at=LATER)
    end_duty(duty, date(2026, 10, 12), reason="Guilty", by=duties.a_lawyer(), at=LATER)

    assert failings() == [""]
