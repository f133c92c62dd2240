"""Corrects what began a duty, or keeps what changed since: its day, the court, custody or bail."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.earlier_courts import stood_now
from forthright.disclosure.selectors.remands import remand_now
from forthright.disclosure.selectors.secrets import READERS_OF_DUTY, why_not_said
from forthright.disclosure.services.dating import (
    OddDate,
    check_is_open,
    check_orders_follow,
    with_why_right,
)
from forthright.disclosure.services.judging import judge_anew
from forthright.disclosure.services.moving import locked
from forthright.disclosure.services.moving_courts import (
    check_moved_on,
    go_back,
    last_change,
    leave_court,
    steps_ordered,
)
from forthright.disclosure.services.reckoning import DateRefused, is_judged, reckon
from forthright.disclosure.services.remanding import Wish, settle_remand
from forthright.rules.hearing_days import KnownDays, why_not_sent_then
from forthright.rules.words import day_words
from forthright.rules.written import reason_in
from forthright.web import clock

CORRECTED = "disclosure.trigger_corrected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """What a duty began with as it should stand, and why.

    :param triggered_on: the day on which the duty began, before the court where it is; it stays as
        it is where the case went to another court since
    :param remand: where the defendant waits for trial; of a case that went to another court since,
        how they were sent there
    :param court: the court; nothing where it stays
    :param moved_on: the day on which the case came before another court since: of sending to the
        Crown Court, or of the plea of not guilty before the magistrates to whom it was sent
    :param was_typed_wrong: whether the court, custody or bail was wrong from the start, or the last
        change of them never was; the day always was
    :param changed_on: the day on which custody became bail, or bail custody, since
    :param odd_because: why it is right all the same that the day by which it was due is over
    """

    triggered_on: date
    remand: str
    reason: str
    court: str = ""
    moved_on: date | None = None
    was_typed_wrong: bool = False
    changed_on: date | None = None
    odd_because: str = ""


@transaction.atomic
def correct_trigger(
    duty: DisclosureDuty, trigger: Trigger, *, by: User | None, at: datetime
) -> int:
    """Correct what began a duty, or keep what changed since; count anew and return how many moved.

    A day that was wrong from the start was never what initial disclosure was due by, so that date
    follows the corrected one even once it is served or the day is over; so does a court, custody or
    bail that was typed wrong. What changed since does not move it then: a case that went to another
    court, or custody that became bail. Custody or bail is kept with its own day and moves the
    custody time limit alone, as the papers are due by how the defendant was sent. What was due by
    the day as it was typed stays with the service, beside why and when it was corrected.

    Where the case went to another court, what the court before it ordered until then binds no
    more; what is to hold is ordered anew. Where that change never was, all stands as before it.

    :raises NotAllowed: if the duty is not this person's
    :raises DateRefused: if there is no reason, the day cannot be, or a court ordered something for
        a day before it, the duty is closed, or a figure becomes better and this person recorded
        what it rests on
    :raises OddDate: if it would have been due by a day that is over, and nobody says why that is
        right
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    check_is_open(duty)
    why = _reason_in(duty, trigger, by)
    before, was_judged = stood_now(duty), is_judged(duty, at)
    ordered, left = steps_ordered(duty), last_change(duty)
    is_since = _let_it_begin(duty, trigger, why, by=by, at=at)
    lapsed = sorted(ordered - steps_ordered(duty))
    check_orders_follow(duty, duty.triggered_on)
    new = stood_now(duty)
    # Where custody or bail alone changed since, nothing of what began the duty did.
    if new != before or trigger.changed_on is None:
        audit.record(CORRECTED, duty, by=by, at=at, day=new.day, court=new.court,
                     remand=new.remand, is_since=is_since or None, day_before=before.day,
                     court_before=before.court, remand_before=before.remand,
                     lapsed=lapsed or None)  # fmt: skip
    moved = reckon(duty, why, by=by, at=at)
    if new != before and not is_since:
        recorded_by = {duty.started_by_id, left.set_by_id if left else None}
        moved += judge_anew(duty, why, recorded_by=recorded_by, by=by, at=at)
    if not (was_judged or reason_in(trigger.odd_because)):
        _ask_where_over(duty, at)
    return moved


def _let_it_begin(
    duty: DisclosureDuty, trigger: Trigger, why: str, *, by: User | None, at: datetime
) -> bool:
    """Let a locked duty begin as it should stand; say whether the case went to another court."""
    court = trigger.court or duty.court
    if court not in DisclosureDuty.Court.values:
        raise DateRefused("Choose the court.")
    is_other = court != duty.court
    is_since = is_other and not trigger.was_typed_wrong
    day = _day_of(duty, trigger, court, at) if is_since else trigger.triggered_on
    remand = trigger.remand
    if trigger.moved_on is not None and not is_since:
        raise DateRefused(
            "A day on which the case came before another court is kept only where it went there "
            "since the duty began. Leave it empty, or choose the other court."
        )
    if is_other and not is_since and (left := last_change(duty)):
        # What nobody touched on the page stands again as it was before the change.
        day = left.triggered_on if day == duty.triggered_on else day
        is_theirs = remand != remand_now(duty)
        go_back(duty, left, by=by, at=at)
        remand = remand if is_theirs else remand_now(duty)
    _check_day(duty, day, at, is_since=is_since)
    wish = Wish(remand=remand, changed_on=trigger.changed_on, why=why, moved_up=is_since,
                sent_on=day, was_typed_wrong=trigger.was_typed_wrong)  # fmt: skip
    sent_as = settle_remand(duty, wish, by=by, at=at)
    if is_since:
        leave_court(duty, court, day, by=by, at=at)
    duty.triggered_on, duty.court, duty.remand = day, court, sent_as
    duty.save(update_fields=["triggered_on", "court", "remand"])
    return is_since


def _day_of(duty: DisclosureDuty, trigger: Trigger, court: str, at: datetime) -> date:
    """Return the day on which the case came before the other court to which it went since."""
    day = check_moved_on(duty, trigger.moved_on, court, at=at)
    if trigger.triggered_on != duty.triggered_on:
        raise DateRefused(
            "Leave the day on which the duty began as it is: the day on which the case came before "
            "the other court has a box of its own. Where the first was typed wrong too, correct it "
            "by itself before you record the change of court."
        )
    return day


def _ask_where_over(duty: DisclosureDuty, at: datetime) -> None:
    """Ask why it is right that a day which was not over before now is."""
    if is_judged(duty, at):
        odd = (
            f"Initial disclosure would have been due by {day_words(duty.due_on)}. That day is "
            "over, so it would count as not given in time, in the figures of that month."
        )
        raise OddDate([odd])


def _reason_in(duty: DisclosureDuty, trigger: Trigger, by: User | None) -> str:
    if not (why := reason_in(trigger.reason)):
        raise DateRefused("Write why it is changed.")
    said = f"{trigger.reason}\n{trigger.odd_because}"
    if against := why_not_said(duty, "why it is changed", said, readers=READERS_OF_DUTY, by=by):
        raise DateRefused(against)
    is_said = reason_in(trigger.odd_because)
    return with_why_right(why, (), trigger.odd_because) if is_said else why


def _check_day(duty: DisclosureDuty, day: date, at: datetime, *, is_since: bool) -> None:
    """Refuse a day on which a duty cannot have begun.

    :param is_since: whether it is the day on which the case went to another court since
    """
    left = last_change(duty)
    is_after_service = is_since or (left is not None and left.serving_id is not None)
    latest = at if is_after_service else min(at, duty.served_at or at)
    if day > clock.day_of(latest):
        raise DateRefused("The day must be today or in the past, and not after it was served.")
    if left and day < left.triggered_on:
        raise DateRefused(
            f"{day_words(day)} is before it was sent there: it came from the "
            f"{left.get_court_display()}, where the duty began {day_words(left.triggered_on)}. "
            "Where the change of court never was, say that the court was typed wrong."
        )
    known = KnownDays(urn=duty.case.urn)
    if before := why_not_sent_then(day, known, today=clock.day_of(at)):
        raise DateRefused(before)
