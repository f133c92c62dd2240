"""The worker's jobs about morning lists ask on the hour, and send each e-mail once."""

from datetime import date, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse

from forthright.accounts.models import Role, Unit
from forthright.cases.models import Case
from forthright.morning_lists.models import Digest, Reminder
from forthright.morning_lists.services.digests import choose_digest
from forthright.morning_lists.services.reminding import ask_who_is_told
from forthright.schemes.models import Duty
from forthright.worker import bindings, mornings
from forthright.worker.kinds import Work
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import MORNING, a_letter, a_prosecutor, a_spoc

pytestmark = pytest.mark.django_db
DECIDED = "2026-10-02 12:00"  # so the explanation is wanted by Monday midday


@pytest.fixture(autouse=True)
def in_the_morning():
    with time_machine.travel(given.at("2026-10-05 10:00"), tick=False):
        yield


def work(area, **arguments):
    return Work(
        job_id=1, name="job", key="key", arguments=arguments, asked_by_id=None, area_id=area.pk
    )


def test_what_is_due_is_asked_for_and_sent():
    spoc, prosecutor = a_spoc(), a_prosecutor()
    duty = a_letter(DECIDED, by=prosecutor)
    choose_digest(is_wanted=True, hour=time(8), by=spoc, at=MORNING)

    assert mornings.remind_prosecutors(work(duty.area)) == 1
    assert mornings.ask_for_digests(work(duty.area)) == 1
    mornings.send_reminder(work(duty.area, reminder=Reminder.objects.get().pk))
    mornings.send_digest(work(duty.area, digest=Digest.objects.get().pk))

    to_him, to_her = mail.outbox
    assert reverse("letters:note_write", args=[duty.pk]) in to_him.body
    assert to_her.to == [spoc.email]


def test_where_the_case_has_moved_the_unit_that_owes_the_letter_is_named_and_gets_the_answer():
    spoc, prosecutor = a_spoc(), a_prosecutor()
    elsewhere = given.a_unit(Unit.Kind.RASSO)
    a_spoc(elsewhere)
    duty = a_letter(DECIDED, by=prosecutor)
    Case.objects.filter(pk=duty.case_id).update(unit=elsewhere)

    mornings.remind_prosecutors(work(duty.area))

    reminder = Reminder.objects.get()
    assert reminder.unit == duty.unit
    mornings.send_reminder(work(duty.area, reminder=reminder.pk))
    assert reverse("letters:note_write", args=[duty.pk]) in mail.outbox[0].body
    assert mail.outbox[0].reply_to == [spoc.email]
    as_(prosecutor).open(f"/letters/{duty.pk}/note/write/")


def test_of_two_letters_for_one_decision_that_of_the_unit_that_waits_is_led_to():
    prosecutor = a_prosecutor()
    duty = a_letter(DECIDED, by=prosecutor)
    mornings.remind_prosecutors(work(duty.area))
    elsewhere = given.a_unit(Unit.Kind.RASSO)
    sooner = Duty.objects.get(pk=duty.pk)
    sooner.pk, sooner.unit, sooner.number = None, elsewhere, duty.number + 1
    sooner.person = given.a_person_to_tell(duty.case)
    sooner.due_on = duty.due_on - timedelta(days=1)
    sooner.save()

    mornings.send_reminder(work(duty.area, reminder=Reminder.objects.get().pk))

    assert reverse("letters:note_write", args=[duty.pk]) in mail.outbox[0].body


def test_asking_once_more_asks_for_nothing_more():
    duty = a_letter(DECIDED, by=a_prosecutor())
    mornings.remind_prosecutors(work(duty.area))

    assert mornings.remind_prosecutors(work(duty.area)) == 0


def test_a_decision_with_nobody_to_tell_leads_to_the_overview():
    given.a_started_area()
    decision = given.a_decision(
        given.a_case(), made_at=given.at(DECIDED), made_by=given.a_person(Role.PROSECUTOR)
    )
    reminder = ask_who_is_told(decision, by=a_spoc(), at=MORNING)

    mornings.send_reminder(work(decision.area, reminder=reminder.pk))

    assert "in answer to this e-mail" in mail.outbox[0].body


def test_an_area_without_a_calendar_asks_for_nothing():
    area = given.an_area()

    assert (mornings.remind_prosecutors(work(area)), mornings.ask_for_digests(work(area))) == (0, 0)


@pytest.mark.parametrize(
    ("day", "times"),
    [
        pytest.param(date(2026, 10, 5), 26, id="each half hour of a Monday from 6am to 6:30pm"),
        pytest.param(date(2026, 10, 4), 0, id="never on a Sunday"),
    ],
)
def test_the_calendar_asks(day, times):
    schedule = next(each for each in bindings.SCHEDULES if each.job == "morning_lists.ask")
    start = given.at(f"{day} 00:00")

    moments = [given.at(f"{day} {hour:02}:{minute:02}") for hour in range(24) for minute in (0, 30)]
    due = [each for each in moments if schedule.moments(start, each)[-1:] == [each]]

    assert len(due) == times
