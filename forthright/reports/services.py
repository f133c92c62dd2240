"""Makes a weekly report: freezes its figures, keeps its files, and sends it."""

import hashlib
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.reports import policies, selectors
from forthright.reports.models import ReportFile, ReportSending, WeeklyReport
from forthright.reports.selectors.frozen import FILE_MADE, MADE, digest_of
from forthright.reports.selectors.held_back import report_for_reader
from forthright.rules.weekly_report.compose import compose
from forthright.rules.weeks import Week, week_of
from forthright.web import clock, jobs

TRIES = 5


class WeekNotOver(Exception):
    """The week asked for has not begun; the message says which is the latest."""


@transaction.atomic
def make_weekly_report(
    area: Area, week: Week, *, by: User | None, at: datetime, made_for: str = ""
) -> WeeklyReport:
    """Freeze one week's figures as a new version; earlier versions stay as they are.

    Where nothing has changed since the newest version, that one is returned: its `made_at` is
    earlier than `at`, and nothing is added to the record. One that was tampered with, or a file
    of which was, does not stand for the week: a new version is made beside it.

    A scheduled job names itself in `made_for`, so that a second run of the same job finds the
    report the first one made.

    :raises NotAllowed: if this person may not
    :raises NothingToReport: if the Area has no time limits or no standard
    :raises WeekNotOver: if the week lies in the future
    """
    policies.check_can_make_report(by, area)
    if made_for and (kept := WeeklyReport.objects.filter(area=area, made_for=made_for).first()):
        return kept
    as_of = clock.day_of(at)
    if week.monday > as_of:
        raise WeekNotOver(
            f"The {week.short_words} has not begun, so there is nothing to report. "
            "Choose this week or an earlier one."
        )
    # Taking the Area's row in turn keeps two people from making the same version.
    Area.objects.select_for_update().get(pk=area.pk)
    facts, standing = selectors.facts_for_week(area, week, as_of=as_of)
    figures, records = compose(facts)
    latest = WeeklyReport.objects.filter(area=area, week=week.monday).order_by("-version").first()
    report = WeeklyReport(
        area=area, week=week.monday, version=latest.version + 1 if latest else 1,
        made_at=at, made_by=by, figures=figures, records=records, standing=standing,
        made_for=made_for, chain_sequence=0, chain_hash="",
    )  # fmt: skip
    report.digest = digest_of(report)
    is_same = latest is not None and latest.digest == report.digest
    if latest is not None and is_same and not selectors.faults_of(latest):
        return latest
    report.save()
    event = audit.record(
        MADE, report, by=by, at=at,
        week=str(week), version=report.version, digest=report.digest, made_for=made_for,
    )  # fmt: skip
    report.chain_sequence, report.chain_hash = event.sequence, event.hash
    report.save(update_fields=["chain_sequence", "chain_hash"])
    return report


@transaction.atomic
def keep_file(
    report: WeeklyReport, kind: str, content: bytes, *, by: User | None, at: datetime
) -> ReportFile:
    """Keep a report's file as it was first made; a second try finds the first."""
    kept, is_new = ReportFile.objects.get_or_create(
        report=report, kind=kind,
        defaults={
            "content": content, "sha256": hashlib.sha256(content).hexdigest(), "made_at": at,
        },
    )  # fmt: skip
    if is_new:
        audit.record(
            FILE_MADE, report, by=by, at=at,
            kind=kind, sha256=kept.sha256, week=str(week_of(report.week)),
        )  # fmt: skip
    return kept


@transaction.atomic
def ask_for_sending(report: WeeklyReport, *, by: User | None, at: datetime) -> list[ReportSending]:
    """Write down who is to have the report, and ask the worker to send it.

    :raises NotAllowed: if this person may not
    :raises NotAsMade: if the report or a file of it was changed after it was made
    """
    policies.check_can_make_report(by, report.area)
    selectors.check_as_made(report)
    sendings = [
        ReportSending.objects.get_or_create(
            report=report, recipient=person, defaults={"asked_at": at}
        )[0]
        for person in selectors.recipients_of(report.area)
    ]
    jobs.ask(
        "reports.send", key=f"reports.send:{report.pk}", by=by, at=at,
        args={"report": report.pk}, area=report.area,
    )  # fmt: skip
    return sendings


def send_report(
    sending: ReportSending, pdf: bytes, *, address: str, by: User | None, at: datetime
) -> ReportSending:
    """Send one person the report with its PDF, once.

    The mail goes out before the record is written, so a crash between the two sends it again
    rather than losing it; both copies carry the same Message-ID, so a mail program shows one.

    :raises NotAsMade: if the report or a file of it was changed after it was made
    """
    if sending.sent_at is not None:
        return sending
    report = sending.report
    selectors.check_as_made(report)
    week = report.figures["week_words"]
    mail = EmailMessage(
        subject=f"Weekly assurance report: {week}",
        body=_mail_words(
            report_for_reader(report, sending.recipient, clock.day_of(at))[0], address
        ),
        to=[sending.recipient.email],
        headers={"Message-ID": f"<report-{report.digest[:16]}-{sending.pk}@forthright>"},
    )
    mail.attach(f"weekly-assurance-{report.figures['week']}.pdf", pdf, "application/pdf")
    try:
        mail.send()
    except OSError as fault:
        ReportSending.objects.filter(pk=sending.pk).update(
            attempts=sending.attempts + 1, last_refusal=str(fault)[:300]
        )
        raise
    return _mark_sent(sending, by=by, at=at)


@transaction.atomic
def _mark_sent(sending: ReportSending, *, by: User | None, at: datetime) -> ReportSending:
    sending.sent_at, sending.last_refusal = at, ""
    sending.attempts += 1
    sending.save(update_fields=["sent_at", "attempts", "last_refusal"])
    audit.record(
        "report.sent", sending.report, by=by, at=at, area=sending.report.area,
        recipient=sending.recipient_id,
    )  # fmt: skip
    return sending


def _mail_words(report: WeeklyReport, address: str) -> str:
    """Return the mail's text: the report's own sentences, and where to open the rest."""
    lines = [f"Weekly assurance report for {report.figures['week_words']}.", ""]
    for section in report.figures["sections"]:
        lines += [section["title"], *(f"- {each}" for each in section["sentences"]), ""]
    lines += [
        f"Open it with every figure's records: {address}",
        "The same report is attached as a PDF.",
        "",
        f"How the figures are made: {report.figures['rules']}.",
        f"Head of the record: event {report.chain_sequence}, {report.chain_hash}",
    ]
    return "\n".join(lines)
