"""What came of a return to the police: answered in words, or not by the day that was asked."""

from datetime import date
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Subquery, When

from forthright.disclosure.models import WAITING_RETURN, Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.selectors.over import is_asked_still, open_in_case
from forthright.rules.disclosure_duty import DutyState


def answered_returns() -> "QuerySet[PoliceReturn]":
    """Return the returns that were answered in words and that nothing came of.

    Where the police handed a new version in, that waits to be taken in, and not their answer.
    """
    return _nothing_came().filter(answered_at__isnull=False).order_by("pk")


def _nothing_came() -> "QuerySet[PoliceReturn]":
    came = Delivery.objects.filter(answers=OuterRef("pk"), state=Delivery.State.CHECKED)
    return PoliceReturn.objects.filter(~Exists(came), WAITING_RETURN, is_asked_still())


def answered_for(duty: DisclosureDuty) -> "QuerySet[PoliceReturn]":
    """Return the returns that were answered in words, that nothing came of and a duty waits for."""
    rows = answered_returns().filter(delivery__case=duty.case_id)
    if duty.stands is not DutyState.CLOSED:
        return rows
    return rows.filter(_ASKED_OF_CLOSED, sent_at__gt=duty.moved_at)


def with_answers(duties: "QuerySet[DisclosureDuty]", today: date) -> "QuerySet[Any]":
    """Return duties that say what came of the police, and waits for somebody of the unit.

    As `is_answered` whether the police answered a return, as `late_since` the first day by which
    one was to be answered that passed without a word of them (None where there is none), and as
    `is_untaken` whether schedules came that nobody has taken in.
    """
    answered = answered_returns().order_by().filter(delivery__case=OuterRef("case"))
    silent = _nothing_came().filter(
        delivery__case=OuterRef("case"), answered_at=None, answer_by__lt=today
    )
    untaken = Delivery.objects.filter(case=OuterRef("case"), state=Delivery.State.CHECKED)
    return duties.annotate(
        is_answered=_of_duty(Exists(answered), Exists(_of_closed(answered))),
        late_since=_of_duty(_first_day(silent), _first_day(_of_closed(silent))),
        is_untaken=Exists(untaken),
    )


def is_late_or_answered(today: date) -> Q:
    """Return of which duties the police answered a return or let its day pass, as a condition.

    What a version that was handed in waits for is read where that is listed.
    """
    back = PoliceReturn.objects.filter(
        Q(answered_at__isnull=False) | Q(answer_by__lt=today), WAITING_RETURN, is_asked_still(),
        delivery__case=OuterRef("case"),
    )  # fmt: skip
    is_closed = Q(state=DutyState.CLOSED.value)
    return (~is_closed & Exists(back)) | (is_closed & Exists(_of_closed(back)))


# Of a case that ended the closed duties answer for what was asked since; of any other the open one.
_ASKED_OF_CLOSED = ~Q(open_in_case("delivery__case"))


def _of_closed(returns: "QuerySet[PoliceReturn]") -> "QuerySet[PoliceReturn]":
    return returns.filter(_ASKED_OF_CLOSED, sent_at__gt=OuterRef("moved_at"))


def _first_day(returns: "QuerySet[PoliceReturn]") -> Subquery:
    return Subquery(returns.order_by("answer_by").values("answer_by")[:1])


def _of_duty(open_one: Any, closed: Any) -> Case:
    """Return what is said of a duty, by whether it is open or closed."""
    return Case(When(state=DutyState.CLOSED.value, then=closed), default=open_one)
