"""The page of background work."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Area, Role
from forthright.web import jobs
from forthright.web.models import JOB_WORDS, Job
from forthright.worker.bindings import KINDS
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


def a_job(key="one", *, area=None, state=Job.State.FAILED):
    area = area or given.an_area()
    job = jobs.ask("reports.weekly", key=key, area=area, by=None, at=given.NOON)
    Job.objects.filter(pk=job.pk).update(
        state=state, step="Render", last_error="“Render” failed after 5 tries: no paper."
    )
    return job


def an_administrator():
    return given.a_person(Role.ADMINISTRATOR)


def test_an_administrator_sees_what_failed_and_why():
    a_job()

    page = as_(an_administrator()).open("/jobs/")

    page.see("Weekly report")
    page.see("no paper")


def test_other_roles_may_not_see_it():
    as_(given.a_person(Role.PROSECUTOR)).open("/jobs/", status=403)


def test_work_of_another_area_is_not_there():
    elsewhere = a_job(area=Area.objects.create(name="Wessex"))
    browser = as_(an_administrator())

    browser.post(f"/jobs/{elsewhere.pk}/ask-again/", status=404)
    assert "Reports: weekly" not in browser.open("/jobs/").text


def test_the_list_is_only_read_and_asking_again_is_only_posted():
    job = a_job()
    browser = as_(an_administrator())

    assert browser.try_("POST", "/jobs/") == 405
    assert browser.try_("GET", f"/jobs/{job.pk}/ask-again/") == 405


def test_many_jobs_take_as_many_queries_as_one():
    browser = as_(an_administrator())
    a_job("1")
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.open("/jobs/")
    for number in range(2, 12):
        a_job(str(number))

    with CaptureQueriesContext(connection) as many:
        browser.open("/jobs/")

    assert len(many) == len(one)


def test_a_failed_job_is_asked_for_again():
    job = a_job()

    page = as_(an_administrator()).post(f"/jobs/{job.pk}/ask-again/")

    page.see("was asked for again")
    page.see("Waiting to start")


def test_a_job_under_way_is_not_asked_for_again():
    job = a_job(state=Job.State.STARTED)

    as_(an_administrator()).post(f"/jobs/{job.pk}/ask-again/").see("has not failed")


def test_work_that_nobody_does_is_said_aloud():
    job = a_job(state=Job.State.ASKED)
    Job.objects.filter(pk=job.pk).update(asked_at=given.NOON - timedelta(days=90))

    as_(an_administrator()).open("/jobs/").see("The background worker has never run")


def test_every_job_is_called_by_words():
    assert set(JOB_WORDS) == {kind.name for kind in KINDS}
