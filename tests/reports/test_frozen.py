"""A report that somebody changed in the database is named by the check of the record."""

import hashlib
import json
from datetime import date
from functools import partial

import pytest
from typer.testing import CliRunner

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cli.main import run
from forthright.reports import documents, services
from forthright.reports.models import ReportFile, WeeklyReport
from forthright.reports.selectors import NotAsMade
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
        pytest.param({"made_for": "reports.weekly"}, "job it was made for", id="job"),
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


def test_a_changed_digest_alone_is_a_fault(report):
    WeeklyReport.objects.update(digest="a" * 64)

    assert "in its printed digest." in " ".join(verify().stdout.split())


FORGED = {
    "content": {"content": b"forged"},
    "content and digest": {
        "content": b"forged", "sha256": hashlib.sha256(b"forged").hexdigest(),
    },
    "digest alone": {"sha256": "b" * 64},
}  # fmt: skip


@pytest.mark.parametrize("forged", FORGED.values(), ids=FORGED)
@pytest.mark.parametrize("kind", ["PDF", "XLSX"])
def test_a_forged_file_is_named_and_nothing_is_handed_out_or_sent(report, kind, forged, mailoutbox):
    manager = given.a_person(Role.SENIOR_MANAGER, area=report.area)
    for each in ReportFile.Kind:
        services.keep_file(report, each, b"as made", by=None, at=MONDAY_AFTER)
    sending, *_ = services.ask_for_sending(report, by=None, at=MONDAY_AFTER)
    report.files.filter(kind=kind).update(**forged)
    words = {"PDF": "PDF", "XLSX": "spreadsheet (.xlsx)"}[kind]
    told = verify()

    assert told.exit_code == 1
    assert f"The {words} of {NAME} was changed after it was frozen" in told.stdout
    page = as_(manager).open(f"/reports/{report.pk}/")
    page.see("not as the record says it was made").see(f"The {words} of")
    for ending in ("pdf", "xlsx", "json"):
        as_(manager).open(f"/reports/{report.pk}/files/{ending}/").see("not handed out or sent")
    for make in (documents.html_of, partial(documents.figures_of, reader=manager, at=MONDAY_AFTER)):
        with pytest.raises(NotAsMade, match="was changed after it was frozen"):
            make(report)
    with pytest.raises(NotAsMade):
        services.ask_for_sending(report, by=None, at=MONDAY_AFTER)
    with pytest.raises(NotAsMade):
        services.send_report(sending, b"forged", address="", by=None, at=MONDAY_AFTER)
    with pytest.raises(JobRefused, match="was changed after it was frozen"):
        steps.send_report_to_one(Work(1, "reports.send", "key", {}, None, one=sending.pk))
    work = Work(1, "reports.weekly", "key", {}, None, answers={"Freeze the figures": report.pk})
    for step in (steps.make_report_files, steps.ask_to_send_report):
        with pytest.raises(JobRefused, match="was changed after it was frozen"):
            step(work)
    assert mailoutbox == []


def test_a_removed_file_is_a_fault_and_is_not_made_again(report):
    services.keep_file(report, "PDF", b"as made", by=None, at=MONDAY_AFTER)
    report.files.all().delete()

    assert "(report.file_made, 2026-W40, PDF) froze is gone" in verify().stdout
    with pytest.raises(NotAsMade, match="froze is gone"):
        documents.kept_file(report, "PDF", by=None, at=MONDAY_AFTER)


def test_a_report_made_again_after_a_forgery_is_a_new_version(report):
    services.keep_file(report, "PDF", b"as made", by=None, at=MONDAY_AFTER)
    report.files.update(content=b"forged")

    again = services.make_weekly_report(report.area, WEEK, by=None, at=MONDAY_AFTER)

    assert again.version == 2
    assert json.loads(documents.figures_of(again, reader=None, at=given.NOON))["version"] == 2


def test_a_report_that_was_removed_is_a_fault(report):
    event = Event.objects.get(name="report.made")
    WeeklyReport.objects.all().delete()

    told = verify()

    assert told.exit_code == 1
    assert f"What event {event.sequence} (report.made, 2026-W40) froze is gone" in told.stdout


def test_a_report_that_was_put_in_is_a_fault(report):
    cut_after(Event.objects.get(name="report.made").sequence - 1)

    assert f"{NAME} stands in the database, but no event says" in verify().stdout


@pytest.mark.parametrize(
    "figures", [[1], {}, {"figures": 3}, "gone", {"figures": {"x": 1}}], ids=str
)
def test_figures_that_nobody_can_read_are_told_on_their_pages(report, figures):
    key = next(iter(report.figures["figures"]))
    WeeklyReport.objects.update(figures=figures)
    reader = as_(given.a_person(Role.SENIOR_MANAGER, area=report.area))

    page = reader.open(f"/reports/{report.pk}/")
    page.see("was changed after it was frozen").see("can no longer be read")
    for address in (f"figures/{key}/", "figures/x/", "charts/owed_all/2026-W39/"):
        assert reader.try_("GET", f"/reports/{report.pk}/{address}") in {200, 404}
    reader.open("/reports/")
    again = services.make_weekly_report(report.area, WEEK, by=None, at=given.at("2026-10-05 09:00"))
    assert again.version == 2
