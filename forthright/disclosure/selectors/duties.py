"""The duties, deliveries and returns that a person may see."""

from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, within_reach
from forthright.cases.models import Case, Defendant
from forthright.disclosure.models import (
    WAITING_RETURN,
    DeliveredFile,
    Delivery,
    DisclosureDuty,
    Item,
    PoliceReturn,
)
from forthright.disclosure.selectors.after_service import left_after_service, to_confirm
from forthright.disclosure.selectors.answered import is_late_or_answered
from forthright.disclosure.selectors.closed_since import has_new_since_closed
from forthright.disclosure.selectors.over import is_asked_still
from forthright.disclosure.selectors.promises import waits_for_look_into
from forthright.rules.disclosure_duty import BEFORE_SERVING, DutyState

# Served, and what is still to be done at once.
SOON_DAYS = 7


def duties_visible_to(user: User) -> "QuerySet[DisclosureDuty]":
    """Return the duties that this person may see."""
    rows = DisclosureDuty.objects.select_related("case", "defendant", "unit")
    return within_reach(user, Permission.DISCLOSURE_SEE, rows, liaison_reaches_all=False)


def duty_for(user: User, duty_id: int) -> DisclosureDuty:
    """Return one duty.

    :raises Http404: if there is none, or none that this person may see
    """
    rows = duties_visible_to(user).select_related("area", "approved_by", "started_by")
    duty = rows.filter(pk=duty_id).first()
    if duty is None:
        raise Http404("No such duty")
    return duty


def may_see_sensitive(user: User, thing: DisclosureDuty | Delivery) -> bool:
    """Return whether this person may see what is sensitive in a case."""
    rows = type(thing)._default_manager.filter(pk=thing.pk)
    return within_reach(user, Permission.SENSITIVE_SEE, rows, liaison_reaches_all=False).exists()


def deliveries_visible_to(user: User) -> "QuerySet[Delivery]":
    """Return the deliveries that this person may see; a unit of the police sees none."""
    rows = Delivery.objects.select_related("case", "unit", "police_unit")
    rows = rows.prefetch_related("police_returns__unit")
    return within_reach(user, Permission.DISCLOSURE_SEE, rows, liaison_reaches_all=False)


def untaken_for(user: User) -> "QuerySet[Delivery]":
    """Return what the police handed in, or was brought in, that this person may take in."""
    rows = Delivery.objects.filter(state=Delivery.State.CHECKED)
    reach = within_reach(user, Permission.SCHEDULE_BRING, rows, liaison_reaches_all=False)
    return reach.order_by("checked_at", "pk")


def handed_in(returned: PoliceReturn) -> list[Delivery]:
    """Return what the police handed in for a return and nobody has taken in yet."""
    rows = Delivery.objects.filter(answers=returned, state=Delivery.State.CHECKED)
    rows = rows.select_related("checked_by").prefetch_related("schedules__items")
    return list(rows.order_by("pk"))


def delivery_for(user: User, delivery_id: int) -> Delivery:
    """Return one delivery.

    :raises Http404: if there is none, or none that this person may see
    """
    delivery = deliveries_visible_to(user).filter(pk=delivery_id).first()
    if delivery is None:
        raise Http404("No such delivery")
    return delivery


def delivered_file_for(user: User, delivery_id: int, position: int) -> DeliveredFile:
    """Return one file of a delivery as the police sent it.

    :raises Http404: if there is none, or this person may not see what is sensitive in the case
    """
    delivery = delivery_for(user, delivery_id)
    if not may_see_sensitive(user, delivery):
        raise Http404("No such file")
    found = delivery.kept_files.select_related("delivery__case").filter(position=position).first()
    if found is None:
        raise Http404("No such file")
    return found


def standing_return_of(delivery: Delivery) -> PoliceReturn:
    """Return the return of a delivery that stands, or else the newest that was taken back.

    :raises Http404: if it never went back
    """
    rows = PoliceReturn.objects.filter(delivery=delivery).select_related("delivery", "unit")
    returned = rows.order_by(F("taken_back_at").desc(nulls_first=True)).first()
    if returned is None:
        raise Http404("No such return")
    return returned


def item_of(delivery: Delivery, item_id: int) -> Item:
    """Return one item of a delivery.

    :raises Http404: if it has no such item
    """
    rows = Item.objects.filter(schedule__delivery=delivery).select_related("schedule__delivery")
    item = rows.filter(pk=item_id).first()
    if item is None:
        raise Http404("No such item")
    return item


def returns_waiting_for(user: User) -> "QuerySet[PoliceReturn]":
    """Return what waits for an answer of this person's unit of the police.

    Where a case ended for everybody since, nobody waits for it; it waits again where a duty is
    opened.
    """
    rows = returns_visible_to(user).filter(is_asked_still())
    return rows.filter(WAITING_RETURN, answered_at=None)


def returns_visible_to(user: User) -> "QuerySet[PoliceReturn]":
    """Return what was returned to this person's unit of the police."""
    rows = PoliceReturn.objects.select_related("delivery__case", "unit", "sent_by")
    return within_reach(user, Permission.RETURN_ANSWER, rows, liaison_reaches_all=False)


def return_for(user: User, return_id: int) -> PoliceReturn:
    """Return one thing that was returned to this person's unit of the police.

    :raises Http404: if there is none, or none that this person may see
    """
    returned = returns_visible_to(user).filter(pk=return_id).first()
    if returned is None:
        raise Http404("No such return")
    return returned


def duties_of_case(case: Case) -> "QuerySet[DisclosureDuty]":
    """Return the duties of one case, by defendant."""
    return DisclosureDuty.objects.filter(case=case).select_related("defendant").order_by("pk")


def defendants_without_duty(case: Case) -> "QuerySet[Defendant]":
    """Return the defendants of a case for whom no duty has begun."""
    begun = DisclosureDuty.objects.filter(case=case).values("defendant")
    return Defendant.objects.filter(case=case).exclude(pk__in=begun).order_by("pk")


# What a person does next, by the state of a duty and what they may do.
NEXT_STEPS: dict[Permission, tuple[DutyState, ...]] = {
    Permission.SCHEDULE_BRING: (DutyState.RECEIVED,),
    Permission.ITEM_ENDORSE: (DutyState.REVIEWING,),
    Permission.DISCLOSURE_APPROVE: (DutyState.ENDORSED,),
    Permission.DISCLOSURE_SERVE: (DutyState.APPROVED, DutyState.SERVED, DutyState.STATEMENT),
}


def states_to_act_on(user: User) -> list[str]:
    """Return the states in which a duty waits for what this person may do."""
    return [
        state.value
        for permission, states in NEXT_STEPS.items()
        if has_permission(user, permission)
        for state in states
    ]


def waiting_for(user: User, today: date) -> "QuerySet[DisclosureDuty]":
    """Return the duties that need this person now: their step, or their day has nearly come.

    So do those for which schedules came that nobody has taken in, those whose schedules are back
    with the police, who answered that they mend nothing, or let their day pass (of a closed one,
    where that was asked once the case had ended), those of which somebody else asked to take
    something back, those that are closed and to which something new came, and those, closed or not,
    of which an answer told the defence of what is sensitive. Of a unit whose duties they see and
    may not work on, none is theirs.
    """
    open_states = [state.value for state in BEFORE_SERVING]
    soon = Q(state__in=open_states, serve_by__lte=today + timedelta(days=SOON_DAYS))
    untaken = Delivery.objects.filter(case=OuterRef("case"), state=Delivery.State.CHECKED)
    handed_in = untaken.filter(answers__isnull=False)
    is_open = ~Q(state=DutyState.CLOSED)
    mine = (
        Q(state__in=states_to_act_on(user)) | left_after_service(user, today) | Exists(handed_in)
        | has_new_since_closed() | waits_for_look_into() | is_late_or_answered(today)
        | (is_open & (Exists(untaken) | Exists(to_confirm(user))))
    )  # fmt: skip
    # Who holds a permission of the steps holds it for the units for which they take schedules in.
    theirs = within_reach(
        user, Permission.SCHEDULE_BRING, duties_visible_to(user), liaison_reaches_all=False
    )
    return theirs.filter(mine | soon).order_by("serve_by", "pk")
