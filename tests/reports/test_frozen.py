"""A report that somebody changed in the database is named by the check of the record."""

import pytest
from typer.testing import CliRunner

from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.reports import services
from forthright.reports.models import WeeklyReport
from forthright.rules.weeks import Week
from forthright.web.jobs import JobRefused
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.audit.tampering import cut_after

pytestmark = pytest.mark.django_db
WEEK = Week(2026, 40)
MONDAY_AFTER = given.at("2026-10-05 07:00")
NAME = "Mercia’s weekly report of the week of 28 September 2026 (version 1)"


@pytest.fixture
def report():
    area = given.an_area_that_reports()
    given.a_letter_owed(decided_at=given.at("2026-09-24 10:00"))
    return services.make_weekly_report(area, WEEK, by=None, at=MONDAY_AFTER)


def verify():
    return CliRunner().invoke(run, ["audit", "verify"])


def test_reports_as_they_were_frozen_are_no_fault(report):
    assert verify().exit_code == 0, verify().output


@pytest.mark.parametrize("with_digest", [False, True], ids=["figures", "figures and digest"])
def test_a_changed_figure_is_a_fault_that_names_the_report(report, with_digest):
    report.figures["figures"]["owed-all-late"]["count"] = 41
    if with_digest:
        report.digest = services.digest_of(report)
    report.save()

    told = verify()

    assert told.exit_code == 1
    assert f"{NAME} was changed after it was frozen" in told.stdout
    with pytest.raises(JobRefused, match="was changed after it was frozen"):
        steps.verify_record(Work(1, "audit.verify", "nightly", {}, None))


def test_a_report_that_was_removed_is_a_fault(report):
    event = Event.objects.get(name="report.made")
    WeeklyReport.objects.all().delete()

    told = verify()

    assert told.exit_code == 1
    assert f"What event {event.sequence} (report.made, 2026-W40) froze is gone" in told.stdout


def test_a_report_that_was_put_in_is_a_fault(report):
    cut_after(Event.objects.get(name="report.made").sequence - 1)

    assert f"{NAME} stands in the database, but no event says" in verify().stdout
