"""Holds back what waits to go once it may not: nothing unsafe, unapproved or unneeded goes out."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters.models import DeliveryEvent, Dispatch, Letter
from forthright.letters.selectors.holding import why_it_may_not_go
from forthright.letters.selectors.sending import dispatches_of
from forthright.rules.words import local

S = Dispatch.State


@transaction.atomic
def held_back(dispatch: Dispatch, *, by: User | None, at: datetime) -> bool:
    """Hold a dispatch back where something stands against it now; say whether that was so."""
    dispatch = Dispatch.objects.select_for_update().get(pk=dispatch.pk)
    if dispatch.state != S.ASKED:
        return dispatch.state == S.CANCELLED
    why = why_it_may_not_go(dispatch, local(at).date())
    if why:
        _hold(dispatch, why, by=by, at=at)
    return bool(why)


def hold_back_waiting(letter: Letter, why: str, *, by: User | None, at: datetime) -> None:
    """Hold back what waits to go of a letter that was returned or changed."""
    for dispatch in dispatches_of(letter).filter(state=S.ASKED):
        _hold(dispatch, why, by=by, at=at)


def _hold(dispatch: Dispatch, why: str, *, by: User | None, at: datetime) -> None:
    dispatch.state = S.CANCELLED
    dispatch.save(update_fields=["state"])
    event = DeliveryEvent.objects.create(
        dispatch=dispatch, kind=S.CANCELLED, happened_at=at, detail=f"Held back. {why}"[:500],
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    audit.record(
        "letter.dispatch_held_back", event, by=by, at=at, area=dispatch.area,
        dispatch=dispatch.pk, duty=dispatch.duty_id, why=why,
    )  # fmt: skip
