"""A report that somebody changed in the database is named by the check of the record."""

from datetime import date

import pytest
from typer.testing import CliRunner

from forthright.accounts.models import Role
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
from tests.client import as_

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


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        pytest.param({"week": date(2026, 9, 21)}, "week", id="week"),
        pytest.param({"week": date(2026, 9, 29)}, "week", id="a day of the week"),
        pytest.param({"version": 2}, "version", id="version"),
        pytest.param({"made_at": given.at("2026-10-05 07:01")}, "time it was made", id="time"),
        pytest.param({"made_by": "somebody"}, "maker", id="maker"),
        pytest.param({"area": "another"}, "Area", id="area"),
        pytest.param({"chain_hash": "0" * 64}, "place in the record", id="place in the record"),
    ],
)
def test_what_stands_beside_the_figures_is_frozen_too(report, changed, named):
    values = {
        "somebody": lambda: given.a_person(Role.SENIOR_MANAGER),
        "another": lambda: given.an_area("Wessex"),
    }
    for name, value in changed.items():
        setattr(report, name, values[value]() if value in values else value)
    report.save()

    told = verify()

    assert told.exit_code == 1
    assert "was changed after it was frozen: it no longer fits event" in told.stdout
    assert f"in its {named}." in " ".join(told.stdout.split())
    as_(given.a_person(Role.SENIOR_MANAGER, area=report.area)).open(f"/reports/{report.pk}/").see(
        "not as the record says it was made"
    )


def test_a_report_that_was_removed_is_a_fault(report):
    event = Event.objects.get(name="report.made")
    WeeklyReport.objects.all().delete()

    told = verify()

    assert told.exit_code == 1
    assert f"What event {event.sequence} (report.made, 2026-W40) froze is gone" in told.stdout


def test_a_report_that_was_put_in_is_a_fault(report):
    cut_after(Event.objects.get(name="report.made").sequence - 1)

    assert f"{NAME} stands in the database, but no event says" in verify().stdout
