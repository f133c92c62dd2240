"""Records that somebody saw a unit's morning list."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.cases.models import Decision
from forthright.morning_lists.selectors.morning import MorningList
from forthright.schemes.models import Duty


@transaction.atomic
def see_morning_list(found: MorningList, *, by: User, at: datetime) -> None:
    """Record which letters and decisions a morning list named by their URNs."""
    decisions = [each.decision.pk for part in found.sections for each in part.decisions]
    audit.record(
        "morning.listed", found.unit, by=by, at=at, letters=[each.pk for each in found.duties],
        decisions=decisions,
    )  # fmt: skip


@transaction.atomic
def see_letters(unit: Unit, letters: Iterable[Duty], *, by: User, at: datetime) -> None:
    """Record which letters a page of one section of the list named by their URNs."""
    audit.record(
        "morning.listed", unit, by=by, at=at, letters=[each.pk for each in letters], decisions=[]
    )


@transaction.atomic
def see_decisions(unit: Unit, decisions: Iterable[Decision], *, by: User, at: datetime) -> None:
    """Record which decisions with nobody to tell a page named by their URNs."""
    audit.record(
        "morning.listed", unit, by=by, at=at, letters=[], decisions=[each.pk for each in decisions]
    )
