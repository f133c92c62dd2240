"""Moves last days of what people were told, and last moments of looks; what stood is kept."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.peer_checks.models import LookDueChange, PartLimitChange, PeerCheck
from forthright.peer_checks.selectors import last_days
from forthright.peer_checks.selectors.last_days import PartDayMove
from forthright.peer_checks.selectors.look_dues import look_due, moves_to_follow, open_looks
from forthright.rules.peer_check_settings import PutForward
from forthright.rules.working_days import CalendarTooShort
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


@transaction.atomic
def follow_letters(checks: Iterable[PeerCheck], *, by: User | None, at: datetime) -> int:
    """Count anew by when letters are to be looked at whose own dates moved; return how many moved.

    A moment that had passed by then stays as it is, and so does that of a look with its answer.
    """
    waiting = [each for each in checks if each.is_open]
    moves = moves_to_follow(waiting)
    return sum(
        _count_anew(each, move.reason, known=move.changed_at, by=by, at=at)
        for each in waiting
        if (move := moves.get(each.pk)) is not None
    )


@transaction.atomic
def move_look_dues(area: Area, *, reason: str, by: User | None, at: datetime) -> int:
    """Count anew by when all letters that wait are to be looked at; return how many moved.

    The calendar of office hours changed. A moment that has passed stays as it is.
    """
    waiting = list(open_looks(area).select_for_update(of=("self",)))
    return follow_letters(waiting, by=by, at=at) + sum(
        _count_anew(each, reason, known=at, by=by, at=at) for each in waiting
    )


def _count_anew(
    check: PeerCheck, reason: str, *, known: datetime, by: User | None, at: datetime
) -> bool:
    """Give a look its moment as the letter's date and the calendar stand, and keep the old.

    Where the calendar does not reach the new one, the old stands.
    """
    stands = PeerCheck.objects.select_for_update().get(pk=check.pk)
    try:
        due = look_due(check.letter, PutForward(at=stands.put_forward_at))
    except CalendarTooShort:
        return False
    if stands.answer or stands.due_at <= known or due.at == stands.due_at:
        return False
    LookDueChange.objects.create(
        check_of=check, old_at=stands.due_at, new_at=due.at, old_because=stands.due_because,
        reason=reason[:300].rstrip("."), changed_at=at, changed_by=by,
    )  # fmt: skip
    audit.record("peer_check.due_moved", check, by=by, at=at, letter=check.letter_id,
                 old=stands.due_at, new=due.at, reason=reason)  # fmt: skip
    # How it came to be put forward stays as it was said.
    check.due_at, check.due_because = due.at, [*stands.due_because[:1], *due.because[1:]]
    check.save(update_fields=["due_at", "due_because"])
    return True


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
