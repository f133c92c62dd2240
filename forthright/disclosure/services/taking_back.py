"""Takes back a service, notice, statement or sending that never was: one asks, another confirms.

What was recorded stays where it was kept and counts nowhere; the duty stands where what is left
leads, and every date that rested on it is worked out anew.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import (
    WAITING_RETURN,
    AnswersSending,
    DateChange,
    DefenceStatement,
    Delivery,
    DisclosureDuty,
    PoliceReturn,
    Serving,
    TakingBack,
)
from forthright.disclosure.selectors.corrected import (
    NONE_CAME_TAKEN_BACK,
    NOTICE_TAKEN_BACK,
    SERVICE_TAKEN_BACK,
    STATEMENT_TAKEN_BACK,
)
from forthright.disclosure.selectors.judged_by import SERVICE_WAS_TAKEN_BACK
from forthright.disclosure.selectors.secrets import READERS_OF_DUTY, why_not_said
from forthright.disclosure.selectors.standings import standings_of
from forthright.disclosure.selectors.taken_back import Recorded, recorded_of
from forthright.disclosure.services.dating import check_is_open
from forthright.disclosure.services.judging import judge_anew
from forthright.disclosure.services.moving import locked, move, move_by_triage
from forthright.disclosure.services.reckoning import DateRefused, is_judged, reckon
from forthright.disclosure.services.reopening import go_on
from forthright.rules.disclosure_duty import DutyEvent, DutyState, unapproved, unsettled
from forthright.rules.disclosure_taking_back import why_no_service_back
from forthright.rules.words import moment_words, uncapitalised
from forthright.rules.written import reason_in
from forthright.web import clock

What, State = TakingBack.What, TakingBack.State


@transaction.atomic
def ask_to_take_back(
    duty: DisclosureDuty, key: str, *, reason: str, by: User | None, at: datetime
) -> TakingBack:
    """Ask that something recorded of a duty be taken back; nothing changes until a second person.

    :param key: which of what is recorded, as the form names it
    :raises NotAllowed: if it is not this person's
    :raises DateRefused: if nothing such is recorded, something rests on it, it was asked already,
        there is no reason, or the duty is closed
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    check_is_open(duty)
    if not (why := reason_in(reason)):
        raise DateRefused("Write why it never was, and how that is known.")
    if against := why_not_said(duty, "why it never was", why, readers=READERS_OF_DUTY, by=by):
        raise DateRefused(against)
    recorded = next((each for each in recorded_of(duty) if each.key == key), None)
    if recorded is None:
        raise DateRefused("That is not recorded of this duty any more. Look at its page anew.")
    about = {recorded.held_as: recorded.pk}
    asked = TakingBack.objects.filter(
        duty=duty, what=recorded.what, state=State.ASKED, **about
    ).first()
    if asked is not None:
        raise DateRefused(
            f"{asked.asked_by or 'Somebody'} asked for that already, {moment_words(asked.asked_at)}"
            ". It waits for a second person, on the page of the duty."
        )
    _check_nothing_rests(duty, recorded)
    taking = TakingBack.objects.create(
        duty=duty, what=recorded.what, stood=recorded.words, reason=why, asked_at=at, asked_by=by,
        **about,
    )  # fmt: skip
    # Why may name somebody, and stands beside what was asked.
    audit.record("taking_back.asked", duty, by=by, at=at, taking_back=taking.pk,
                 stood=taking.stood)  # fmt: skip
    return taking


@transaction.atomic
def take_back(taking: TakingBack, *, by: User | None, at: datetime) -> TakingBack:
    """Take back what somebody else asked for: it never was; what rested on it is counted anew.

    :raises NotAllowed: if it is not this person's
    :raises DateRefused: if this person asked for it, it was answered, something rests on it since,
        or the duty is closed
    """
    duty, taking = _answering(taking, by=by, at=at)
    if by is not None and by.pk == taking.asked_by_id:
        raise DateRefused(
            "You asked for this, so somebody else of the unit confirms it: a second person sees "
            "what the first no longer sees."
        )
    check_is_open(duty)
    recorded = next((each for each in recorded_of(duty) if _is_of(taking, each)), None)
    if recorded is None:
        raise DateRefused("That is not recorded of this duty any more. Leave it as it is.")
    _check_nothing_rests(duty, recorded)
    taking.state, taking.answered_at, taking.answered_by = State.TAKEN_BACK, at, by
    # The day or the way may have been corrected since it was asked.
    taking.stood = recorded.words
    taking.save(update_fields=["state", "stood", "answered_at", "answered_by"])
    undo = {What.SERVICE: _service, What.NOTICE: _notice, What.STATEMENT: _statement,
            What.SENDING: _sending}  # fmt: skip
    undo[recorded.what](duty, taking, recorded.pk)
    return taking


@transaction.atomic
def leave_as_it_is(
    taking: TakingBack, *, reason: str, by: User | None, at: datetime
) -> TakingBack:  # fmt: skip
    """Leave what somebody asked to take back as it is recorded, with why; who asked may too.

    :raises NotAllowed: if it is not this person's
    :raises DateRefused: if it was answered, or there is no reason
    """
    duty, taking = _answering(taking, by=by, at=at)
    if not (why := reason_in(reason)):
        raise DateRefused("Write why it is left as it is.")
    taking.state, taking.answer = State.LEFT, why
    taking.answered_at, taking.answered_by = at, by
    taking.save(update_fields=["state", "answer", "answered_at", "answered_by"])
    audit.record("taking_back.left", duty, by=by, at=at, taking_back=taking.pk,
                 stood=taking.stood)  # fmt: skip
    return taking


def _answering(
    taking: TakingBack, *, by: User | None, at: datetime
) -> tuple[DisclosureDuty, TakingBack]:  # fmt: skip
    """Return the locked duty and what was asked of it, where it still waits."""
    duty = locked(taking.duty)
    policies.check_can_serve(by, duty)
    taking = TakingBack.objects.select_for_update().get(pk=taking.pk)
    if taking.state != State.ASKED:
        raise DateRefused(
            f"This was answered already, {moment_words(taking.answered_at or at)}: "
            f"{taking.get_state_display().lower()}."
        )
    return duty, taking


def _is_of(taking: TakingBack, recorded: Recorded) -> bool:
    return (taking.what, getattr(taking, recorded.held_as)) == (recorded.what, recorded.pk)


def _check_nothing_rests(duty: DisclosureDuty, recorded: Recorded) -> None:
    """Refuse to take back a service on which something rests that was recorded since."""
    if recorded.what is not What.SERVICE:
        return
    serving = duty.servings.get(pk=recorded.pk)
    stated = [each.words for each in recorded_of(duty) if each.what is What.STATEMENT]
    against = why_no_service_back(
        is_first=_is_first(serving), later=duty.servings.filter(pk__gt=serving.pk).count(),
        statements=[uncapitalised(words) for words in stated],
    )  # fmt: skip
    if against:
        raise DateRefused(against)


def _is_first(serving: Serving) -> bool:
    return serving.kind != Serving.Kind.CONTINUING


def _service(duty: DisclosureDuty, taking: TakingBack, pk: int) -> None:
    serving = Serving.objects.select_for_update().get(pk=pk)
    is_first, at = _is_first(serving), _answered_at(taking)
    serving.taken_back_at = at
    serving.save(update_fields=["taken_back_at"])
    name = SERVICE_WAS_TAKEN_BACK if is_first else "disclosure.later_service_taken_back"
    _record(name, duty, taking, serving=serving.pk, items=serving.items_total)
    _keep(duty, SERVICE_TAKEN_BACK, serving.served_on, taking)
    if serving.court_told_on:
        _keep(duty, NOTICE_TAKEN_BACK, serving.court_told_on, taking)
    if is_first:
        duty.served_at = None
        duty.save(update_fields=["served_at"])
        move(duty, DutyEvent.TAKE_SERVICE_BACK, by=taking.answered_by, at=at)
        _let_what_came_wait(duty, taking)
    _reckon(duty, "A service was taken back", taking)
    if is_first and is_judged(duty, at):
        # While it counted as served, what a court ordered did not move its day.
        judge_anew(duty, taking.reason, recorded_by=(), by=taking.answered_by, at=at)


def _let_what_came_wait(duty: DisclosureDuty, taking: TakingBack) -> None:
    """Let an approved duty go back to where what came or was decided since the approval has it."""
    of_case = Delivery.objects.filter(case=duty.case_id)
    came = of_case.filter(state=Delivery.State.RECEIVED)
    back = PoliceReturn.objects.filter(
        WAITING_RETURN, delivery__case=duty.case_id, sent_at__gt=duty.approved_at or duty.moved_at
    )
    items = standings_of(duty)
    if not (unsettled(items) or unapproved(items) or came.exists() or back.exists()):
        return
    by, at = taking.answered_by, _answered_at(taking)
    move(duty, DutyEvent.RECEIVE, by=by, at=at)
    move_by_triage(duty, by=by, at=at)


def _notice(duty: DisclosureDuty, taking: TakingBack, pk: int) -> None:
    serving = Serving.objects.select_for_update().get(pk=pk)
    told_at, told_on = serving.court_told_at, serving.court_told_on
    _record("court.notice_taken_back", duty, taking, serving=serving.pk, before=told_at,
            told_by=serving.court_told_by_id)  # fmt: skip
    if told_on is not None:
        _keep(duty, NOTICE_TAKEN_BACK, told_on, taking)
    serving.court_told_at = serving.court_told_on = serving.court_told_by = None
    serving.save(update_fields=["court_told_at", "court_told_on", "court_told_by"])
    if _is_first(serving) and duty.stands is DutyState.COURT_TOLD:
        move(duty, DutyEvent.TAKE_BACK, by=taking.answered_by, at=_answered_at(taking))


def _statement(duty: DisclosureDuty, taking: TakingBack, pk: int) -> None:
    statement = DefenceStatement.objects.select_for_update().get(pk=pk)
    by, at = taking.answered_by, _answered_at(taking)
    statement.taken_back_at = at
    statement.save(update_fields=["taken_back_at"])
    _record("statement.taken_back", duty, taking, statement=statement.pk)
    if statement.received_on:
        _keep(duty, STATEMENT_TAKEN_BACK, statement.received_on, taking)
    else:
        _keep(duty, NONE_CAME_TAKEN_BACK, clock.day_of(statement.recorded_at), taking)
    if duty.stands is not DutyState.SERVED:
        move(duty, DutyEvent.TAKE_BACK, by=by, at=at)
        go_on(duty, by=by, at=at)
    _reckon(duty, "A defence statement was taken back", taking)


def _sending(duty: DisclosureDuty, taking: TakingBack, pk: int) -> None:
    sending = AnswersSending.objects.select_for_update().get(pk=pk)
    sending.taken_back_at = _answered_at(taking)
    sending.save(update_fields=["taken_back_at"])
    _record("answers.taken_back", duty, taking, sending=sending.pk)


def _answered_at(taking: TakingBack) -> datetime:
    return taking.answered_at or clock.now()


def _record(name: str, duty: DisclosureDuty, taking: TakingBack, **more: Any) -> None:
    audit.record(name, duty, by=taking.answered_by, at=_answered_at(taking), taking_back=taking.pk,
                 stood=taking.stood, asked_by=taking.asked_by_id, **more)  # fmt: skip


def _keep(duty: DisclosureDuty, title: str, day: date, taking: TakingBack) -> None:
    DateChange.objects.create(
        duty=duty, title=title, old_day=day, new_day=None, reason=taking.reason,
        changed_at=_answered_at(taking), changed_by=taking.answered_by,
    )  # fmt: skip


def _reckon(duty: DisclosureDuty, what: str, taking: TakingBack) -> None:
    why = f"{what}: {taking.reason}"[:300]
    reckon(duty, why, by=taking.answered_by, at=_answered_at(taking))
