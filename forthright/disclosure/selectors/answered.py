"""What came of a return to the police: answered in words, or not by the day that was asked."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from forthright.disclosure.models import WAITING_RETURN, Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.selectors.over import goes_on


def answered_returns() -> "QuerySet[PoliceReturn]":
    """Return the returns that were answered in words and that nothing came of.

    Where the police handed a new version in, that waits to be taken in, and not their answer.
    """
    return _nothing_came().filter(answered_at__isnull=False).order_by("pk")


def _nothing_came() -> "QuerySet[PoliceReturn]":
    came = Delivery.objects.filter(answers=OuterRef("pk"), state=Delivery.State.CHECKED)
    return PoliceReturn.objects.filter(~Exists(came), WAITING_RETURN, goes_on("delivery__case"))


def answered_in(case_id: int) -> "QuerySet[PoliceReturn]":
    """Return the returns of a case that were answered in words and that nothing came of."""
    return answered_returns().filter(delivery__case=case_id)


def with_answers(duties: "QuerySet[DisclosureDuty]", today: date) -> "QuerySet[Any]":
    """Return duties that say what came of the police, and waits for somebody of the unit.

    As `is_answered` whether the police answered a return, as `late_since` the first day by which
    one was to be answered that passed without a word of them (None where there is none), and as
    `is_untaken` whether schedules came that nobody has taken in.
    """
    of_case = answered_returns().order_by().filter(delivery__case=OuterRef("case"))
    silent = _nothing_came().filter(
        delivery__case=OuterRef("case"), answered_at=None, answer_by__lt=today
    )
    first = silent.order_by("answer_by").values("answer_by")[:1]
    untaken = Delivery.objects.filter(case=OuterRef("case"), state=Delivery.State.CHECKED)
    return duties.annotate(
        is_answered=Exists(of_case), late_since=Subquery(first), is_untaken=Exists(untaken)
    )
