"""Moves the last days to dispute and to decide when the calendar changes; old days are kept."""

from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.reviews.models import Dispute, Feedback, LimitChange
from forthright.rules.deadlines import DisputeDeadline, decision_deadline, dispute_deadline
from forthright.schemes.selectors.area_clock import AreaClock, area_clock
from forthright.web import clock


@transaction.atomic
def move_dispute_days(area: Area, *, reason: str, by: User | None, at: datetime) -> int:
    """Count anew the days of feedback and disputes still open; return how many moved.

    So all who were told on one day have until the same day. A day that has passed stays as it is.
    """
    rules, today = area_clock(area), clock.day_of(at)
    changes = [
        change
        for feedback in _open_feedback(area, today)
        if (change := _move_feedback(feedback, rules))
    ]
    changes += [
        change
        for dispute in _open_disputes(area, today)
        if (change := _move_dispute(dispute, rules))
    ]
    for change in changes:
        change.reason, change.changed_at, change.changed_by = reason[:300], at, by
    LimitChange.objects.bulk_create(changes)
    if changes:
        audit.record(
            "feedback.days_moved", by=by, at=at, area=area, moved=len(changes), reason=reason
        )
    return len(changes)


def _open_feedback(area: Area, today: date) -> list[Feedback]:
    waiting = Feedback.objects.filter(area=area, acknowledged_at=None, dispute_by__gte=today)
    return list(waiting.select_for_update().order_by("pk"))


def _open_disputes(area: Area, today: date) -> list[Dispute]:
    waiting = Dispute.objects.filter(
        feedback__area=area, outcome=Dispute.Outcome.OPEN, decide_by__gte=today
    )
    return list(waiting.select_for_update().order_by("pk"))


def _move_feedback(feedback: Feedback, rules: AreaClock) -> LimitChange | None:
    told = clock.day_of(feedback.told_at)
    limit = dispute_deadline(told, calendar=rules.calendar, working_days=_days(rules, told))
    return _move(feedback, "dispute", limit, LimitChange(feedback=feedback))


def _move_dispute(dispute: Dispute, rules: AreaClock) -> LimitChange | None:
    raised = clock.day_of(dispute.raised_at)
    limit = decision_deadline(raised, calendar=rules.calendar, working_days=_days(rules, raised))
    change = LimitChange(feedback_id=dispute.feedback_id, dispute=dispute)
    return _move(dispute, "decide", limit, change)


def _move(
    of: Feedback | Dispute, what: str, limit: DisputeDeadline, change: LimitChange
) -> LimitChange | None:
    """Give something its new day to `what`, and return the change; None where it stays."""
    day, because = f"{what}_by", f"{what}_because"
    change.old_day, change.new_day = getattr(of, day), limit.day
    change.old_because = getattr(of, because)
    if change.new_day == change.old_day:
        return None
    setattr(of, day, limit.day)
    setattr(of, because, list(limit.arithmetic))
    of.save(update_fields=[day, because])
    return change


def _days(rules: AreaClock, began: date) -> int:
    return rules.rule_set_on(began).dispute_working_days
