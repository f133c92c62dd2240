"""Who may do what about a duty to disclose, and why not yet."""

from collections.abc import Collection
from datetime import date, datetime

from django.db.models.functions import Coalesce

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission, is_allowed, within_reach
from forthright.disclosure.models import (
    Approval,
    Delivery,
    DisclosureDuty,
    Endorsement,
    Item,
    PoliceReturn,
    Serving,
    SetAside,
)
from forthright.rules.disclosure_duty import DUTY, SERVED_OR_LATER, DutyEvent, DutyState
from forthright.rules.states import MoveNotAllowed, move
from forthright.rules.words import day_words, moment_words
from forthright.web import clock

ENDORSABLE = frozenset({DutyState.REVIEWING, DutyState.ENDORSED, DutyState.APPROVED,
                        *SERVED_OR_LATER} - {DutyState.CLOSED})  # fmt: skip

BRING_AGAIN = (
    "Otherwise, to have it mended, bring the same files in again on the page of the duty, and "
    "return that delivery to the police without taking it in. It counts as a delivery of its own "
    "that went back."
)
NOT_LOOKED_THROUGH = (
    "Schedules came that nobody has looked through yet, so what they list cannot be endorsed. Open "
    "their delivery on the page of the duty, and decide there whether they are adequate."
)

PRESS_THEM = (
    " Press them; or accept what they answer, or take the return back, from what went back to them "
    "on the page of the duty."
)
TAKE_IN_FIRST = (
    " They handed in what waits to be taken in: open it from the page of the duty, take it in and "
    "say whether it is adequate."
)


def check_reaches(
    user: User | None, permission: Permission, thing: DisclosureDuty | Delivery
) -> None:
    """Refuse what is out of reach; None stands for what the product does by itself.

    :raises NotAllowed: with whom to ask
    """
    if user is None:
        return
    check_has_permission(user, permission)
    rows = type(thing)._default_manager.filter(pk=thing.pk)
    if not within_reach(user, permission, rows, liaison_reaches_all=False).exists():
        raise NotAllowed(
            f"You may not {permission.value} of another unit. Ask somebody in the unit that "
            "holds the case."
        )


def check_can_bring(user: User | None, thing: DisclosureDuty | Delivery) -> None:
    """Refuse schedules of a case that is not this person's to prepare."""
    check_reaches(user, Permission.SCHEDULE_BRING, thing)


def check_can_triage(user: User | None, delivery: Delivery) -> None:
    """Refuse a second look at a delivery, or one before it was taken in."""
    if delivery.state == Delivery.State.CHECKED:
        check_can_bring(user, delivery)
        raise NotAllowed("Take this delivery in first; then decide whether it is adequate.")
    check_can_return(user, delivery)


def check_can_return(user: User | None, delivery: Delivery) -> None:
    """Refuse to return to the police what was decided on already.

    What was not taken in may go back too: what cannot be read is never taken in.
    """
    check_can_bring(user, delivery)
    if delivery.state == Delivery.State.ADEQUATE:
        raise NotAllowed(
            "This delivery is adequate already. Where that was a mistake, take it back on its "
            f"page, on the day on which it was found so. {BRING_AGAIN}"
        )
    if delivery.state == Delivery.State.REPLACED:
        raise NotAllowed(
            "The police replaced this before it was taken in. Decide on what they handed in since, "
            "which its page names."
        )
    if delivery.state not in {Delivery.State.CHECKED, Delivery.State.RECEIVED}:
        raise NotAllowed(
            f"This delivery is {delivery.get_state_display().lower()} already. A new version of "
            "the schedules is taken in as a delivery of its own."
        )


def check_can_take_adequate_back(user: User | None, delivery: Delivery, today: date) -> None:
    """Refuse to take back that a delivery is adequate once anything rests on it.

    No figure is counted of the day that is running, so on that day none changes by it.

    :raises NotAllowed: with the reason, and the way on
    """
    check_can_bring(user, delivery)
    if delivery.state != Delivery.State.ADEQUATE or delivery.triaged_at is None:
        raise NotAllowed("This delivery was not found adequate, so there is nothing to take back.")
    if delivery.police_returns.filter(accepted_at__isnull=False).exists():
        raise NotAllowed(
            "It is adequate because what the police answered to a return was accepted, and that "
            f"stays. {BRING_AGAIN}"
        )
    found_on = clock.day_of(delivery.triaged_at)
    if found_on != today:
        raise NotAllowed(
            f"It was found adequate on {day_words(found_on)}, and figures may count it so since. "
            f"That can be taken back on the same day only. {BRING_AGAIN}"
        )
    if Delivery.objects.filter(case=delivery.case_id, received_at__gt=delivery.triaged_at).exists():
        raise NotAllowed("Another version was taken in since, so this one stays as it was decided.")
    if _is_decided_since(delivery, delivery.triaged_at):
        raise NotAllowed(
            "Something was decided of its items, or served, since it was found adequate, so that "
            f"stays. {BRING_AGAIN}"
        )


def _is_decided_since(delivery: Delivery, moment: datetime) -> bool:
    """Say whether anybody decided an item of a delivery, approved or served, since a moment."""
    things = Item.objects.filter(schedule__delivery=delivery).values(thing=Coalesce("root", "pk"))
    of_item = {"duty__case": delivery.case_id, "item__in": things, "made_at__gte": moment}
    return (
        Endorsement.objects.filter(is_hold=False, **of_item).exists()
        or SetAside.objects.filter(**of_item).exists()
        or Approval.objects.filter(duty__case=delivery.case_id, made_at__gte=moment).exists()
        or Serving.objects.filter(
            # A service is written down by the minute.
            duty__case=delivery.case_id,
            served_at__gte=moment.replace(second=0, microsecond=0),
        ).exists()
    )


def check_can_take_back(user: User | None, returned: PoliceReturn) -> None:
    """Refuse to take a return back twice, or once the police mended it or handed something in.

    :raises NotAllowed: with the reason
    """
    check_can_bring(user, returned.delivery)
    _check_stands(returned)
    _check_nothing_came(returned)


def check_can_accept(user: User | None, returned: PoliceReturn) -> None:
    """Refuse to accept an answer that did not come, or to a return that is settled otherwise.

    :raises NotAllowed: with the reason
    """
    check_can_bring(user, returned.delivery)
    _check_reads_the_answer(user, returned)
    _check_stands(returned)
    _check_nothing_came(returned)
    if returned.answered_at is None:
        raise NotAllowed("The police have not answered this return, so there is nothing to accept.")
    if returned.delivery.received_at is None:
        raise NotAllowed(
            "This went back before it was taken in, so no schedule of it can stand. Have a new "
            "version handed in; or take the return back, if it was a mistake, and take it in."
        )


def _check_reads_the_answer(user: User | None, returned: PoliceReturn) -> None:
    """Refuse to decide on an answer to whoever does not read it."""
    if user is None:
        return
    rows = Delivery.objects.filter(pk=returned.delivery_id)
    if not within_reach(user, Permission.SENSITIVE_SEE, rows, liaison_reaches_all=False).exists():
        raise NotAllowed(
            "What the police answered is for the lawyers of the unit to read, so one of them "
            "decides whether it is right. Ask them to look at it."
        )


def _check_nothing_came(returned: PoliceReturn) -> None:
    if returned.mended_by_id is not None:
        raise NotAllowed("A new version came in its place already, so this return stays as it was.")
    # What was taken in and mends nothing of it leaves it as it was.
    if Delivery.objects.filter(answers=returned, state=Delivery.State.CHECKED).exists():
        raise NotAllowed(
            "The police handed a new version in already. Decide on that; the return stays as it "
            "was."
        )


def check_can_hold_back(user: User | None, delivery: Delivery) -> None:
    """Refuse to hold words back to who may neither take schedules in nor endorse in the unit.

    It may be done at any time: what should not be read is not read from that moment.
    """
    if user is None or not is_allowed(check_reaches, user, Permission.ITEM_ENDORSE, delivery):
        check_can_bring(user, delivery)


def check_can_endorse(user: User | None, duty: DisclosureDuty, item: Item | None = None) -> None:
    """Refuse to endorse in another unit, at the wrong time, or a sensitive item unseen.

    :raises NotAllowed: with the reason
    """
    check_reaches(user, Permission.ITEM_ENDORSE, duty)
    if duty.stands is DutyState.RECEIVED:
        raise NotAllowed(NOT_LOOKED_THROUGH)
    if duty.stands not in ENDORSABLE:
        raise NotAllowed(
            f"This duty is {DUTY.state_words[duty.stands]}, so its items cannot be endorsed."
            f"{_way_on(duty) if duty.stands is DutyState.RETURNED else ''}"
        )
    if item is not None and item.schedule.is_sensitive:
        check_reaches(user, Permission.SENSITIVE_SEE, duty)


def _way_on(duty: DisclosureDuty) -> str:
    """Say what to do while a schedule is back with the police: take in what they handed in."""
    came = Delivery.objects.filter(
        case=duty.case_id, state=Delivery.State.CHECKED, answers__isnull=False
    )
    return TAKE_IN_FIRST if came.exists() else PRESS_THEM


def check_can_approve(
    user: User | None, duty: DisclosureDuty, endorsed_by: Collection[int | None]
) -> None:
    """Refuse approval by somebody who endorsed an item, or too early.

    :raises NotAllowed: with the reason
    """
    check_reaches(user, Permission.DISCLOSURE_APPROVE, duty)
    check_move(duty, DutyEvent.APPROVE)
    if user is not None and user.pk in endorsed_by:
        raise NotAllowed(
            "You endorsed items of this duty, so somebody else approves it. A second person sees "
            "what the first no longer sees."
        )


def check_can_approve_later(
    user: User | None, duty: DisclosureDuty, decided_by: Collection[int | None] | None
) -> None:
    """Refuse to approve what was decided after the first service by somebody who decided it.

    :param decided_by: who decided what waits for a second person; None where nothing waits
    :raises NotAllowed: with the reason
    """
    check_reaches(user, Permission.DISCLOSURE_APPROVE, duty)
    if duty.stands not in SERVED_OR_LATER - {DutyState.CLOSED} or decided_by is None:
        raise NotAllowed("Nothing of this duty waits for a second person.")
    if user is not None and user.pk in decided_by:
        raise NotAllowed(
            "You decided on some of these items, so somebody else approves them. A second person "
            "sees what the first no longer sees."
        )


def check_can_send_back(user: User | None, duty: DisclosureDuty) -> None:
    """Refuse to send back what waits for no approval."""
    check_reaches(user, Permission.DISCLOSURE_APPROVE, duty)
    check_move(duty, DutyEvent.OPEN_AGAIN)


def check_can_serve(user: User | None, duty: DisclosureDuty) -> None:
    """Refuse to serve, or to record what followed, in another unit."""
    check_reaches(user, Permission.DISCLOSURE_SERVE, duty)


def check_can_record_told(user: User | None, duty: DisclosureDuty) -> None:
    """Refuse to record that an answer went that tells of sensitive material, unread by them."""
    check_can_serve(user, duty)
    check_reaches(user, Permission.SENSITIVE_SEE, duty)


def check_can_look_again(user: User | None, duty: DisclosureDuty) -> None:
    """Refuse to look again at what was not disclosed in another unit, or at the wrong time."""
    check_can_endorse(user, duty)
    check_reaches(user, Permission.SENSITIVE_SEE, duty)


def check_can_place(user: User | None, duty: DisclosureDuty) -> None:
    """Refuse to say what an entry of the officer's report is about, to any but its lawyers."""
    check_can_manage(user, duty)


def check_can_manage(user: User | None, duty: DisclosureDuty) -> None:
    """Refuse the disclosure management document in another unit, or once the duty is closed."""
    check_reaches(user, Permission.ITEM_ENDORSE, duty)
    check_reaches(user, Permission.SENSITIVE_SEE, duty)
    if duty.stands is DutyState.CLOSED:
        raise NotAllowed("This duty is closed, so nothing more is written about it.")


def check_can_answer(user: User, returned: PoliceReturn) -> None:
    """Refuse an answer from another unit of the police, or a second one.

    :raises NotAllowed: with the reason
    """
    _check_is_theirs(user, returned)
    _check_stands(returned)
    if returned.answered_at is not None:
        raise NotAllowed("This was answered already. Hand the new schedules in as files.")


def check_can_hand_in(user: User, returned: PoliceReturn) -> None:
    """Refuse a new version from another unit of the police, or of what is mended.

    :raises NotAllowed: with the reason
    """
    _check_is_theirs(user, returned)
    _check_stands(returned)
    if returned.mended_by_id is not None:
        raise NotAllowed(
            "A new version was taken in already, or came back. What is wrong with it is asked anew."
        )


def _check_stands(returned: PoliceReturn) -> None:
    if returned.accepted_at is not None:
        raise NotAllowed(
            f"What the police answered was accepted {moment_words(returned.accepted_at)}, so the "
            "schedules stand as they came and nothing more is asked by this return."
        )
    if returned.taken_back_at is None:
        return
    by = f" by {returned.taken_back_by}" if returned.taken_back_by else ""
    raise NotAllowed(
        f"This return was taken back as a mistake {moment_words(returned.taken_back_at)}{by}, and "
        f"nothing more is asked by it. Why: {returned.taken_back_reason}"
    )


def _check_is_theirs(user: User, returned: PoliceReturn) -> None:
    check_has_permission(user, Permission.RETURN_ANSWER)
    if returned.unit_id != user.unit_id:
        raise NotAllowed("This was returned to another unit.")


def check_move(duty: DisclosureDuty, event: DutyEvent) -> None:
    """Refuse an act that cannot happen in the state of the duty.

    :raises NotAllowed: with what may happen instead
    """
    try:
        move(DUTY, duty.stands, event)
    except MoveNotAllowed as refusal:
        raise NotAllowed(str(refusal)) from None
