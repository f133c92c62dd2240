"""Begins the duty to disclose for a defendant, and ends it with the trial or the case."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.audit import services as audit
from forthright.cases.models import Case, Defendant
from forthright.disclosure import policies
from forthright.disclosure.models import (
    WAITING_RETURN,
    Delivery,
    DisclosureDuty,
    PoliceReturn,
)
from forthright.disclosure.selectors.ended import ENDED, end_before
from forthright.disclosure.selectors.handed_in import not_read_words
from forthright.disclosure.selectors.looking_again import unlooked_of
from forthright.disclosure.selectors.promises import (
    promises_of,
    requests_asked,
    requests_open,
    unsent_of,
    untold_of,
)
from forthright.disclosure.selectors.secrets import READERS_OF_DUTY, why_not_said
from forthright.disclosure.selectors.standings import standings_of
from forthright.disclosure.selectors.stuck import items_waiting
from forthright.disclosure.selectors.unnumbered import unplaced_of
from forthright.disclosure.services.judging import check_is_another
from forthright.disclosure.services.moving import locked, move, move_by_triage
from forthright.disclosure.services.reckoning import DateRefused, reckon
from forthright.rules.disclosure_duty import DutyEvent, owed
from forthright.rules.disclosure_end import reasons_against_closing
from forthright.rules.hearing_days import KnownDays, why_not_sent_then
from forthright.rules.written import reason_in
from forthright.web import clock
from forthright.web.meanwhile import newest_event


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
    :raises DutyRefused: if it has begun already, or its day is not yet, or was before the case
    """
    case = Case.objects.select_for_update().get(pk=defendant.case_id)
    _check_may_start(by, case)
    if DisclosureDuty.objects.filter(defendant=defendant).exists():
        raise DutyRefused(
            "The duty to disclose to this defendant has begun already. Where it is closed and the "
            "case goes on, open it again on its page."
        )
    if trigger.triggered_on > clock.day_of(at):
        raise DutyRefused("The day must be today or in the past.")
    if before := why_not_sent_then(
        trigger.triggered_on, KnownDays(urn=case.urn), today=clock.day_of(at)
    ):
        raise DutyRefused(before)
    duty = DisclosureDuty(
        area=case.area, unit=case.unit, case=case, defendant=defendant, moved_at=at,
        due_on=trigger.triggered_on, serve_by=trigger.triggered_on, started_by=by,
        **vars_of(trigger),
    )  # fmt: skip
    duty.save()
    try:
        reckon(duty, "The duty began", by=by, at=at)
    except DateRefused as refusal:
        raise DutyRefused(str(refusal)) from None
    audit.record("disclosure.begun", duty, by=by, at=at, court=trigger.court,
                 day=trigger.triggered_on, due_on=duty.due_on)  # fmt: skip
    take_what_came(duty, by=by, at=at)
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
    :raises DutyRefused: if a schedule waits to be taken in, looked through or mended, an item is
        undecided or no second person looked at it, something said to be disclosed was not served,
        the court was not told of a service, the police did not reply to a request, an answer did
        not go to the defence, nobody looked again after a defence statement that asks for nothing,
        or there is no reason
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    _check_nothing_waits(duty)
    against = reasons_against_closing(
        standings_of(duty), promises=promises_of(duty), untold=untold_of(duty).count(),
        asked=len(requests_asked(duty)), unsent=unsent_of(duty).count(),
        unlooked=len(unlooked_of(duty)),
    )  # fmt: skip
    if against:
        raise DutyRefused(" ".join(against))
    if not reason_in(reason):
        raise DutyRefused("Write why the duty ends, such as the verdict and its day.")
    _check_tells_nothing(duty, reason, by)
    move(duty, DutyEvent.CLOSE, by=by, at=at)
    duty.closed_because = reason_in(reason)
    duty.save(update_fields=["closed_because"])
    audit.record("disclosure.closed", duty, by=by, at=at)
    return duty


@transaction.atomic
def end_duty(
    duty: DisclosureDuty, ended_on: date, *, reason: str, by: User | None, at: datetime
) -> DisclosureDuty:
    """Close a duty because the case ended for this defendant, before a service or after it.

    What waits stays as it is, and the record counts it: nobody is owed a decision on it any more. A
    duty that was begun by mistake ends the same way, on the day on which it began.

    :param ended_on: the day on which the case ended; where nothing was served, figures ask whether
        that was in time
    :raises NotAllowed: if it is not this person's, or it is closed
    :raises DutyRefused: if there is no reason, the day was before the duty or is not yet, or it is
        before the one that this person had said before the duty was opened again
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    if not reason_in(reason):
        raise DutyRefused("Write how the case ended, such as the plea or the order of the court.")
    _check_tells_nothing(duty, reason, by)
    if not duty.triggered_on <= ended_on <= clock.day_of(at):
        raise DutyRefused("The day must be today or before, and not before the duty began.")
    _check_is_no_better(duty, ended_on, by)
    left: dict[str, Any] = _what_waits(duty, at) if duty.served_at is not None else {}
    move(duty, DutyEvent.END, by=by, at=at)
    duty.closed_because = reason_in(reason)
    duty.save(update_fields=["closed_because"])
    audit.record(ENDED, duty, by=by, at=at, day=ended_on, **left)
    return duty


def _check_tells_nothing(duty: DisclosureDuty, reason: str, by: User | None) -> None:
    if against := why_not_said(duty, "why it ends", reason, readers=READERS_OF_DUTY, by=by):
        raise DutyRefused(against)


def _check_is_no_better(duty: DisclosureDuty, ended_on: date, by: User | None) -> None:
    """Refuse an earlier end than the one before to who said that one, as its correction is."""
    before = end_before(duty) if duty.served_at is None else None
    if before is None or ended_on >= before:
        return
    ended = newest_event(duty, ENDED)
    try:
        check_is_another(by, {ended.by_id if ended else None})
    except DateRefused as refusal:
        raise DutyRefused(str(refusal)) from None


def _what_waits(duty: DisclosureDuty, at: datetime) -> dict[str, int]:
    """Return what the record says of an end after a service: how much waits, by its kind."""
    waiting = [item for _, items in items_waiting(duty, at) for item in items]
    standings = [*standings_of(duty), *waiting]
    counts = {
        "undecided": sum(not each.is_decided for each in standings),
        "unserved": len(owed(standings)),
        "unanswered": requests_open(duty).count() + len(requests_asked(duty)),
        "unsent": unsent_of(duty).count(),
        "untold": untold_of(duty).count(),
        "unlooked": len(unlooked_of(duty)),
        "unplaced": len(unplaced_of(duty.case_id)),
    }
    return {"is_after_service": True} | {name: number for name, number in counts.items() if number}


def _check_nothing_waits(duty: DisclosureDuty) -> None:
    """Refuse to end a duty while its items stand on schedules that nobody can endorse from."""
    came = Delivery.objects.filter(case=duty.case_id)
    if came.filter(state=Delivery.State.RECEIVED).exists():
        raise DutyRefused(
            "Schedules came that nobody has looked through. Say whether they are adequate first, "
            "and endorse what is on them."
        )
    if words := not_read_words(duty.case_id):
        raise DutyRefused(words)
    if PoliceReturn.objects.filter(WAITING_RETURN, delivery__case=duty.case_id).exists():
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


def take_what_came(duty: DisclosureDuty, *, by: User | None, at: datetime) -> None:
    """Let schedules that came for another defendant of the case count for this one."""
    if Delivery.objects.filter(case=duty.case, received_at__isnull=False).exists():
        move(duty, DutyEvent.RECEIVE, by=by, at=at)
        move_by_triage(duty, by=by, at=at)
