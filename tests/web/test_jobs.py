"""Asking for background work, without a worker."""

from datetime import timedelta

import pytest
from django.db import transaction

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.web import jobs
from forthright.web.models import Job, WorkerBeat
from tests import given

pytestmark = pytest.mark.django_db


def ask(key="weekly 2026-W40", by=None):
    return jobs.ask("reports.weekly", key=key, args={"week": "2026-W40"}, by=by, at=given.NOON)


def a_failed_job():
    job = ask()
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, last_error="No paper")
    return job


def test_a_job_is_asked_for_and_recorded():
    manager = given.a_person(Role.LINE_MANAGER)

    job = ask(by=manager)

    assert job.state == Job.State.ASKED
    assert job.area == manager.area
    assert Event.objects.get(name="job.asked").by == manager


def test_the_same_key_asked_twice_is_one_job():
    assert ask() == ask()

    assert Event.objects.filter(name="job.asked").count() == 1


def test_a_job_asked_for_in_an_act_that_is_undone_was_never_asked_for():
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)

    assert jobs.job_with_key("weekly 2026-W40") is None


def test_a_failed_job_can_be_asked_for_again_under_a_new_turn():
    job = a_failed_job()
    first_run = job.run_key

    again = jobs.ask_again(job, by=given.a_person(Role.ADMINISTRATOR), at=given.NOON)

    assert again.state == Job.State.ASKED
    assert again.last_error == ""
    assert again.run_key != first_run


def test_a_job_that_has_not_failed_is_not_asked_for_again():
    job = ask()

    with pytest.raises(jobs.JobStillRunning, match="waiting to start"):
        jobs.ask_again(job, by=given.a_person(Role.ADMINISTRATOR), at=given.NOON)


def test_waiting_work_without_a_lively_worker_is_stalled():
    ask()

    assert not jobs.is_work_stalled(given.NOON + timedelta(minutes=1))
    assert jobs.is_work_stalled(given.NOON + timedelta(minutes=3))


def test_waiting_work_with_a_lively_worker_is_not_stalled():
    ask()
    later = given.NOON + timedelta(minutes=3)
    WorkerBeat.objects.create(executor="one", start="a", started_at=later, seen_at=later)

    assert not jobs.is_work_stalled(later)
