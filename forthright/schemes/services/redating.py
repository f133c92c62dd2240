"""Moves due dates as planned, keeping each old date with the reason."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.schemes.models import DueChange, Duty
from forthright.schemes.selectors.area_clock import area_clock
from forthright.schemes.selectors.redating import Move, Redating, planned
from forthright.schemes.services.judging import judge
from forthright.schemes.services.owing import lock_area
from forthright.schemes.services.saving import in_chunks, save_many

SAVED = ["due_on", "due_week", "due_because", "rule_set", "state", "late_stage", "entitlement",
         "decided_at"]  # fmt: skip


@transaction.atomic
def move_due_dates(redating: Redating, *, reason: str, by: User | None, at: datetime) -> int:
    """Give each letter its planned due date and return how many dates moved."""
    if not redating.moves:
        return 0
    changes = [_change(move, reason, by, at) for move in redating.moved]
    moved = len(changes)
    calendar = area_clock(redating.moves[0].duty.area).calendar
    for move in redating.moves:
        _put_due(move)
        judge(move.duty, measure=move.rule_set.measure, calendar=calendar)
    save_many([move.duty for move in redating.moves], SAVED)
    DueChange.objects.bulk_create(changes)
    return moved


@transaction.atomic
def reckon_again(duties: Iterable[Duty], *, reason: str, by: User | None, at: datetime) -> int:
    """Work out due dates afresh after a decision's time or an entitlement was corrected.

    A corrected fact changes letters already sent as well: whether they were
    in time was never known rightly. Returns how many dates moved.
    """
    moved = 0
    for chunk in in_chunks(duties):
        area = lock_area(chunk[0].area_id)
        redating = planned(_with_facts(chunk), area_clock(area), today=at.date())
        moved += move_due_dates(redating, reason=reason, by=by, at=at)
        audit.record("letters.reckoned_again", by=by, at=at, area=area, letters=len(chunk),
                     moved=moved, reason=reason)  # fmt: skip
    return moved


def _with_facts(chunk: list[Duty]) -> list[Duty]:
    """Return the letters with the decision's time and entitlement as they stand now."""
    rows = Duty.objects.filter(pk__in=[duty.pk for duty in chunk])
    fresh = list(rows.select_related("decision", "person", "rule_set"))
    for duty in fresh:
        duty.decided_at = duty.decision.made_at
        duty.entitlement = duty.person.entitlement
    return fresh


def _change(move: Move, reason: str, by: User | None, at: datetime) -> DueChange:
    return DueChange(
        duty_id=move.duty.pk,
        old_due_on=move.duty.due_on,
        new_due_on=move.due.day,
        old_because=move.duty.due_because,
        reason=reason[:300],
        changed_at=at,
        changed_by=by,
    )


def _put_due(move: Move) -> None:
    duty, day = move.duty, move.due.day
    duty.due_on = day
    duty.due_week = day - timedelta(days=day.weekday())
    duty.due_because = list(move.due.arithmetic)
    duty.rule_set = move.rule_set
