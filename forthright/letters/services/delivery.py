"""Writes down what became of a dispatch; a letter that did not arrive is owed again."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters import policies
from forthright.letters.models import DeliveryEvent, Dispatch, Letter
from forthright.letters.services.steps import clear_step, record_step

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
    letter = Letter.objects.select_related("duty").get(pk=dispatch.version.letter_id)
    steps = letter.steps
    if dispatch.state in (S.SENT, S.DELIVERED) and steps.sent_at is None:
        sent_at = dispatch.sent_at or happened_at
        sent_at = max(sent_at, steps.approved_at or sent_at)
        record_step(letter, "sent", sent_at, by=by, at=at)
        steps.refresh_from_db()
    if dispatch.state == S.DELIVERED and steps.reached_at is None:
        record_step(letter, "reached", max(happened_at, steps.sent_at or at), by=by, at=at)
    if dispatch.state in (S.FAILED, S.RETURNED):
        why = f"The letter did not arrive: {S(dispatch.state).label.lower()}."
        for step in ("reached", "sent"):
            clear_step(letter, step, reason=why, by=by, at=at, came_back=True)
