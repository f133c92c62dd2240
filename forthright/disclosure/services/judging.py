"""Counts anew by when a duty was due, where that is history and something about it was wrong."""

from collections.abc import Collection
from datetime import datetime

from forthright.accounts.models import User
from forthright.disclosure.models import DateChange, DisclosureDuty
from forthright.disclosure.selectors.corrected import JUDGED_BY, JUDGED_WHEN_OVER
from forthright.disclosure.selectors.judged_by import first_serving, initial_as_judged
from forthright.disclosure.services.reckoning import DateRefused, say_what_is_judged


def judge_anew(
    duty: DisclosureDuty, why: str, *, recorded_by: Collection[int | None], by: User | None,
    at: datetime,
) -> int:  # fmt: skip
    """Count anew by when a duty was due, from what happened until then; keep the correction.

    :param recorded_by: who recorded what was wrong
    :returns: 1 where that is a move which no other date tells of; otherwise 0
    :raises DateRefused: if a figure becomes better and this person recorded what it rests on
    """
    try:
        step = initial_as_judged(duty)
    except LookupError as refusal:
        raise DateRefused(str(refusal)) from None
    before, duty.due_on, duty.serve_by = duty.due_on, step.day, step.serve_by
    if before == duty.due_on:
        return 0
    first = first_serving(duty)
    # Also where it was given in time: the day on which it was may yet be corrected to a later one.
    if duty.due_on > before:
        check_is_another(by, {*recorded_by, first.served_by_id if first else None})
    duty.save(update_fields=["due_on", "serve_by"])
    say_what_is_judged(duty)
    told = duty.date_changes.filter(changed_at=at, old_day=before, new_day=duty.due_on).exists()
    if told and first:
        # Of a service the day that was typed stays beside it, so nothing more has to be kept.
        return 0
    DateChange.objects.create(
        duty=duty, title=JUDGED_BY if first else JUDGED_WHEN_OVER, old_day=before,
        new_day=duty.due_on, reason=why, changed_at=at, changed_by=by,
    )  # fmt: skip
    return 0 if told else 1


def check_is_another(by: User | None, recorded_by: Collection[int | None]) -> None:
    """Refuse a correction by which a figure becomes better to who recorded what was wrong.

    :raises DateRefused: with who may record it
    """
    if by is not None and by.pk in recorded_by:
        raise DateRefused(
            "By this correction a figure becomes better, and you recorded what it rests on. "
            "Somebody else of the unit records it: a second person sees what the first no longer "
            "sees."
        )
