"""What is frozen of each report and of its files, to be compared with the record of its making."""

import hashlib
from collections.abc import Iterator

from forthright.audit.comparing import Frozen, content_digest, frozen_words
from forthright.reports.models import ReportFile, WeeklyReport
from forthright.rules.weeks import week_of
from forthright.samples.selectors.frozen import frozen_samples

MADE = "report.made"
FILE_MADE = "report.file_made"
MEND = (
    "Do not use its figures. Compare it with the copies that were sent, and find out who had "
    "access to the database."
)


class NotAsMade(Exception):
    """A report or a file of it is not what the record says was made; the message says which."""


def digest_of(report: WeeklyReport) -> str:
    """Return the SHA-256 of all that is frozen, so that a change of any figure shows."""
    return content_digest([report.figures, report.records, report.standing])


def what_is_frozen() -> list[tuple[str, Iterator[Frozen]]]:
    """Return every weekly report and its files, every draw and every plan, as they are now."""
    reports = WeeklyReport.objects.select_related("area").order_by("pk").iterator(50)
    files = ReportFile.objects.select_related("report__area").order_by("pk")
    # The figures of each are big, and were read with the reports.
    files = files.defer("report__figures", "report__records", "report__standing")
    return [
        (MADE, (_frozen(report) for report in reports)),
        (FILE_MADE, (_frozen_file(kept) for kept in files.iterator(50))),
        *frozen_samples(),
    ]


def faults_of(report: WeeklyReport) -> list[str]:
    """Say what of a report, or of the files kept of it, is not as the record says it was made."""
    subject = [str(report.pk)]
    files = [_frozen_file(kept) for kept in report.files.select_related("report__area")]
    return [
        *frozen_words(MADE, [_frozen(report)], of=subject),
        *frozen_words(FILE_MADE, files, of=subject),
    ]


def check_as_made(report: WeeklyReport) -> None:
    """Refuse to hand on a report that is not all that the events of its making say of it.

    :raises NotAsMade: with what was changed
    """
    if faults := faults_of(report):
        raise NotAsMade("This report is not handed out or sent. " + " ".join(faults))


def _frozen(report: WeeklyReport) -> Frozen:
    week = week_of(report.week)
    is_monday = week.monday == report.week
    return Frozen(
        subject_id=str(report.pk),
        words=_words(report),
        detail=(
            ("week", "week", str(week) if is_monday else str(report.week)),
            ("version", "version", report.version),
            ("content", "digest", digest_of(report)),
            ("printed digest", "digest", report.digest),
        ),
        event=(
            ("time it was made", "at", report.made_at),
            ("maker", "by_id", report.made_by_id),
            ("Area", "area_id", report.area_id),
            ("place in the record", "sequence", report.chain_sequence),
            ("place in the record", "hash", report.chain_hash),
        ),
        later=(("job it was made for", "made_for", report.made_for),),
        mend=MEND,
    )


def _bytes_of(kept: ReportFile) -> bytes:
    """Return what a file holds; a database may give back as words what was put in as words."""
    held: object = kept.content
    return held.encode() if isinstance(held, str) else bytes(kept.content)


def _frozen_file(kept: ReportFile) -> Frozen:
    return Frozen(
        subject_id=str(kept.report_id),
        kind=kept.kind,
        words=f"The {_kind_words(kept)} of {_words(kept.report)}",
        detail=(
            ("content", "sha256", hashlib.sha256(_bytes_of(kept)).hexdigest()),
            ("printed digest", "sha256", kept.sha256),
        ),
        event=(("time it was made", "at", kept.made_at),),
        mend=MEND,
    )


def _kind_words(kept: ReportFile) -> str:
    return {"PDF": "PDF", "XLSX": "spreadsheet (.xlsx)"}.get(kept.kind, f"file “{kept.kind}”")


def _words(report: WeeklyReport) -> str:
    week = week_of(report.week).short_words
    return f"{report.area}’s weekly report of the {week} (version {report.version})"
