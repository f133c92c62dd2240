"""Records that somebody saw a unit's morning list."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.morning_lists.selectors.morning import MorningList


@transaction.atomic
def see_morning_list(found: MorningList, *, by: User, at: datetime) -> None:
    """Record which letters and decisions a morning list named by their URNs."""
    decisions = [each.decision.pk for part in found.sections for each in part.decisions]
    audit.record(
        "morning.listed", found.unit, by=by, at=at, letters=[each.pk for each in found.duties],
        decisions=decisions,
    )  # fmt: skip
