"""The duties, deliveries and returns that a person may see."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, within_reach
from forthright.cases.models import Case, Defendant
from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn
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
    rows = Delivery.objects.select_related("case", "unit", "police_unit", "police_return")
    return within_reach(user, Permission.DISCLOSURE_SEE, rows, liaison_reaches_all=False)


def delivery_for(user: User, delivery_id: int) -> Delivery:
    """Return one delivery.

    :raises Http404: if there is none, or none that this person may see
    """
    delivery = deliveries_visible_to(user).filter(pk=delivery_id).first()
    if delivery is None:
        raise Http404("No such delivery")
    return delivery


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
    """Return the duties that need this person now: their step, or their day has nearly come."""
    open_states = [state.value for state in BEFORE_SERVING]
    soon = Q(state__in=open_states, due_on__lte=today + timedelta(days=SOON_DAYS))
    silent = Q(state=DutyState.COURT_TOLD, statement_due_on__lt=today)
    mine = Q(state__in=states_to_act_on(user))
    if not has_permission(user, Permission.SCHEDULE_BRING):
        return duties_visible_to(user).none()
    return duties_visible_to(user).filter(mine | soon | silent).order_by("due_on", "pk")
