"""The steps of our jobs: each reads what was asked and calls one service."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.urls import reverse

from forthright.accounts.models import Area
from forthright.reports import documents
from forthright.reports import services as report_services
from forthright.reports.models import ReportFile, ReportSending, WeeklyReport
from forthright.reports.selectors import NothingToReport
from forthright.rules.weeks import read_week, week_of
from forthright.samples.services.drawing import draw_weekly_samples
from forthright.schemes.models import RuleSet
from forthright.web import clock
from forthright.web.jobs import JobRefused
from forthright.worker.kinds import Work


def clear_sessions(work: Work) -> int:
    """Delete the sign-ins that have run out; return how many."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]


def last_week(moment: datetime) -> dict[str, str]:
    """Return the week before a scheduled moment, as the arguments of a job."""
    return {"week": str(week_of(clock.day_of(moment)).plus(-1))}


def areas_with_rules(work: Work) -> list[int]:
    """Return the Areas that have time limits, and so letters to report on."""
    return list(RuleSet.objects.values_list("area", flat=True).distinct().order_by("area"))


def freeze_report(work: Work) -> int | None:
    """Freeze one Area's figures; the same job finds the report it made before."""
    try:
        report = report_services.make_weekly_report(
            Area.objects.get(pk=work.one), read_week(work.arguments["week"]),
            by=None, at=clock.now(), made_for=work.key,
        )  # fmt: skip
    except NothingToReport:
        return None
    return report.pk


def make_report_files(work: Work) -> None:
    """Make a report's PDF and spreadsheet, once."""
    if work.one is None:
        return
    report = WeeklyReport.objects.get(pk=work.one)
    for kind in ReportFile.Kind:
        documents.kept_file(report, kind, by=None, at=clock.now())


def ask_to_send_report(work: Work) -> None:
    """Write down who is to have a report."""
    if work.one is not None:
        report = WeeklyReport.objects.get(pk=work.one)
        report_services.ask_for_sending(report, by=None, at=clock.now())


def sendings_of_report(work: Work) -> list[int]:
    """Return who has not been sent the report yet."""
    waiting = ReportSending.objects.filter(report=work.arguments["report"], sent_at=None)
    return list(waiting.order_by("pk").values_list("pk", flat=True))


def send_report_to_one(work: Work) -> None:
    """Send one person the report with its PDF."""
    sending = ReportSending.objects.select_related("report__area", "recipient").get(pk=work.one)
    if not sending.recipient.is_active:
        raise JobRefused("The person it was for has left; nothing was sent to them.")
    now = clock.now()
    pdf = documents.kept_file(sending.report, ReportFile.Kind.PDF, by=None, at=now)
    address = settings.SITE_ADDRESS + reverse("reports:report", args=[sending.report_id])
    report_services.send_report(sending, pdf, address=address, by=None, at=now)


def draw_samples(work: Work) -> dict[str, Any]:
    """Draw every plan of an Area for a week; return the draws, and why a plan was left out."""
    week = read_week(work.arguments["week"])
    drawn = draw_weekly_samples(work.area(), week, by=work.asked_by(), at=clock.now())
    return {
        "draws": [draw.pk for draw in drawn.made],
        "left_out": [str(reason) for _, reason in drawn.left_out],
    }
