"""How the hearing of a case stands in the register, for rooms that count from it."""

from typing import Any

from django.db.models import QuerySet

from forthright.cases.hearings import Listed
from forthright.hard_media.models import Hearing


def listed_in_register(case_id: int) -> Listed | None:
    """Return how the hearing of a case is listed, or nothing where it is not in the register."""
    row = Hearing.objects.filter(case=case_id).values_list("on", "sent_on").first()
    return Listed(*row) if row else None


def sent_in_register() -> "QuerySet[Any, Any]":
    """Return the ids of the cases of which the register has the day of sending."""
    return Hearing.objects.filter(sent_on__isnull=False).values("case")
