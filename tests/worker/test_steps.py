"""The steps of our own jobs, each safe to repeat, tried without the engine."""

from dataclasses import replace

import pytest

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


def test_an_area_without_plans_draws_nothing():
    work = Work(1, "samples.draw", "a", {"week": "2026-W40"}, None, given.an_area().pk)

    assert steps.draw_samples(work) == {"draws": [], "left_out": []}
