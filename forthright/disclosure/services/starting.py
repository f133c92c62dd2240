"""Begins the duty to disclose for a defendant, and ends it with the trial."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.audit import services as audit
from forthright.cases.models import Case, Defendant
from forthright.disclosure import policies
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.promises import promises_of, untold_of
from forthright.disclosure.selectors.standings import standings_of
from forthright.disclosure.services.dating import DateRefused, reckon
from forthright.disclosure.services.moving import locked, move, move_by_triage
from forthright.rules.disclosure_duty import DutyEvent
from forthright.rules.disclosure_end import reasons_against_closing
from forthright.rules.written import reason_in
from forthright.web import clock


class DutyRefused(ValueError):
    """A duty cannot begin or end so; the message says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What begins a duty: sending to the Crown Court, or a plea of not guilty."""

    court: str
    triggered_on: date
    remand: str


@transaction.atomic
def start_duty(
    defendant: Defendant, trigger: Trigger, *, by: User | None, at: datetime
) -> DisclosureDuty:
    """Begin the duty to disclose to a defendant; schedules that came already count for it.

    :raises NotAllowed: if the case is not this person's
    :raises DutyRefused: if it has begun already, or its day is not yet
    """
    case = Case.objects.select_for_update().get(pk=defendant.case_id)
    _check_may_start(by, case)
    if DisclosureDuty.objects.filter(defendant=defendant).exists():
        raise DutyRefused("The duty to disclose to this defendant has begun already.")
    if trigger.triggered_on > clock.day_of(at):
        raise DutyRefused("The day must be today or in the past.")
    duty = DisclosureDuty(
        area=case.area, unit=case.unit, case=case, defendant=defendant, moved_at=at,
        due_on=trigger.triggered_on, started_by=by, **vars_of(trigger),
    )  # fmt: skip
    duty.save()
    try:
        reckon(duty, "The duty began", by=by, at=at)
    except DateRefused as refusal:
        raise DutyRefused(str(refusal)) from None
    audit.record("disclosure.begun", duty, by=by, at=at, court=trigger.court,
                 day=trigger.triggered_on, due_on=duty.due_on)  # fmt: skip
    _take_what_came(duty, by=by, at=at)
    return duty


def vars_of(trigger: Trigger) -> dict[str, object]:
    """Return what begins a duty under the names that it is kept by."""
    return {"court": trigger.court, "triggered_on": trigger.triggered_on,
            "remand": trigger.remand}  # fmt: skip


@transaction.atomic
def close_duty(
    duty: DisclosureDuty, *, reason: str, by: User | None, at: datetime
) -> DisclosureDuty:
    """End a duty when the trial is over.

    :raises NotAllowed: if it is not this person's, or not in continuing review
    :raises DutyRefused: if a schedule waits to be looked through or mended, an item is undecided or
        no second person looked at it, something said to be disclosed was not served, the court
        was not told of a service, or there is no reason
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    _check_nothing_waits(duty)
    against = reasons_against_closing(
        standings_of(duty), promises=promises_of(duty), untold=untold_of(duty).count()
    )
    if against:
        raise DutyRefused(" ".join(against))
    if not reason_in(reason):
        raise DutyRefused("Write why the duty ends, such as the verdict and its day.")
    move(duty, DutyEvent.CLOSE, by=by, at=at)
    duty.closed_because = reason_in(reason)
    duty.save(update_fields=["closed_because"])
    audit.record("disclosure.closed", duty, by=by, at=at)
    return duty


def _check_nothing_waits(duty: DisclosureDuty) -> None:
    """Refuse to end a duty while its items stand on schedules that nobody can endorse from."""
    came = Delivery.objects.filter(case=duty.case_id)
    if came.filter(state=Delivery.State.RECEIVED).exists():
        raise DutyRefused(
            "Schedules came that nobody has looked through. Say whether they are adequate first, "
            "and endorse what is on them."
        )
    if came.filter(state=Delivery.State.RETURNED, police_return__mended_by=None).exists():
        raise DutyRefused(
            "A schedule is back with the police. Take in what they send, or the same schedule "
            "again with your reason, and endorse what is on it first."
        )


def _check_may_start(by: User | None, case: Case) -> None:
    if by is None:
        return
    check_has_permission(by, Permission.SCHEDULE_BRING)
    if by.area_id != case.area_id or by.unit_id != case.unit_id:
        raise NotAllowed("This case is held by another unit. Ask somebody there.")


def _take_what_came(duty: DisclosureDuty, *, by: User | None, at: datetime) -> None:
    """Let schedules that came for another defendant of the case count for this one."""
    came = Delivery.objects.filter(case=duty.case).exclude(state=Delivery.State.CHECKED)
    if came.exists():
        move(duty, DutyEvent.RECEIVE, by=by, at=at)
        move_by_triage(duty, by=by, at=at)
