"""The steps of our jobs: each reads what was asked and calls one service."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.urls import reverse

from forthright.audit import selectors as audit
from forthright.calibration.services.findings import raise_findings
from forthright.calibration.services.gold import hand_out_letters_marked_before
from forthright.calibration.services.leniency import leniency_run_of_day
from forthright.disclosure.services import counting_anew
from forthright.disclosure.services import following as disclosure
from forthright.extracts import services as extract_services
from forthright.extracts.imports import checking
from forthright.extracts.models import ImportRun, WaitingFile
from forthright.extracts.plans import ImportRefused
from forthright.hard_media.services import following as recordings
from forthright.letters.models import Dispatch
from forthright.letters.notify import Notify
from forthright.letters.selectors.back_tests import batches_to_try
from forthright.letters.services import bouncing, mailing, rule_sets
from forthright.panels.selectors.against import agreed_by_one
from forthright.panels.services.conflicting import keep_back_in_open_packs
from forthright.panels.services.releasing import search_released_again
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.services.giving import give_checks
from forthright.peer_checks.services.redating import move_look_dues, move_part_days
from forthright.peer_checks.services.telling import send_part_mail
from forthright.reports import documents
from forthright.reports import services as report_services
from forthright.reports.models import ReportFile, ReportSending, WeeklyReport
from forthright.reports.selectors import (
    NotAsMade,
    NothingToReport,
    printed_heads,
    what_is_frozen,
)
from forthright.reviews import services as review_services
from forthright.reviews.models import Feedback
from forthright.reviews.services.second_marking import choose_letters_to_mark_again
from forthright.rules.weeks import read_week
from forthright.rules.words import day_words
from forthright.samples.services.drawing import draw_weekly_samples
from forthright.schemes.models import ClosedDay
from forthright.web import clock
from forthright.web.jobs import JobRefused
from forthright.worker.kinds import Work


def clear_sessions(work: Work) -> int:
    """Delete the sign-ins that have run out; return how many."""
    return Session.objects.filter(expire_date__lt=clock.now()).delete()[0]


def refresh_statistics(work: Work) -> None:
    """Let SQLite look again at how many rows its tables hold, so that lists stay quick."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA optimize")


def freeze_report(work: Work) -> int | None:
    """Freeze an Area's figures; the same job finds the report it made before."""
    try:
        report = report_services.make_weekly_report(
            work.area(), read_week(work.arguments["week"]),
            by=work.asked_by(), at=clock.now(), made_for=work.key,
        )  # fmt: skip
    except NothingToReport:
        return None
    return report.pk


def frozen_report(work: Work) -> WeeklyReport | None:
    """Return the report that the first step froze, if there was anything to report."""
    return WeeklyReport.objects.filter(pk=work.answers["Freeze the figures"]).first()


@contextmanager
def refused_where_changed() -> Iterator[None]:
    """Refuse a job, so that it is not tried again, where its report was changed since."""
    try:
        yield
    except NotAsMade as refusal:
        raise JobRefused(str(refusal)) from refusal


def make_report_files(work: Work) -> None:
    """Make the report's PDF and spreadsheet, once."""
    if report := frozen_report(work):
        with refused_where_changed():
            for kind in ReportFile.Kind:
                documents.kept_file(report, kind, by=None, at=clock.now())


def ask_to_send_report(work: Work) -> None:
    """Write down who is to have the report."""
    if report := frozen_report(work):
        with refused_where_changed():
            report_services.ask_for_sending(report, by=work.asked_by(), at=clock.now())


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
    address = settings.SITE_ADDRESS + reverse("reports:report", args=[sending.report_id])
    with refused_where_changed():
        pdf, _ = documents.file_for(
            sending.report, ReportFile.Kind.PDF, reader=sending.recipient, by=None, at=now
        )
        report_services.send_report(sending, pdf, address=address, by=None, at=now)


def draw_samples(work: Work) -> dict[str, Any]:
    """Draw every plan of an Area for a week; return the draws, and why a plan was left out."""
    week = read_week(work.arguments["week"])
    drawn = draw_weekly_samples(work.area(), week, by=work.asked_by(), at=clock.now())
    return {
        "draws": [draw.pk for draw in drawn.made],
        "left_out": [str(reason) for _, reason in drawn.left_out],
    }


def check_handed_over(work: Work) -> None:
    """Make the plan of a file that was handed over, from the beginning each time."""
    # Given up while it was being checked, it needs no plan.
    with suppress(ImportRefused):
        if waiting := _waiting_file(work):
            checking.check_waiting(waiting, at=clock.now())


def import_handed_over(work: Work) -> int | None:
    """Import a file that was confirmed, once; return the import."""
    waiting = _waiting_file(work)
    done = checking.import_waiting(waiting, at=clock.now()) if waiting else None
    return done.pk if done else None


def undo_import(work: Work) -> None:
    """Undo an import, once."""
    run = ImportRun.objects.get(pk=work.arguments["import"])
    if run.state == ImportRun.State.UNDONE:
        return
    try:
        extract_services.undo_import(run, by=work.asked_by(), at=clock.now())
    except ImportRefused as refusal:
        raise JobRefused(str(refusal)) from refusal


def remove_forgotten_files(work: Work) -> int:
    """Remove files that were handed over and never imported; return how many."""
    return extract_services.remove_forgotten(by=None, at=clock.now())


def _waiting_file(work: Work) -> WaitingFile | None:
    """Return the file that the job is about, or None if it was given up meanwhile."""
    files = WaitingFile.objects.select_related("area", "unit", "run", "confirmed_by")
    return files.filter(pk=work.arguments["file"]).first()


def verify_record(work: Work) -> int:
    """Walk the whole record and return how many events it holds.

    :raises JobRefused: with the faults, so that the job stands as failed until somebody looks
    """
    verdict = audit.verify(known_heads=printed_heads(), frozen=what_is_frozen())
    if not verdict.ok:
        raise JobRefused(
            "The record of what was done is not whole. " + " ".join(verdict.faults[:5])
        )
    return verdict.events


def mail_feedback(work: Work) -> None:
    """Send a drafter the line that feedback waits for them."""
    feedback = Feedback.objects.select_related("drafter", "told_by", "area").get(
        pk=work.arguments["feedback"]
    )
    address = settings.SITE_ADDRESS + reverse("reviews:feedback", args=[feedback.pk])
    review_services.send_feedback_mail(feedback, by=None, at=clock.now(), address=address)


def mail_part(work: Work) -> None:
    """Send a person the line that feedback of a check, or on their reasons, waits for them."""
    rows = PartTold.objects.select_related("recipient", "told_by", "area")
    part = rows.get(pk=work.arguments["part"])
    address = settings.SITE_ADDRESS + reverse("peer_checks:part", args=[part.pk])
    send_part_mail(part, by=None, at=clock.now(), address=address)


def move_dispute_days(work: Work) -> int:
    """Count anew until when what people were told may be disputed and is decided; return how many.

    The calendar changed. Marks, and what colleagues found before letters went, move alike, and
    so do the moments by which they are to look at letters that wait.
    """
    closed = ClosedDay.objects.get(pk=work.arguments["closed_day"])
    what = "taken out of" if closed.removed_at else "added to"
    reason = f"{closed.name}, {day_words(closed.day)}, was {what} the calendar"
    area, by, at = work.area(), work.asked_by(), clock.now()
    marks = review_services.move_dispute_days(area, reason=reason, by=by, at=at)
    looks = move_look_dues(area, reason=reason, by=by, at=at)
    return marks + looks + move_part_days(area, reason=reason, by=by, at=at)


def freeze_disputes(work: Work) -> int:
    """Freeze an Area's disputes that nobody decided in time; return how many."""
    return len(review_services.freeze_unanswered_disputes(work.area(), by=None, at=clock.now()))


def give_peer_checks(work: Work) -> int:
    """Give letters that were put forward to colleagues; return how many."""
    return give_checks(work.area(), by=None, at=clock.now())


def choose_second_marks(work: Work) -> int:
    """Choose an Area's letters for second marks and share them out; return how many."""
    return choose_letters_to_mark_again(work.area(), by=None, at=clock.now())


def search_released_letters(work: Work) -> int:
    """Search the released letters of which the record knows more; return how many it withdrew.

    Then keep from members of open packs what by now they should not judge.
    """
    withdrawn = search_released_again(work.area(), at=clock.now())
    keep_back_in_open_packs(work.area(), at=clock.now())
    return len(withdrawn)


def hand_out_gold(work: Work) -> int:
    """Hand out letters marked before among an Area's second marks; return how many.

    Before, those rest that are agreed no more, by a round or by a panel.
    """
    area = work.area()
    return hand_out_letters_marked_before(
        area, by_one_elsewhere=agreed_by_one(area), by=None, at=clock.now()
    )


def work_out_leniency(work: Work) -> int:
    """Work out the leniency of everybody who marks in an Area, once a day; return the run."""
    return leniency_run_of_day(work.area(), by=None, at=clock.now()).pk


def look_for_findings(work: Work) -> int:
    """Look for faults that come again in an Area; return how many are new."""
    return len(raise_findings(work.area(), by=None, at=clock.now()))


def notify_client() -> Notify | None:
    """Return GOV.UK Notify, where the settings hold a key."""
    if not settings.NOTIFY_KEY:
        return None
    return Notify(
        settings.NOTIFY_KEY,
        address=settings.NOTIFY_ADDRESS,
        email_template=settings.NOTIFY_EMAIL_TEMPLATE,
    )


def send_letter(work: Work) -> None:
    """Hand one letter to the mail server or to Notify, once."""
    dispatches = Dispatch.objects.select_related("version__letter", "duty__person", "area")
    dispatch = dispatches.get(pk=work.arguments["dispatch"])
    mailing.send_dispatch(dispatch, notify_client(), at=clock.now())


def ask_notify(work: Work) -> int:
    """Ask Notify what became of each letter that it has; return how many were asked for."""
    notify = notify_client()
    if notify is None:
        return 0
    sent = Dispatch.objects.filter(state=Dispatch.State.SENT).exclude(notify_id="")
    waiting = list(sent.select_related("area"))
    for dispatch in waiting:
        mailing.ask_notify(dispatch, notify, at=clock.now())
    return len(waiting)


def read_bounces(work: Work) -> int:
    """Read the mailbox of bounces, if the settings name one; return how many are new."""
    mailbox = Path(settings.BOUNCES) if settings.BOUNCES else None
    if mailbox is None or not mailbox.exists() or not mailbox.stat().st_size:
        return 0
    return len(bouncing.take_bounces(mailbox.read_bytes(), by=None, at=clock.now()))


def letters_to_try(work: Work) -> list[list[int]]:
    """Return the letters to try a proposed set of rules on, in batches."""
    return batches_to_try(work.area())


def try_letters(work: Work) -> int:
    """Check one batch of letters by both sets; return how many could not be checked."""
    return rule_sets.try_letters(
        work.arguments["check_set"], work.one, by=work.asked_by(), at=clock.now()
    )


def finish_back_test(work: Work) -> None:
    """Say that a back-test is done."""
    not_read = sum(work.answers["Check them by both sets"])
    rule_sets.finish_back_test(
        work.arguments["check_set"], not_read=not_read, by=work.asked_by(), at=clock.now()
    )


def follow_units(work: Work) -> int:
    """Let what is still with a former unit of its case follow it; return how much that was."""
    now = clock.now()
    moved = recordings.follow_units(by=None, at=now)
    return moved + disclosure.follow_units(by=None, at=now)


def count_anew(work: Work) -> int:
    """Count the days of duties to disclose anew that an earlier version counted otherwise."""
    return counting_anew.count_anew(at=clock.now())
