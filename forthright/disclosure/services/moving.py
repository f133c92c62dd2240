"""Locks a duty and moves it; nothing else changes its state."""

from datetime import datetime

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import WAITING_RETURN, Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.selectors.standings import live_lists, standings_of
from forthright.rules.disclosure_duty import DutyEvent, DutyState, move_duty, state_after_endorsing


def locked(duty: DisclosureDuty) -> DisclosureDuty:
    """Return a duty that nobody else changes until the transaction ends."""
    DisclosureDuty.objects.select_for_update().get(pk=duty.pk)
    return DisclosureDuty.objects.select_related("area", "case", "defendant").get(pk=duty.pk)


def locked_of_case(case_id: int) -> list[DisclosureDuty]:
    """Return the duties of a case, each locked, in one order for everybody."""
    found = DisclosureDuty.objects.select_for_update().filter(case=case_id).order_by("pk")
    return list(found)


def move(duty: DisclosureDuty, event: DutyEvent, *, by: User | None, at: datetime) -> None:
    """Move a locked duty by an event.

    :raises NotAllowed: if the event cannot happen in its state
    """
    policies.check_move(duty, event)
    set_state(duty, move_duty(duty.stands, event), by=by, at=at)


def move_by_items(duty: DisclosureDuty, *, by: User | None, at: datetime) -> None:
    """Move a locked duty by what now stands against its items."""
    items = standings_of(duty)
    lists_nothing = not items and live_lists(duty.case_id).exists()
    state = state_after_endorsing(duty.stands, items, lists_nothing=lists_nothing)
    set_state(duty, state, by=by, at=at)


def move_by_triage(duty: DisclosureDuty, *, by: User | None, at: datetime) -> None:
    """Move a locked duty whose schedules wait to be looked through, once all of them were."""
    if duty.stands is not DutyState.RECEIVED:
        return
    came = Delivery.objects.filter(case=duty.case_id)
    if came.filter(state=Delivery.State.RECEIVED).exists():
        return
    is_back = PoliceReturn.objects.filter(WAITING_RETURN, delivery__case=duty.case_id).exists()
    move(duty, DutyEvent.RETURN if is_back else DutyEvent.ACCEPT, by=by, at=at)
    if not is_back:
        move_by_items(duty, by=by, at=at)


def set_state(duty: DisclosureDuty, state: DutyState, *, by: User | None, at: datetime) -> None:
    """Keep the state of a duty and its moment; an approval that was opened again is gone."""
    before = duty.state
    if before == state:
        return
    duty.state, duty.moved_at = state.value, at
    if before == DutyState.APPROVED and state in {DutyState.ENDORSED, DutyState.REVIEWING,
                                                  DutyState.RECEIVED}:  # fmt: skip
        duty.approved_at = duty.approved_by = None
    duty.save(update_fields=["state", "moved_at", "approved_at", "approved_by"])
    audit.record("disclosure.moved", duty, by=by, at=at, before=before, after=state.value)
