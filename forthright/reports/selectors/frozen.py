"""What is frozen of each report, to be compared with the record of its making."""

import hashlib
import json
from collections.abc import Iterator

from forthright.audit.comparing import Frozen
from forthright.reports.models import WeeklyReport
from forthright.rules.weeks import week_of

MADE = "report.made"


def digest_of(report: WeeklyReport) -> str:
    """Return the SHA-256 of all that is frozen, so that a change of any figure shows."""
    content = [report.figures, report.records, report.standing]
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()


def frozen_reports() -> Iterator[Frozen]:
    """Yield every weekly report with the digest of what it holds now."""
    for report in WeeklyReport.objects.select_related("area").order_by("pk").iterator(50):
        week = week_of(report.week)
        yield Frozen(
            subject_id=str(report.pk),
            words=f"{report.area}’s weekly report of the {week.short_words} "
            f"(version {report.version})",
            digest=digest_of(report),
        )
