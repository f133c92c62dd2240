"""Corrects what began a duty, or keeps what changed since: its day, the court, custody or bail."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.limits import stood_now
from forthright.disclosure.selectors.secrets import READERS_OF_DUTY, why_not_said
from forthright.disclosure.services.dating import (
    check_is_open,
    check_orders_follow,
    let_orders_lapse,
)
from forthright.disclosure.services.judging import CORRECTED, judge_anew, judged_of
from forthright.disclosure.services.moving import locked
from forthright.disclosure.services.reckoning import DateRefused, is_judged, reckon
from forthright.disclosure.services.remanding import Wish, settle_remand
from forthright.rules.disclosure_deadlines import Stood
from forthright.rules.hearing_days import KnownDays, why_not_sent_then
from forthright.rules.written import reason_in
from forthright.web import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What a duty began with as it should stand, and why.

    :param remand: where the defendant waits for trial; of a case that was sent to another court
        since, how they were sent there
    :param court: the court; nothing where it stays
    :param was_typed_wrong: whether the court, custody or bail was wrong from the start; the day
        always was, but where the case was sent to another court since
    :param changed_on: the day on which custody became bail, or bail custody, since
    """

    triggered_on: date
    remand: str
    reason: str
    court: str = ""
    was_typed_wrong: bool = False
    changed_on: date | None = None


@transaction.atomic
def correct_trigger(
    duty: DisclosureDuty, trigger: Trigger, *, by: User | None, at: datetime
) -> int:
    """Correct what began a duty, or keep what changed since; count anew and return how many moved.

    A day that was wrong from the start was never what initial disclosure was due by, so that date
    follows the corrected one even once it is served or the day is over; so does a court, custody or
    bail that was typed wrong. What changed since does not move it: a case that was sent up to the
    Crown Court, or custody that became bail. That is kept with its own day and moves the custody
    time limit alone, as the papers are due by how the defendant was sent. Nor does what a court
    ordered after the service. What was due by the day as it was typed stays with the service,
    beside why and when it was corrected.

    Where the case went to another court, what the court before it ordered until then lapses;
    what is to hold is ordered anew.

    :raises NotAllowed: if the duty is not this person's
    :raises DateRefused: if there is no reason, the day cannot be, or a court ordered something for
        a day before it, the duty is closed, or a figure becomes better and this person recorded
        what it rests on
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    check_is_open(duty)
    why = _reason_in(duty, trigger.reason, by)
    before = stood_now(duty)
    court = trigger.court or duty.court
    if court not in DisclosureDuty.Court.values:
        raise DateRefused("Choose the court.")
    moved_up = court != duty.court and not trigger.was_typed_wrong
    _check_day(duty, trigger.triggered_on, at, is_since=moved_up)
    was_judged, judged = is_judged(duty, at), judged_of(duty)
    wish = Wish(remand=trigger.remand, changed_on=trigger.changed_on, why=why, moved_up=moved_up,
                sent_on=trigger.triggered_on, was_typed_wrong=trigger.was_typed_wrong)  # fmt: skip
    sent_as = settle_remand(duty, wish, by=by, at=at)
    new = Stood(day=trigger.triggered_on, court=court, remand=sent_as)
    then = _stood_then(new, judged.stood, trigger, moved_up=moved_up)
    duty.triggered_on, duty.court, duty.remand = new.day, new.court, new.remand
    duty.save(update_fields=["triggered_on", "court", "remand"])
    lapsed = _settle_orders(duty, why, moved_up=moved_up, by=by, at=at)
    # Where custody or bail alone changed since, nothing of what began the duty did.
    if new != before or trigger.changed_on is None:
        audit.record(CORRECTED, duty, by=by, at=at, day=new.day, court=new.court,
                     remand=new.remand, day_then=then.day, court_then=then.court,
                     remand_then=then.remand, lapsed=lapsed or None)  # fmt: skip
    moved = reckon(duty, why, by=by, at=at)
    if was_judged and then != judged.stood:
        moved += judge_anew(
            duty, replace(judged, stood=then), why, recorded_by={duty.started_by_id}, by=by, at=at
        )
    return moved


def _stood_then(new: Stood, stood: Stood, trigger: Trigger, *, moved_up: bool) -> Stood:
    """Return what had begun a duty by when it is judged, as it is known now."""
    if moved_up:
        return stood
    return new if trigger.was_typed_wrong else replace(stood, day=new.day)


def _settle_orders(
    duty: DisclosureDuty, why: str, *, moved_up: bool, by: User | None, at: datetime
) -> list[str]:  # fmt: skip
    """Let what the court before it ordered lapse; refuse what was ordered for a day too early."""
    sent_on = duty.triggered_on
    lapsed = let_orders_lapse(duty, why, sent_on=sent_on, by=by, at=at) if moved_up else []
    check_orders_follow(duty, sent_on)
    return lapsed


def _reason_in(duty: DisclosureDuty, reason: str, by: User | None) -> str:
    if not (why := reason_in(reason)):
        raise DateRefused("Write why it is changed.")
    if against := why_not_said(duty, "why it is changed", reason, readers=READERS_OF_DUTY, by=by):
        raise DateRefused(against)
    return why


def _check_day(duty: DisclosureDuty, day: date, at: datetime, *, is_since: bool) -> None:
    """Refuse a day on which a duty cannot have begun.

    :param is_since: whether it is the day on which the case was sent to another court since
    """
    latest = at if is_since else min(at, duty.served_at or at)
    if day > clock.day_of(latest):
        raise DateRefused("The day must be today or in the past, and not after it was served.")
    if is_since and day < duty.triggered_on:
        raise DateRefused(
            "The case was sent to the other court on or after the day on which the duty began. "
            "Where the court was wrong from the start, say that it was typed wrong."
        )
    known = KnownDays(urn=duty.case.urn)
    if before := why_not_sent_then(day, known, today=clock.day_of(at)):
        raise DateRefused(before)
