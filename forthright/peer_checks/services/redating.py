"""Moves the last days of what people were told when the calendar changes; old days are kept."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.peer_checks.models import PartLimitChange
from forthright.peer_checks.selectors import last_days
from forthright.peer_checks.selectors.last_days import PartDayMove
from forthright.schemes.selectors.area_clock import area_clock
from forthright.web import clock


@transaction.atomic
def move_part_days(area: Area, *, reason: str, by: User | None, at: datetime) -> int:
    """Count anew the days to dispute and to decide what was found; return how many moved.

    They move as those of marks do. A day that has passed stays as it is.
    """
    rules, today = area_clock(area), clock.day_of(at)
    # Locked first: what was disputed or decided meanwhile has another day, or none.
    list(last_days.open_parts(area, today).select_for_update(of=("self",)))
    changes = [_move(each) for each in last_days.part_moves(area, rules, today=today)]
    for change in changes:
        change.reason, change.changed_at, change.changed_by = reason[:300], at, by
    PartLimitChange.objects.bulk_create(changes)
    if changes:
        audit.record(
            "peer_feedback.days_moved", by=by, at=at, area=area, moved=len(changes), reason=reason
        )
    return len(changes)


def _move(move: PartDayMove) -> PartLimitChange:
    """Give a part its new day, and return the change."""
    part, verb = move.part, "decide" if move.is_of_decision else "dispute"
    day, because = f"{verb}_by", f"{verb}_because"
    change = PartLimitChange(
        part=part, is_of_decision=move.is_of_decision, old_day=move.old_day,
        new_day=move.limit.day, old_because=getattr(part, because),
    )  # fmt: skip
    setattr(part, day, move.limit.day)
    setattr(part, because, list(move.limit.arithmetic))
    part.save(update_fields=[day, because])
    return change
