"""What is frozen of each report, to be compared with the record of its making."""

import hashlib
import json
from collections.abc import Iterator

from forthright.audit.comparing import Frozen
from forthright.audit.models import Event
from forthright.reports.models import WeeklyReport
from forthright.rules.weeks import week_of

MADE = "report.made"


def digest_of(report: WeeklyReport) -> str:
    """Return the SHA-256 of all that is frozen, so that a change of any figure shows."""
    content = [report.figures, report.records, report.standing]
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def frozen_reports() -> Iterator[Frozen]:
    """Yield every weekly report with what it holds now."""
    for report in WeeklyReport.objects.select_related("area").order_by("pk").iterator(50):
        yield _frozen(report)


def is_as_made(report: WeeklyReport) -> bool:
    """Return whether a report is all that the event of its making says of it."""
    made = Event.objects.filter(name=MADE, subject_id=str(report.pk)).first()
    return made is not None and not _frozen(report).differences(made)


def _frozen(report: WeeklyReport) -> Frozen:
    week = week_of(report.week)
    is_monday = week.monday == report.week
    return Frozen(
        subject_id=str(report.pk),
        words=f"{report.area}’s weekly report of the {week.short_words} (version {report.version})",
        detail={
            "week": str(week) if is_monday else str(report.week),
            "version": report.version,
            "digest": digest_of(report),
        },
        made_at=report.made_at,
        made_by=report.made_by_id,
        area=report.area_id,
        event=(report.chain_sequence, report.chain_hash),
    )
