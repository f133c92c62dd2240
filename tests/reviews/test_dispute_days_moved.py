"""A closed day moves the days to dispute and to decide, as it moves due dates."""

from datetime import date

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.reviews.models import Feedback, LimitChange
from forthright.reviews.services import acknowledge_feedback, dispute_limit
from forthright.schemes.models import ClosedDay
from forthright.schemes.services import NewClosedDay, add_closed_day, remove_closed_day
from forthright.web.models import Job
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
JUBILEE = NewClosedDay(day=date(2026, 10, 12), name="Jubilee", source="GOV.UK")
BEFORE, AFTER = date(2026, 10, 19), date(2026, 10, 20)
REASON = "Jubilee, Monday 12 October 2026, was added to the calendar"


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def worked() -> list[int]:
    """Do the jobs that were asked for, as the worker does, and return how many days each moved."""
    jobs = Job.objects.filter(name="reviews.move_days").order_by("pk")
    return [
        steps.move_dispute_days(
            Work(job.pk, job.name, job.key, job.arguments, job.asked_by_id, job.area_id)
        )
        for job in jobs
    ]


def closed(area) -> ClosedDay:
    add_closed_day(area, JUBILEE, by=None, at=given.NOON)
    return ClosedDay.objects.get(area=area, day=JUBILEE.day)


def test_all_who_were_told_on_one_day_have_until_the_same_day():
    feedback = given.a_told_drafter()
    assert feedback.dispute_by == BEFORE

    closed(feedback.area)

    assert worked() == [1]
    feedback.refresh_from_db()
    told_later = dispute_limit(feedback.review, given.NOON.date())
    assert feedback.dispute_by == told_later.day == AFTER
    assert feedback.dispute_because == list(told_later.arithmetic)


def test_the_old_day_is_kept_with_the_reason_and_shown():
    feedback = given.a_told_drafter()
    before = feedback.dispute_because
    closed(feedback.area)
    worked()

    change = LimitChange.objects.get()

    assert (change.old_day, change.new_day, change.old_because) == (BEFORE, AFTER, before)
    assert change.reason == REASON
    assert Event.objects.get(name="feedback.days_moved").detail == {"moved": 1, "reason": REASON}
    page = as_(feedback.drafter).open(f"/feedback/{feedback.pk}/")
    page.see(
        "by the end of Tuesday 20 October 2026",
        f"{REASON}: until Monday 5 October 2026 the day was Monday 19 October 2026, and it is "
        "Tuesday 20 October 2026 since.",
    )


def test_a_dispute_that_waits_is_decided_by_the_moved_day():
    dispute = given.a_disputed_mark()
    closed(dispute.feedback.area)

    assert worked() == [2]
    dispute.refresh_from_db()
    assert dispute.decide_by == AFTER
    page = as_(given.a_person(Role.LEGAL_MANAGER)).open(f"/disputes/{dispute.pk}/")
    page.see(f"{REASON}: until")


def test_a_job_done_twice_moves_nothing_twice_and_a_day_taken_out_moves_back():
    feedback = given.a_told_drafter()
    day = closed(feedback.area)
    assert [worked(), worked()] == [[1], [0]]

    remove_closed_day(day, reason="It was called off.", by=None, at=given.NOON)
    worked()

    assert Feedback.objects.get().dispute_by == BEFORE
    assert LimitChange.objects.count() == 2
    assert "was taken out of the calendar" in LimitChange.objects.first().reason


def test_an_answer_given_or_a_day_that_has_passed_stays():
    answered = given.a_told_drafter()
    acknowledge_feedback(answered, by=answered.drafter, at=given.NOON)
    closed(answered.area)
    assert worked() == [0]

    Feedback.objects.update(acknowledged_at=None)
    with time_machine.travel(given.at("2026-10-20 09:00"), tick=False):
        assert worked() == [0]
    assert Feedback.objects.get().dispute_by == BEFORE


def test_the_page_lists_each_last_day_that_would_move_before_it_moves():
    dispute = given.a_disputed_mark()
    letter = dispute.feedback.review.drawn_letter.duty.reference
    page = as_(given.a_person(Role.ADMINISTRATOR)).open("/time-limits/calendar/add/")

    page = page.press(
        "Continue", day_day="12", day_month="10", day_year="2026", name="Jubilee", source="GOV.UK"
    )

    page.see("2 of them move, within a minute")
    old, new = "Monday 19 October 2026", "Tuesday 20 October 2026"
    assert page.rows()[-2:] == [
        [letter, "Dispute a mark", old, new],
        [letter, f"Decide the dispute of {dispute.mark.criterion.code}", old, new],
    ]
    page.press("Add the day")
    assert worked() == [2]


def test_the_page_of_a_day_taken_out_lists_them_too():
    feedback = given.a_told_drafter()
    day = closed(feedback.area)
    worked()
    page = as_(given.a_person(Role.ADMINISTRATOR))

    page = page.open(f"/time-limits/calendar/{day.pk}/remove/")

    page.see("1 of them moves, within a minute")
    assert page.rows()[-1][1:] == [
        "Dispute a mark", "Tuesday 20 October 2026", "Monday 19 October 2026",
    ]  # fmt: skip


def test_no_last_day_is_listed_that_has_passed_or_belongs_to_another_area():
    feedback = given.a_told_drafter()
    other = given.a_started_area("Wessex")
    administrator = given.a_person(Role.ADMINISTRATOR, area=other)

    page = as_(administrator).open("/time-limits/calendar/add/").press(
        "Continue", day_day="12", day_month="10", day_year="2026", name="Jubilee", source="GOV.UK"
    )  # fmt: skip

    page.see("None of those still to come moves.")
    page.not_see(feedback.review.drawn_letter.duty.reference)
