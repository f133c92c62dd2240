"""Moves the last days to dispute and to decide when the calendar changes; old days are kept."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.reviews.models import LimitChange
from forthright.reviews.selectors import last_days
from forthright.reviews.selectors.last_days import LastDayMove
from forthright.schemes.selectors.area_clock import area_clock
from forthright.web import clock


@transaction.atomic
def move_dispute_days(area: Area, *, reason: str, by: User | None, at: datetime) -> int:
    """Count anew the days of feedback and disputes still open; return how many moved.

    So all who were told on one day have until the same day. A day that has passed stays as it is.
    """
    rules, today = area_clock(area), clock.day_of(at)
    # Locked first: what was answered or decided meanwhile is open no more.
    list(last_days.open_feedback(area, today).select_for_update(of=("self",)))
    list(last_days.open_disputes(area, today).select_for_update(of=("self",)))
    changes = [_move(each) for each in last_days.moves(area, rules, today=today)]
    for change in changes:
        change.reason, change.changed_at, change.changed_by = reason[:300], at, by
    LimitChange.objects.bulk_create(changes)
    if changes:
        audit.record(
            "feedback.days_moved", by=by, at=at, area=area, moved=len(changes), reason=reason
        )
    return len(changes)


def _move(move: LastDayMove) -> LimitChange:
    """Give what is open its new day, and return the change."""
    of = move.dispute or move.feedback
    day, because = f"{move.verb}_by", f"{move.verb}_because"
    change = LimitChange(
        feedback=move.feedback, dispute=move.dispute, old_day=move.old_day, new_day=move.limit.day,
        old_because=getattr(of, because),
    )  # fmt: skip
    setattr(of, day, move.limit.day)
    setattr(of, because, list(move.limit.arithmetic))
    of.save(update_fields=[day, because])
    return change
