"""Writes down what became of a dispatch; a letter that did not arrive is owed again."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters import policies
from forthright.letters.models import DeliveryEvent, Dispatch
from forthright.schemes.models import Duty
from forthright.schemes.services import clear_stage, record_stage

S = Dispatch.State
# What may become known of a dispatch in each state.
NEXT = {
    S.ASKED: {S.SENDING, S.SENT, S.FAILED},
    S.SENDING: {S.ASKED, S.SENT, S.FAILED, S.UNSURE},
    S.UNSURE: {S.SENT, S.FAILED, S.DELIVERED},
    S.SENT: {S.DELIVERED, S.FAILED, S.RETURNED},
    S.DELIVERED: {S.FAILED, S.RETURNED},
    S.FAILED: set(),
    S.RETURNED: set(),
    S.CANCELLED: set(),
}


class EventRefused(ValueError):
    """This cannot have become of a dispatch; the message says why."""


@transaction.atomic
def record_delivery(
    dispatch: Dispatch, kind: str, *, happened_at: datetime, detail: str, by: User, at: datetime
) -> Dispatch:
    """Write down by hand what became of a dispatch.

    :raises NotAllowed: if this letter is not this person's to send
    :raises EventRefused: if that cannot be, or lies in the future
    """
    policies.check_can_send(by, dispatch.duty)
    if happened_at > at:
        raise EventRefused("That has not come yet. Check the day.")
    return note_event(dispatch, kind, happened_at=happened_at, by=by, at=at, detail=detail)


@transaction.atomic
def note_event(
    dispatch: Dispatch, kind: str, *, happened_at: datetime, by: User | None, at: datetime,
    detail: str = "",
) -> Dispatch:  # fmt: skip
    """Add what became known and let the letter follow: sent, reached, or owed again.

    :raises EventRefused: if that cannot follow on what is known
    """
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if kind not in NEXT[S(dispatch.state)]:
        raise EventRefused(
            f"This dispatch is “{dispatch.get_state_display().lower()}”, so it cannot become "
            f"“{S(kind).label.lower()}”."
        )
    dispatch.state = kind
    if kind == S.SENT:
        dispatch.sent_at = happened_at
    dispatch.save(update_fields=["state", "sent_at", "notify_id"])
    event = DeliveryEvent.objects.create(
        dispatch=dispatch, kind=kind, happened_at=happened_at, detail=detail.strip()[:500],
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    audit.record(
        f"letter.dispatch_{S(kind).name.lower()}", event, by=by, at=at, area=dispatch.area,
        dispatch=dispatch.pk, duty=dispatch.duty_id, happened_at=happened_at,
    )  # fmt: skip
    _let_letter_follow(dispatch, happened_at, by=by, at=at)
    return dispatch


def _let_letter_follow(
    dispatch: Dispatch, happened_at: datetime, *, by: User | None, at: datetime
) -> None:
    duty = Duty.objects.get(pk=dispatch.duty_id)
    if dispatch.state in (S.SENT, S.DELIVERED) and duty.sent_at is None:
        sent_at = dispatch.sent_at or happened_at
        duty = record_stage(duty, "sent", max(sent_at, duty.approved_at or sent_at), by=by, at=at)
    if dispatch.state == S.DELIVERED and duty.reached_at is None:
        record_stage(duty, "reached", max(happened_at, duty.sent_at or at), by=by, at=at)
    if dispatch.state in (S.FAILED, S.RETURNED):
        why = f"The letter did not arrive: {S(dispatch.state).label.lower()}."
        for stage in ("reached", "sent"):
            if getattr(duty, f"{stage}_at"):
                duty = clear_stage(duty, stage, reason=why, by=by, at=at)
