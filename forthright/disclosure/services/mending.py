"""Corrects what was typed wrong of a service, notice to the court, a statement, or the end.

What was typed before stays in the record and among the dates that moved, with why.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import (
    DateChange,
    DefenceStatement,
    DisclosureDuty,
    Serving,
)
from forthright.disclosure.selectors.corrected import (
    END_DAY,
    NOTICE_DAY,
    SERVICE_DAY,
    STATEMENT_DAY,
)
from forthright.disclosure.selectors.ended import END_CORRECTED, ENDED, end_of
from forthright.disclosure.selectors.order import why_not_corrected
from forthright.disclosure.selectors.secrets import READERS_OF_DUTY, why_not_said
from forthright.disclosure.selectors.stood import lines_when_served
from forthright.disclosure.services.dating import check_is_open
from forthright.disclosure.services.judging import check_is_another
from forthright.disclosure.services.moving import locked
from forthright.disclosure.services.reckoning import DateRefused, reckon
from forthright.disclosure.services.sending import correct_answers_with
from forthright.disclosure.services.serving import service_counts
from forthright.rules.words import day_words, moment_words
from forthright.rules.written import reason_in
from forthright.web import clock
from forthright.web.meanwhile import newest_event


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mend:
    """Why something is corrected, by whom and when."""

    reason: str
    by: User | None
    at: datetime


@transaction.atomic
def correct_service(
    serving: Serving, served_at: datetime, *, method: str = "", reason: str, by: User | None,
    at: datetime,
) -> Serving:  # fmt: skip
    """Correct the moment of a service, or how it was made; what rests on it is counted anew.

    The papers that went with it stay as they were given; the answers to the defence among them
    say when and how it went.

    :param method: how it was made; empty where that was right
    :raises NotAllowed: if it is not this person's
    :raises DateRefused: if it cannot have been served then, nothing is corrected, there is no
        reason, the duty is closed, or a figure becomes better and this person recorded the service
    """
    mend = _Mend(reason=reason_in(reason), by=by, at=at)
    duty, serving = _open(serving.duty, mend), _again(serving)
    old_method, method = serving.method, method or serving.method
    if method not in Serving.Method.values:
        raise DateRefused("Choose how it was served.")
    before, old = serving.served_at, serving.served_on
    if (served_at, method) == (before, old_method):
        raise DateRefused("It is recorded so already: say what is to be corrected.")
    if served_at != before:
        _check_served_then(duty, serving, served_at, mend)
    _write(serving, served_at, method)
    if served_at != before:
        _count_then(duty, serving)
    audit.record("disclosure.service_corrected", duty, by=mend.by, at=mend.at, serving=serving.pk,
                 before=before, after=served_at, method_before=old_method,
                 method=method)  # fmt: skip
    what = "How a service was made"
    if served_at != before:
        what = "The day of a service"
        _keep(duty, SERVICE_DAY, old, serving.served_on, mend)
    if serving.kind != Serving.Kind.CONTINUING:
        duty.served_at = served_at
        duty.save(update_fields=["served_at"])
    reckon(duty, f"{what} was corrected: {mend.reason}"[:300], by=mend.by, at=mend.at)
    return serving


def _write(serving: Serving, served_at: datetime, method: str) -> None:
    """Write when and how a service was made, of the answers that went with it too."""
    serving.served_at, serving.served_on = served_at, clock.day_of(served_at)
    serving.method = method
    serving.save(update_fields=["served_at", "served_on", "method"])
    correct_answers_with(serving)


def _count_then(duty: DisclosureDuty, serving: Serving) -> None:
    """Count what a service counts anew, by what stood at its moment, where that is kept."""
    lines = lines_when_served(duty, serving, serving.served_at)
    if lines is None:
        return
    counts = service_counts(lines, set(serving.items.values_list("item", flat=True)))
    for name, count in counts.items():
        setattr(serving, name, count)
    serving.save(update_fields=list(counts))


def _check_served_then(
    duty: DisclosureDuty, serving: Serving, served_at: datetime, mend: _Mend
) -> None:
    """Refuse a moment at which it cannot have been served, or that another person must record."""
    if served_at > mend.at or clock.day_of(served_at) < duty.triggered_on:
        raise DateRefused("It was served after the duty began, and not in the future.")
    if words := why_not_corrected(duty, serving, served_at):
        raise DateRefused(words)
    new, old = clock.day_of(served_at), serving.served_on
    told = serving.court_told_on
    if told is not None and told < new:
        raise DateRefused(
            f"The court was told on {day_words(told)}, so it was served then or before. Correct "
            "that day first, where it is wrong."
        )
    is_first = serving.kind != Serving.Kind.CONTINUING
    if is_first and _stated_before(duty, new):
        raise DateRefused("A defence statement came before that day, and it answers the service.")
    # Also where it was in time: the day by which it was due may yet be corrected to an earlier one.
    if is_first and new < old:
        check_is_another(mend.by, {serving.served_by_id})
    if told == new != old:
        check_is_another(mend.by, _told_by(serving))


@transaction.atomic
def correct_notice(
    serving: Serving, told_at: datetime, *, reason: str, by: User | None, at: datetime
) -> Serving:
    """Correct when the court was told of a service.

    :raises NotAllowed: if it is not this person's
    :raises DateRefused: if it was not told, or not then, there is no reason, the duty is closed, or
        a figure becomes better and this person recorded the notice or the service
    """
    mend = _Mend(reason=reason_in(reason), by=by, at=at)
    duty, serving = _open(serving.duty, mend), _again(serving)
    old, new = serving.court_told_on, clock.day_of(told_at)
    if old is None:
        raise DateRefused("No notice to the court is recorded, so there is none to correct.")
    if new < serving.served_on or told_at > mend.at:
        raise DateRefused(
            "The court was told on the day of the service or after it, until now. The service was "
            f"on {moment_words(serving.served_at)}."
        )
    if new == serving.served_on != old:
        check_is_another(mend.by, _told_by(serving))
    before, serving.court_told_at, serving.court_told_on = serving.court_told_at, told_at, new
    serving.save(update_fields=["court_told_at", "court_told_on"])
    audit.record("court.told_corrected", duty, by=mend.by, at=mend.at, serving=serving.pk,
                 before=before, after=told_at)  # fmt: skip
    _keep(duty, NOTICE_DAY, old, new, mend)
    return serving


@transaction.atomic
def correct_statement(
    statement: DefenceStatement, received_on: date, *, reason: str, by: User | None, at: datetime
) -> DefenceStatement:
    """Correct the day on which a defence statement came; whether it was late follows.

    :raises NotAllowed: if it is not this person's
    :raises DateRefused: if it cannot have come then, there is no reason, or the duty is closed
    """
    mend = _Mend(reason=reason_in(reason), by=by, at=at)
    duty = _open(statement.duty, mend)
    statement = DefenceStatement.objects.select_for_update().get(pk=statement.pk)
    old = statement.received_on
    if old is None:
        raise DateRefused("It is recorded that no statement came, so there is no day to correct.")
    if not clock.day_of(duty.served_at or mend.at) <= received_on <= clock.day_of(mend.at):
        raise DateRefused(
            "The day must be today or before, and not before initial disclosure was served."
        )
    statement.received_on = received_on
    statement.save(update_fields=["received_on"])
    audit.record("statement.day_corrected", duty, by=mend.by, at=mend.at, statement=statement.pk,
                 before=old, after=received_on)  # fmt: skip
    _keep(duty, STATEMENT_DAY, old, received_on, mend)
    why = f"The day of the defence statement was corrected: {mend.reason}"[:300]
    reckon(duty, why, by=mend.by, at=mend.at)
    statement.refresh_from_db()
    return statement


@transaction.atomic
def correct_end(
    duty: DisclosureDuty, day: date, *, reason: str, by: User | None, at: datetime
) -> DisclosureDuty:
    """Correct the day on which a case ended.

    :raises NotAllowed: if it is not this person's
    :raises DateRefused: if it did not end so, or not then, there is no reason, or a figure becomes
        better and this person recorded the end
    """
    mend = _Mend(reason=reason_in(reason), by=by, at=at)
    duty = locked(duty)
    _check(duty, mend)
    old = end_of(duty)
    if old is None:
        raise DateRefused("No end of the case is recorded, so there is none to correct.")
    if not duty.triggered_on <= day <= clock.day_of(mend.at):
        raise DateRefused("The day must be today or before, and not before the duty began.")
    if duty.served_at is None and day < old:
        ended = newest_event(duty, ENDED)
        check_is_another(mend.by, {ended.by_id if ended else None})
    audit.record(END_CORRECTED, duty, by=mend.by, at=mend.at, before=old, day=day)
    _keep(duty, END_DAY, old, day, mend)
    return duty


def _open(duty: DisclosureDuty, mend: _Mend) -> DisclosureDuty:
    found = locked(duty)
    _check(found, mend)
    check_is_open(found)
    return found


def _check(duty: DisclosureDuty, mend: _Mend) -> None:
    policies.check_can_serve(mend.by, duty)
    if not mend.reason:
        raise DateRefused("Write why it is corrected.")
    if against := why_not_said(duty, "why it is corrected", mend.reason, readers=READERS_OF_DUTY,
                               by=mend.by):  # fmt: skip
        raise DateRefused(against)


def _again(serving: Serving) -> Serving:
    return Serving.objects.select_for_update().get(pk=serving.pk)


def _told_by(serving: Serving) -> set[int | None]:
    """Return who recorded what it rests on that the court was told on the day of the service."""
    return {serving.served_by_id, serving.court_told_by_id}


def _stated_before(duty: DisclosureDuty, day: date) -> bool:
    return duty.statements.filter(received_on__lt=day).exists()


def _keep(duty: DisclosureDuty, title: str, old: date, new: date, mend: _Mend) -> None:
    DateChange.objects.create(
        duty=duty, title=title, old_day=old, new_day=new, reason=mend.reason,
        changed_at=mend.at, changed_by=mend.by,
    )  # fmt: skip
