"""A letter that was sent and did not arrive: for the time it was out, nobody here had it."""

import importlib
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps

from forthright.letters.models import Dispatch
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.approving import approve, return_to_drafter
from forthright.letters.services.delivery import note_event
from forthright.letters.services.drafting import draft_letter, hand_over
from forthright.letters.services.sending import send
from forthright.morning_lists.selectors.morning import lines_of
from forthright.reports.services import make_weekly_report
from forthright.rules.contact_lock import Way
from forthright.rules.weeks import week_of
from forthright.schemes.models import Duty
from forthright.schemes.selectors import came_back_of, in_post_of
from forthright.schemes.services import clear_stage
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import a_spoc
from tests.peer_checks.looked_at import a_letter_put_forward

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
APPROVED, WENT = given.NOON + 30 * MINUTE, given.NOON + 60 * MINUTE  # Monday 5 October
BACK = given.at("2026-10-14 12:00")  # nine days later; it was due on the 12th
ANEW = "A new address is known; begin again."


def now(duty: Duty) -> Duty:
    related = ("unit", "area", "case", "decision__made_by", "drafter", "person")
    return Duty.objects.select_related(*related).get(pk=duty.pk)


def posted(duty: Duty, at) -> Dispatch:
    """Return the dispatch of a letter that went by post at once."""
    officer = now(duty).drafter
    dispatch = send(now(duty), Way.PRINT, by=officer, at=at)
    return note_event(dispatch, Dispatch.State.SENT, happened_at=at, by=officer, at=at)


def came_back_by_post() -> Duty:
    """Return a letter approved in half an hour, posted, and nine days later known to be back."""
    duty = a_letter_put_forward().duty
    approve(now(duty), 1, by=a_spoc(), at=APPROVED)
    dispatch = posted(duty, WENT)
    note_event(dispatch, Dispatch.State.RETURNED, happened_at=BACK, by=None, at=BACK)
    return now(duty)


def written_anew(duty: Duty) -> Duty:
    """Return a letter that was given back, written anew, approved and sent within the hour."""
    spoc = a_spoc()
    return_to_drafter(duty, reason=ANEW, by=spoc, at=BACK + 10 * MINUTE)
    draft_letter(now(duty), by=duty.drafter, at=BACK + 15 * MINUTE)
    hand_over(now(duty), by=duty.drafter, at=BACK + 20 * MINUTE)
    approve(now(duty), latest_words(duty).number, by=spoc, at=BACK + 30 * MINUTE)
    posted(duty, BACK + 60 * MINUTE)
    return now(duty)


def test_a_letter_late_for_the_post_is_no_approvers_and_the_report_says_so():
    duty = written_anew(came_back_by_post())

    assert (duty.state, duty.late_stage) == (Duty.State.LATE, Duty.Stage.IN_POST)
    report = make_weekly_report(
        duty.area, week_of(duty.due_on), by=None, at=given.at("2026-10-19 07:00")
    )
    assert report.records["stage-IN_POST"] == [duty.pk]
    assert report.records["stage-APPROVING"] == []
    with time_machine.travel(BACK + timedelta(days=1), tick=False):
        page = as_(duty.drafter).open(f"/letters/{duty.pk}/")
    page.see("In the post, and came back", "7 working days").not_see("7 working days, in")
    as_(duty.drafter).open("/letters/?show=late&late_stage=IN_POST").see(duty.reference)


def test_the_morning_list_says_that_a_letter_came_back_and_counts_from_then():
    duty = came_back_by_post()

    [line] = lines_of(duty.unit, [duty], BACK + 12 * MINUTE)

    assert (line.holder, line.since) == (str(duty.drafter), BACK)
    assert line.clock.now.late_by == 12 * MINUTE
    assert not line.clock.late_before
    [note] = line.notes
    assert note.startswith("Sent Monday 5 October 2026, 1pm, and did not arrive: known since ")
    assert note.endswith("Wednesday 14 October 2026, midday")


def test_the_morning_list_of_a_letter_given_back_says_what_each_had_it_for():
    duty = came_back_by_post()
    return_to_drafter(duty, reason=ANEW, by=a_spoc(), at=BACK + 10 * MINUTE)

    [line] = lines_of(duty.unit, [now(duty)], BACK + 12 * MINUTE)

    took = [(each.step.value, each.took / MINUTE) for each in line.clock.steps]
    assert took[2:] == [("CHECK", 30), ("DISPATCH", 30), ("DISPATCH", 10), ("DRAFT", 2)]
    assert line.since == BACK + 10 * MINUTE


def test_a_sending_that_was_recorded_by_mistake_is_no_time_in_the_post():
    duty = a_letter_put_forward().duty
    approve(now(duty), 1, by=a_spoc(), at=APPROVED)
    posted(duty, WENT)

    clear_stage(now(duty), "sent", reason="It lies here.", by=None, at=BACK)

    assert now(duty).in_post == []


def test_what_was_out_before_is_read_from_the_record():
    duty = written_anew(came_back_by_post())
    kept = (in_post_of(duty), came_back_of(duty))
    [(handed, returned, _)] = duty.came_back
    assert came_back_of(duty)[0].approved == APPROVED
    Duty.objects.update(in_post=[], came_back=[[handed, returned]])

    made = importlib.import_module("forthright.schemes.migrations.0006_in_post")
    made.note_what_was_out(apps, None)
    made.note_what_was_approved(apps, None)

    duty = now(duty)
    assert (in_post_of(duty), came_back_of(duty)) == kept
