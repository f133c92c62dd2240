"""What the police answered to a return in words, and a lawyer has not read to an end yet."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from forthright.disclosure.models import WAITING_RETURN, Delivery, DisclosureDuty, PoliceReturn


def answered_returns() -> "QuerySet[PoliceReturn]":
    """Return the returns that were answered in words and that nothing came of.

    Where the police handed a new version in, that waits to be taken in, and not their answer.
    """
    came = Delivery.objects.filter(answers=OuterRef("pk"), state=Delivery.State.CHECKED)
    return PoliceReturn.objects.filter(
        ~Exists(came), WAITING_RETURN, answered_at__isnull=False
    ).order_by("pk")


def answered_in(case_id: int) -> "QuerySet[PoliceReturn]":
    """Return the returns of a case that were answered in words and that nothing came of."""
    return answered_returns().filter(delivery__case=case_id)


def with_answers(duties: "QuerySet[DisclosureDuty]") -> "QuerySet[Any]":
    """Return duties that say, as `is_answered`, whether the police answered a return of theirs."""
    of_case = answered_returns().order_by().filter(delivery__case=OuterRef("case"))
    return duties.annotate(is_answered=Exists(of_case))
