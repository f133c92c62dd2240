"""The steps of our own jobs, each safe to repeat, tried without the engine."""

from dataclasses import replace

import pytest
import time_machine
from django.core import mail

from forthright.reports.models import ReportFile, ReportSending, WeeklyReport
from forthright.web.models import Job
from forthright.worker import steps
from forthright.worker.bindings import kind_named
from forthright.worker.kinds import Work
from tests import given

pytestmark = pytest.mark.django_db


def weekly_work(area):
    return Work(
        1, "reports.weekly", "Monday report 2026-10-05", {"week": "2026-W40"}, None, area.pk
    )


def do_every_step(work, *, times=1):
    work = replace(work, answers={})
    for step in kind_named(work.name).steps:
        for _ in range(times):
            work.answers[step.name] = step.act(work)
    return work


# Makes a real PDF, which takes a second.
@pytest.mark.slow
def test_a_weekly_report_whose_every_step_is_repeated_is_made_and_sent_once():
    do_every_step(weekly_work(given.an_area_that_reports()), times=2)

    report = WeeklyReport.objects.get()
    assert ReportFile.objects.filter(report=report).count() == len(ReportFile.Kind)
    assert Job.objects.filter(name="reports.send").count() == 1


def test_an_area_with_nothing_to_report_gets_no_report_and_no_failure():
    do_every_step(weekly_work(given.an_area()))

    assert not WeeklyReport.objects.exists()
    assert not ReportSending.objects.exists()


def test_a_drafter_is_mailed_once_however_often_the_step_is_repeated():
    feedback = given.a_told_drafter()
    work = Work(1, "reviews.tell", "a", {"feedback": feedback.pk}, None, feedback.area_id)

    do_every_step(work, times=2)

    assert [each.to for each in mail.outbox] == [[feedback.drafter.email]]


def test_disputes_nobody_decided_are_frozen_each_night():
    dispute = given.a_disputed_mark()
    work = Work(1, "reviews.freeze_disputes", "a", {}, None, dispute.feedback.area_id)

    with time_machine.travel(given.at("2026-10-20 00:10"), tick=False):
        assert steps.freeze_disputes(work) == 1
        assert steps.freeze_disputes(work) == 0


def test_an_area_without_plans_draws_nothing():
    work = Work(1, "samples.draw", "a", {"week": "2026-W40"}, None, given.an_area().pk)

    assert steps.draw_samples(work) == {"draws": [], "left_out": []}
