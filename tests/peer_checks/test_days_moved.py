"""A closed day moves the days of what a colleague found, as it moves those of marks."""

from datetime import date, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.letters.services.notes import write_note
from forthright.peer_checks.models import PartLimitChange, PartTold
from forthright.peer_checks.services import telling
from forthright.schemes.models import ClosedDay
from forthright.schemes.services import NewClosedDay, add_closed_day, remove_closed_day
from forthright.web.models import Job
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import a_check, changes_asked

pytestmark = pytest.mark.django_db
JUBILEE = NewClosedDay(day=date(2026, 10, 12), name="Jubilee", source="GOV.UK")
BEFORE, AFTER = date(2026, 10, 19), date(2026, 10, 20)
REASON = "Jubilee, Monday 12 October 2026, was added to the calendar"
MOVED = (
    f"{REASON}: until Monday 5 October 2026 the day was Monday 19 October 2026, and it is "
    "Tuesday 20 October 2026 since."
)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def told():
    """Return what the drafter of a letter was told, and the prosecutor who reasoned it."""
    duty = given.a_letter_to_write()
    write_note(duty, given.REASONS, by=given.a_person(Role.PROSECUTOR), at=given.NOON)
    changes_asked(a_check(duty=duty), at=given.NOON, reasons_to_change="Say which camera it was.")
    words = PartTold.objects.get(about=PartTold.About.WORDS)
    return words, PartTold.objects.get(about=PartTold.About.REASONS)


def disputed(part):
    return telling.dispute_part(part, reason="It says so.", by=part.recipient, at=given.NOON)


def closed(area) -> ClosedDay:
    add_closed_day(area, JUBILEE, by=None, at=given.NOON)
    return ClosedDay.objects.get(area=area, day=JUBILEE.day)


def worked() -> list[int]:
    """Do the jobs that were asked for, as the worker does, and return how many days each moved."""
    return [
        steps.move_dispute_days(
            Work(job.pk, job.name, job.key, job.arguments, job.asked_by_id, job.area_id)
        )
        for job in Job.objects.filter(name="reviews.move_days").order_by("pk")
    ]


def test_all_who_were_told_on_one_day_have_until_the_same_day_by_a_mark_or_a_look():
    words, reasons = told()
    feedback = given.a_told_drafter()
    assert words.dispute_by == reasons.dispute_by == feedback.dispute_by == BEFORE

    closed(words.area)

    assert worked() == [3]
    for each in (words, reasons, feedback):
        each.refresh_from_db()
    assert words.dispute_by == reasons.dispute_by == feedback.dispute_by == AFTER
    assert words.dispute_because == feedback.dispute_because


def test_the_old_day_is_kept_with_the_reason_and_shown_to_its_reader():
    words, _reasons = told()
    before = words.dispute_because
    closed(words.area)
    worked()

    change = PartLimitChange.objects.get(part=words)

    assert (change.old_day, change.new_day, change.old_because) == (BEFORE, AFTER, before)
    assert change.reason == REASON
    noted = Event.objects.get(name="peer_feedback.days_moved")
    assert noted.detail == {"moved": 2, "reason": REASON}
    page = as_(words.recipient).open(f"/checks/told/{words.pk}/")
    page.see("by the end of Tuesday 20 October 2026", MOVED)


def test_it_may_be_disputed_until_the_moved_day():
    words, _reasons = told()
    closed(words.area)
    worked()

    with time_machine.travel(given.at("2026-10-20 16:00"), tick=False):
        page = as_(words.recipient).open(f"/checks/told/{words.pk}/dispute/")
        page.press("Dispute it", reason="It says so.").see("Disputed.")


def test_a_dispute_that_waits_is_decided_by_the_moved_day_and_both_read_why():
    words = disputed(told()[0])
    closed(words.area)

    assert worked() == [2]
    words.refresh_from_db()
    assert (words.dispute_by, words.decide_by) == (BEFORE, AFTER)
    page = as_(given.a_person(Role.LEGAL_MANAGER)).open(f"/checks/disputes/{words.pk}/")
    page.see("To be decided by the end of Tuesday 20 October 2026", MOVED)
    as_(words.recipient).open(f"/checks/told/{words.pk}/").see(MOVED)


def test_a_job_done_twice_moves_nothing_twice_and_a_day_taken_out_moves_back():
    words, _reasons = told()
    day = closed(words.area)
    assert [worked(), worked()] == [[2], [0]]

    remove_closed_day(day, reason="It was called off.", by=None, at=given.NOON)
    worked()

    words.refresh_from_db()
    assert words.dispute_by == BEFORE
    assert "was taken out of the calendar" in words.limit_changes.first().reason


def test_what_was_decided_or_is_past_stays():
    words, reasons = told()
    telling.decide_part(
        disputed(words), "REFUSED", reason="It does not.",
        by=given.a_person(Role.LEGAL_MANAGER), at=given.NOON,
    )  # fmt: skip
    closed(words.area)

    with time_machine.travel(given.at("2026-10-20 09:00"), tick=False):
        assert worked() == [0]
    assert worked() == [1]
    words.refresh_from_db()
    reasons.refresh_from_db()
    assert (words.decide_by, reasons.dispute_by) == (BEFORE, AFTER)


def test_the_page_lists_each_last_day_that_would_move_before_it_moves():
    words, reasons = told()
    disputed(reasons)
    letter = words.version.letter.duty.reference
    page = as_(given.a_person(Role.ADMINISTRATOR)).open("/time-limits/calendar/add/")

    page = page.press(
        "Continue", day_day="12", day_month="10", day_year="2026", name="Jubilee", source="GOV.UK"
    )

    page.see("2 of them move, within a minute")
    old, new = "Monday 19 October 2026", "Tuesday 20 October 2026"
    assert page.rows()[-2:] == [
        [letter, "Dispute what was found in the letter", old, new],
        [letter, "Decide the dispute of what was found of the reasons", old, new],
    ]
    page.press("Add the day")
    assert worked() == [2]


def test_what_was_told_before_a_change_of_the_calendar_is_counted_anew_by_the_next_version():
    words, _reasons = told()
    day = closed(words.area)
    Job.objects.all().delete()
    migration = import_module("forthright.peer_checks.migrations.0004_last_days_that_moved")

    migration.ask_for_days(apps, None)
    migration.ask_for_days(apps, None)

    assert [job.arguments for job in Job.objects.filter(name="reviews.move_days")] == [
        {"closed_day": day.pk}
    ]
    assert worked() == [2]


def test_nothing_is_counted_anew_where_the_calendar_has_not_changed_since():
    words, _reasons = told()
    closed(words.area)
    Job.objects.all().delete()
    PartTold.objects.update(told_at=given.NOON + timedelta(hours=1))

    import_module("forthright.peer_checks.migrations.0004_last_days_that_moved").ask_for_days(
        apps, None
    )

    assert not Job.objects.filter(name="reviews.move_days").exists()


def test_no_last_day_of_another_area_is_listed():
    words, _reasons = told()
    other = given.a_started_area("Wessex")

    page = as_(given.a_person(Role.ADMINISTRATOR, area=other)).open("/time-limits/calendar/add/")
    page = page.press(
        "Continue", day_day="12", day_month="10", day_year="2026", name="Jubilee", source="GOV.UK"
    )

    page.see("None of those still to come moves.")
    page.not_see(words.version.letter.duty.reference)
