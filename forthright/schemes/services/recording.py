"""Records what was done about one letter: its stages, that it is not required, or open again."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Role, User
from forthright.audit import services as audit
from forthright.rules.states import LetterEvent, LetterState, move_letter
from forthright.rules.words import list_words
from forthright.rules.written import reason_in
from forthright.schemes import policies
from forthright.schemes.models import Duty
from forthright.schemes.selectors import facts
from forthright.schemes.selectors.area_clock import calendar_of
from forthright.schemes.services.handing_over import NAMED
from forthright.schemes.services.judging import judge
from forthright.schemes.services.stage_times import FIELDS, STAGES, check_times
from forthright.web.meanwhile import ChangedMeanwhile, by_whom, check_unchanged

EVENTS = {
    "drafted": LetterEvent.DRAFT,
    "approved": LetterEvent.APPROVE,
    "sent": LetterEvent.SEND,
    "reached": LetterEvent.REACH,
}
DRAFTERS = (Role.VICTIM_LIAISON_OFFICER, Role.PROSECUTOR, Role.LEGAL_SPOC)
NOT_REQUIRED_FIELDS = ["state", "not_required_reason", "not_required_at", "not_required_by"]


class ReasonNeeded(ValueError):
    """A change that must say why did not."""


@dataclass(frozen=True, kw_only=True)
class StageAnswer:
    """What a page says of a step: when it happened, or that it did not, and what it was shown."""

    happened_at: datetime | None
    reason: str
    # The stamp of what the page showed.
    opened: str


@transaction.atomic
def answer_stage(
    duty: Duty, stage: str, answer: StageAnswer, *, by: User | None, at: datetime
) -> Duty:
    """Record a step, correct it or take it back, if it still stands as the page showed it.

    :raises ChangedMeanwhile: if somebody recorded or took it back since the page was opened
    """
    duty = _locked(duty)
    policies.check_can_record(by, duty)
    if answer.opened != (stands := facts.stage_stamp(duty, stage)):
        raise ChangedMeanwhile(facts.stage_now(duty, stage), stands=stands)
    if answer.happened_at is None:
        return clear_stage(duty, stage, reason=answer.reason, by=by, at=at)
    return record_stage(duty, stage, answer.happened_at, reason=answer.reason, by=by, at=at)


@transaction.atomic
def record_stage(
    duty: Duty,
    stage: str,
    happened_at: datetime,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> Duty:
    """Record when a stage of a letter happened, or correct it with a reason.

    A letter of which only the sending is known is recorded so, with the reason;
    the steps before it stay "not recorded".

    :raises NotAllowed: if this letter is not this person's to record, or is approved by its drafter
    :raises MoveNotAllowed: if the letter has not come so far
    :raises TimeRefused: if the time clashes with another or lies in the future
    :raises ReasonNeeded: if a recorded time is changed, or steps left out, without saying why
    """
    duty = _locked(duty)
    policies.check_can_record_stage(by, duty, stage)
    before = getattr(duty, f"{stage}_at")
    missing = steps_missing(duty, stage)
    if not missing and before is None:
        _check_has_come_so_far(duty, stage)
    if not reason_in(reason) and (missing or before):
        raise ReasonNeeded(
            f"It is not recorded that the letter was {list_words(missing)}. Record that first, "
            "or say why it is not known."
            if missing
            else "This time was recorded before. Say why you are changing it."
        )
    setattr(duty, f"{stage}_at", happened_at)
    check_times(duty, at=at)
    if stage == "drafted" and _drafted_it(by, duty):
        duty.drafter = by
    _save_judged(duty)
    detail = {"was": before, "reason": reason_in(reason)} if before else {}
    if missing:
        detail = {"not_recorded": list(missing), "reason": reason_in(reason)}
    name = f"letter.{stage}_corrected" if before else f"letter.{stage}"
    audit.record(name, duty, by=by, at=at, happened_at=happened_at, **detail)
    return duty


@transaction.atomic
def clear_stage(
    duty: Duty,
    stage: str,
    *,
    reason: str,
    by: User | None,
    at: datetime,
    came_back: bool = False,
) -> Duty:
    """Take back a stage that was recorded by mistake, or because the letter `came_back`.

    How long others had a letter that came back is kept, so that its drafter is not charged with it;
    and how long one was out that did not arrive, so that nobody is.

    :raises NotAllowed: if this letter is not this person's to record
    :raises ReasonNeeded: if no reason is given
    """
    duty = _locked(duty)
    policies.check_can_record(by, duty)
    if not reason_in(reason):
        raise ReasonNeeded("Say why this time is taken back.")
    before = getattr(duty, f"{stage}_at")
    setattr(duty, f"{stage}_at", None)
    if came_back and before is not None:
        _keep_turn(duty, stage, before, at)
    _save_judged(duty)
    audit.record(
        f"letter.{stage}_cleared", duty, by=by, at=at, was=before, reason=reason_in(reason)
    )
    return duty


@transaction.atomic
def mark_not_required(duty: Duty, reason: str, *, by: User | None, at: datetime) -> Duty:
    """End a letter that need not be sent, with the reason.

    :raises NotAllowed: if this person may not decide that
    :raises MoveNotAllowed: if the letter was sent already
    :raises ReasonNeeded: if no reason is given
    """
    duty = _locked(duty)
    policies.check_can_say_not_required(by, duty)
    move_letter(letter_state_of(duty), LetterEvent.NOT_REQUIRE)
    if not reason_in(reason):
        raise ReasonNeeded("Say why no letter is required.")
    duty.state, duty.late_stage = Duty.State.NOT_REQUIRED, ""
    duty.not_required_reason = reason_in(reason)
    duty.not_required_at, duty.not_required_by = at, by
    duty.save(update_fields=[*NOT_REQUIRED_FIELDS, "late_stage"])
    audit.record("letter.not_required", duty, by=by, at=at)
    return duty


@transaction.atomic
def reopen(duty: Duty, reason: str, *, by: User | None, at: datetime) -> Duty:
    """Open a letter again that was said not to be required.

    How long it was not required is kept, so that nobody is charged with it.

    :raises NotAllowed: if this person may not decide that
    :raises MoveNotAllowed: if the letter is not closed as not required
    :raises ReasonNeeded: if no reason is given
    """
    duty = _locked(duty)
    policies.check_can_say_not_required(by, duty)
    move_letter(letter_state_of(duty), LetterEvent.REOPEN)
    if not reason_in(reason):
        raise ReasonNeeded("Say why the letter is required after all.")
    ended = duty.not_required_at or at
    duty.reopened = [*duty.reopened, [ended.isoformat(), at.isoformat()]]
    duty.state = Duty.State.OPEN
    duty.not_required_reason = ""
    duty.not_required_at = duty.not_required_by = None
    judge(duty, measure=duty.rule_set.measure, calendar=calendar_of(duty.area))
    duty.save(update_fields=[*NOT_REQUIRED_FIELDS, "late_stage", "reopened"])
    audit.record("letter.reopened", duty, by=by, at=at, reason=reason_in(reason))
    return duty


@transaction.atomic
def name_drafter(
    duty: Duty, drafter: User, *, by: User | None, at: datetime, opened: str | None = None
) -> Duty:
    """Say who drafted a letter.

    `opened` is the stamp of what the page showed; without one, nothing is asked.

    :raises NotAllowed: if this letter is not this person's to record
    :raises ChangedMeanwhile: if somebody named another since the page was opened
    """
    duty = _locked(duty)
    policies.check_can_record(by, duty)
    check_unchanged(opened, facts.drafter_stamp(duty), by_whom(duty, *NAMED))
    before = duty.drafter_id
    duty.drafter, duty.drafter_name = drafter, drafter.full_name
    duty.save(update_fields=["drafter", "drafter_name"])
    audit.record("letter.drafter_named", duty, by=by, at=at, was=before, now=drafter.pk)
    return duty


def steps_missing(duty: Duty, stage: str) -> list[str]:
    """Return the steps that must come before a letter is sent and are not recorded."""
    if stage != "sent" or duty.sent_at or duty.reached_at or duty.state == Duty.State.NOT_REQUIRED:
        return []
    if duty.approved_at:
        return []
    return [step for step in ("drafted", "approved") if not getattr(duty, f"{step}_at")]


def letter_state_of(duty: Duty) -> LetterState:
    """Return how far a letter has come by what is recorded of it."""
    if duty.state == Duty.State.NOT_REQUIRED:
        return LetterState.NOT_REQUIRED
    for stage in ("reached", "sent", "approved", "drafted"):
        if getattr(duty, f"{stage}_at"):
            return LetterState(stage.upper())
    return LetterState.OPEN


def _drafted_it(by: User | None, duty: Duty) -> bool:
    """Return whether whoever records a draft wrote it: a manager may only be noting it."""
    unnamed = duty.drafter_id is None and not duty.drafter_name
    return unnamed and by is not None and by.role in DRAFTERS


def _check_has_come_so_far(duty: Duty, stage: str) -> None:
    """Refuse a step too soon; a gap before a later step may always be filled."""
    stages = list(STAGES)
    later = stages[stages.index(stage) + 1 :]
    if duty.state != Duty.State.NOT_REQUIRED and any(getattr(duty, f"{s}_at") for s in later):
        return
    if stage in EVENTS or duty.state == Duty.State.NOT_REQUIRED:
        move_letter(letter_state_of(duty), EVENTS.get(stage, LetterEvent.DRAFT))


def _locked(duty: Duty) -> Duty:
    rows = Duty.objects.select_related("rule_set", "area").select_for_update(of=("self",))
    return rows.get(pk=duty.pk)


def _keep_turn(duty: Duty, stage: str, before: datetime, at: datetime) -> None:
    """Keep when a letter that came back had been handed over and approved, or had gone."""
    if stage == "drafted":
        approved = duty.approved_at.isoformat() if duty.approved_at else None
        duty.came_back = [*duty.came_back, [before.isoformat(), at.isoformat(), approved]]
    if stage == "sent":
        duty.in_post = [*duty.in_post, [before.isoformat(), at.isoformat()]]
    duty.save(update_fields=["came_back", "in_post"])


def _save_judged(duty: Duty) -> None:
    judge(duty, measure=duty.rule_set.measure, calendar=calendar_of(duty.area))
    duty.save(update_fields=[*FIELDS, "state", "late_stage", "drafter"])
