"""Works out the dates of a duty and keeps each that moved, with why."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from pydantic import ValidationError

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import (
    CourtDate,
    DateChange,
    DisclosureDuty,
    DutyDate,
    LimitEdition,
)
from forthright.disclosure.selectors import limits
from forthright.disclosure.services.moving import locked
from forthright.rules.clock_rules import Status
from forthright.rules.disclosure_deadlines import DisclosureLimit, Step, initial_step
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.written import reason_in
from forthright.schemes.policies import check_can_change_scheme
from forthright.web import clock
from forthright.web.meanwhile import by_whom, check_unchanged

SET = "disclosure.date_set"


class DateRefused(ValueError):
    """A date cannot be kept as it is; the message says what to change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A date that a court set for one step; without a day the order is taken back."""

    key: str
    day: date | None
    reason: str


def court_stamp(duty: DisclosureDuty) -> str:
    """Return the stamp of the dates that a court has set."""
    newest = duty.court_dates.order_by("-pk").values_list("pk", flat=True).first()
    return str(newest or 0)


@transaction.atomic
def set_court_date(
    duty: DisclosureDuty, ordered: Ordered, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> int:  # fmt: skip
    """Keep a date that a court ordered, or that a hearing moved to; return how many dates moved.

    :raises NotAllowed: if the duty is not this person's
    :raises DateRefused: if there is no such step, no reason, or the day is before the trigger
    :raises ChangedMeanwhile: if somebody set a date since the page was opened
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    check_unchanged(opened, court_stamp(duty), by_whom(duty, SET))
    if ordered.key not in set(duty.dates.values_list("key", flat=True)):
        raise DateRefused("Choose which date the court set.")
    if ordered.day is not None and ordered.day < duty.triggered_on:
        raise DateRefused("The date must be on or after the day on which the duty began.")
    reason = reason_in(ordered.reason)
    if not reason:
        raise DateRefused("Write why, such as the hearing at which the court ordered it.")
    CourtDate.objects.create(
        duty=duty, key=ordered.key, day=ordered.day, reason=reason, set_at=at, set_by=by
    )
    audit.record(SET, duty, by=by, at=at, key=ordered.key, day=ordered.day)
    return reckon(duty, reason, by=by, at=at)


@transaction.atomic
def correct_trigger(
    duty: DisclosureDuty, triggered_on: date, remand: str, *, reason: str, by: User | None,
    at: datetime,
) -> int:  # fmt: skip
    """Correct the day on which a duty began, or where the defendant waits; count anew.

    :raises NotAllowed: if the duty is not this person's
    :raises DateRefused: if there is no reason
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    if not reason_in(reason):
        raise DateRefused("Write why it is changed.")
    if triggered_on > min(clock.day_of(at), clock.day_of(duty.served_at or at)):
        raise DateRefused("The day must be today or in the past, and not after it was served.")
    duty.triggered_on, duty.remand = triggered_on, remand
    duty.save(update_fields=["triggered_on", "remand"])
    audit.record("disclosure.trigger_corrected", duty, by=by, at=at, day=triggered_on,
                 remand=remand)  # fmt: skip
    return reckon(duty, reason_in(reason), by=by, at=at)


@transaction.atomic
def change_limit(
    area: Area, place: int, changes: dict[str, Any], *, reason: str, by: User | None, at: datetime
) -> LimitEdition:
    """Make the Area a new edition with one limit changed, and count every open duty anew.

    :raises NotAllowed: if this person may not change time limits
    :raises DateRefused: if the limit cannot be kept so, or there is no reason
    """
    check_can_change_scheme(by, area)
    if not reason_in(reason):
        raise DateRefused("Write why the limit is changed.")
    Area.objects.select_for_update().get(pk=area.pk)
    rows = [limit.model_dump(mode="json") for limit in limits.limits_of_area(area).limits]
    if not 0 <= place < len(rows):
        raise DateRefused("There is no such limit.")
    # As the shipped file writes it: the event is called "from" there.
    rows[place] |= changes
    try:
        for row in rows:
            DisclosureLimit.model_validate(row)
    except ValidationError as fault:
        raise DateRefused(f"The limit cannot be kept so: {fault.errors()[0]['msg']}.") from fault
    before = limits.edition_of(area)
    edition = LimitEdition.objects.create(
        area=area, number=before.number + 1 if before else 1, rows=rows,
        reason=reason_in(reason), made_at=at, made_by=by,
    )  # fmt: skip
    audit.record("disclosure_limits.changed", edition, by=by, at=at, number=edition.number,
                 key=rows[place]["key"])  # fmt: skip
    for duty in DisclosureDuty.objects.filter(area=area).exclude(state=DutyState.CLOSED):
        reckon(locked(duty), f"Time limits changed: {edition.reason}", by=by, at=at)
    return edition


def reckon(duty: DisclosureDuty, why: str, *, by: User | None, at: datetime) -> int:
    """Work out the dates of a locked duty, keep those that moved with the reason, and count them.

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
                DateChange(
                    duty=duty, title=step.title, new_day=step.serve_by, reason=why,
                    old_day=before[step.key].serve_by if step.key in before else None,
                    changed_at=at, changed_by=by,
                )
                for step in moved
            ]
            + [
                DateChange(duty=duty, title=each.title, old_day=each.serve_by, new_day=None,
                           reason=why, changed_at=at, changed_by=by)
                for each in gone
            ]
        )  # fmt: skip
    duty.dates.all().delete()
    DutyDate.objects.bulk_create(_row(duty, step) for step in steps)
    _keep_on_duty(duty, steps)
    if moved or gone:
        audit.record("disclosure.dated", duty, by=by, at=at,
                     moved=[step.key for step in moved])  # fmt: skip
    return len(moved) + len(gone) if before else 0


def _keep_on_duty(duty: DisclosureDuty, steps: tuple[Step, ...]) -> None:
    statement = next((step for step in steps if step.key == "defence_statement"), None)
    # Once it is served, by when it was due is history.
    if duty.served_at is None:
        duty.due_on = initial_step(steps).serve_by
    duty.statement_due_on = statement.day if statement and duty.served_at else None
    duty.rules_version = limits.limits_of_area(duty.area).version[:40]
    duty.save(update_fields=["due_on", "statement_due_on", "rules_version"])


def _moved(before: DutyDate | None, step: Step) -> bool:
    return before is None or (before.day, before.serve_by) != (step.day, step.serve_by)


def _row(duty: DisclosureDuty, step: Step) -> DutyDate:
    return DutyDate(
        duty=duty, key=step.key, title=step.title, day=step.day, serve_by=step.serve_by,
        arithmetic=list(step.arithmetic), source=step.source,
        is_confirmed=step.status is not Status.TO_BE_CONFIRMED,
    )  # fmt: skip
