"""Works out the dates of a duty, and keeps each that moved with why.

By when initial disclosure was due is history once it was served, or once that day is over: what
changes later moves the dates that are still to come, and not the day by which it is judged. Only a
correction of what was wrong from the start does that, and it says so.
"""

from datetime import date, datetime

from django.db.models import Q

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure.models import DateChange, DisclosureDuty, DutyDate
from forthright.disclosure.selectors import limits
from forthright.disclosure.selectors.corrected import JUDGED_WHEN_OVER
from forthright.disclosure.services.moving import move
from forthright.rules.clock_rules import Status
from forthright.rules.disclosure_deadlines import Step, initial_step, said_of
from forthright.rules.disclosure_duty import DutyEvent, DutyState
from forthright.rules.disclosure_limits import INITIAL
from forthright.web import clock

NONE_CAME = "The day on which it was recorded that no defence statement came"


class DateRefused(ValueError):
    """A date cannot be kept as it is; the message says what to change."""


def is_judged(duty: DisclosureDuty, at: datetime) -> bool:
    """Say whether by when it was due is history: it was served, or that day is over."""
    return duty.served_at is not None or duty.due_on < clock.day_of(at)


def reckon(duty: DisclosureDuty, why: str, *, by: User | None, at: datetime) -> int:
    """Work out the dates of a locked duty, keep those that moved with the reason, and count them.

    By when initial disclosure is due moves only while that day is not over and nothing was served.

    :raises DateRefused: if a date cannot be worked out
    """
    try:
        steps = limits.steps_of(duty)
    except LookupError as refusal:
        raise DateRefused(str(refusal)) from None
    before = {each.key: each for each in duty.dates.all()}
    moved = [step for step in steps if _moved(before.get(step.key), step)]
    gone = [each for key, each in before.items() if key not in {step.key for step in steps}]
    if before:
        DateChange.objects.bulk_create(
            [
                DateChange(duty=duty, reason=why, changed_at=at, changed_by=by,
                           **_change(before.get(step.key), step))
                for step in moved
            ]
            + [
                DateChange(duty=duty, title=each.title, old_day=each.day, new_day=None,
                           reason=why, changed_at=at, changed_by=by)
                for each in gone
            ]
        )  # fmt: skip
    duty.dates.all().delete()
    DutyDate.objects.bulk_create(_row(duty, step) for step in steps)
    due_on = duty.due_on
    _keep_on_duty(duty, steps, moves_due=not before or not is_judged(duty, at))
    if before and duty.due_on < clock.day_of(at) <= due_on:
        # A month that is over has one duty more: its figures say so, and why.
        DateChange.objects.create(duty=duty, title=JUDGED_WHEN_OVER, old_day=due_on,
                                  new_day=duty.due_on, reason=why, changed_at=at,
                                  changed_by=by)  # fmt: skip
    say_what_is_judged(duty)
    _wait_for_statement(duty, why, by=by, at=at)
    if moved or gone:
        audit.record("disclosure.dated", duty, by=by, at=at,
                     moved=[step.key for step in moved])  # fmt: skip
    return len(moved) + len(gone) if before else 0


def _wait_for_statement(
    duty: DisclosureDuty, why: str, *, by: User | None, at: datetime
) -> None:  # fmt: skip
    """Let a locked duty wait for a statement again where none was recorded and its day moved on.

    That none came stays recorded, with its day among the dates that moved; once the new day has
    passed it is recorded anew.
    """
    if duty.stands is not DutyState.CONTINUING or duty.statement_due_on is None:
        return
    last = duty.statements.order_by("recorded_at", "pk").last()
    if last is None or last.received_on is not None:
        return
    recorded = clock.day_of(last.recorded_at)
    if recorded > duty.statement_due_on:
        return
    DateChange.objects.create(
        duty=duty, title=NONE_CAME, old_day=recorded, new_day=None, reason=why, changed_at=at,
        changed_by=by,
    )  # fmt: skip
    audit.record("statement.waits_again", duty, by=by, at=at, recorded=recorded,
                 due_on=duty.statement_due_on)  # fmt: skip
    move(duty, DutyEvent.HAVE_LONGER, by=by, at=at)


def say_what_is_judged(duty: DisclosureDuty) -> None:
    """Say of the date of initial disclosure that a duty is judged by it only where it is."""
    row = duty.dates.filter(key=INITIAL).first()
    if row is None:
        return
    said = said_of(row.arithmetic, is_judged_by=row.day == duty.due_on)
    if said != row.arithmetic:
        row.arithmetic = said
        row.save(update_fields=["arithmetic"])


def _keep_on_duty(duty: DisclosureDuty, steps: tuple[Step, ...], *, moves_due: bool) -> None:
    statement = next((step for step in steps if step.key == "defence_statement"), None)
    if moves_due:
        first = initial_step(steps)
        duty.due_on, duty.serve_by = first.day, first.serve_by
    duty.statement_due_on = statement.day if statement and duty.served_at else None
    duty.rules_version = limits.limits_of_area(duty.area).version[:40]
    duty.save(update_fields=["due_on", "serve_by", "statement_due_on", "rules_version"])
    # A court that gives the defence longer makes a statement timely that had come late.
    say_which_came_late(duty)


def say_which_came_late(duty: DisclosureDuty) -> None:
    """Say of the first defence statement of a duty whether it came after its time, and of no other.

    The time of the regulations is that of the first (CPIA 1996, section 12; SI 2011/209). One that
    brings it up to date, or asks for more, has no such day (general knowledge, not confirmed).
    """
    if duty.statement_due_on is None:
        return
    came = duty.statements.filter(received_on__isnull=False)
    first = came.order_by("received_on", "recorded_at", "pk").first()
    if first is None:
        return
    came.exclude(pk=first.pk).update(is_late=False)
    came.filter(pk=first.pk).update(is_late=Q(received_on__gt=duty.statement_due_on))


def _moved(before: DutyDate | None, step: Step) -> bool:
    return before is None or (before.day, before.serve_by) != (step.day, step.serve_by)


def _change(before: DutyDate | None, step: Step) -> dict[str, str | date | None]:
    """Return what moved: the last day, or the working day before it where that alone did."""
    if before is not None and before.day == step.day:
        return {"title": f"{step.title}: the last working day", "old_day": before.serve_by,
                "new_day": step.serve_by}  # fmt: skip
    return {"title": step.title, "old_day": before.day if before else None, "new_day": step.day}


def _row(duty: DisclosureDuty, step: Step) -> DutyDate:
    return DutyDate(
        duty=duty, key=step.key, title=step.title, day=step.day, serve_by=step.serve_by,
        arithmetic=list(step.arithmetic), source=step.source,
        is_confirmed=step.status is not Status.TO_BE_CONFIRMED,
    )  # fmt: skip
