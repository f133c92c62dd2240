"""Keeps that nobody is to be told of a decision, which ends its wait on the morning list."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.cases.models import Decision
from forthright.morning_lists import policies
from forthright.morning_lists.models import NobodyToTell
from forthright.morning_lists.selectors.awaiting import standing
from forthright.rules.written import reason_in
from forthright.schemes.models import Duty


class NobodyRefused(ValueError):
    """It cannot be said that nobody is to be told; the message says why."""


@transaction.atomic
def say_nobody_to_tell(decision: Decision, *, reason: str, by: User, at: datetime) -> NobodyToTell:
    """Keep why nobody is to be told of a decision; it waits on no list from then on.

    Somebody to tell who is recorded later is owed a letter all the same.

    :raises NotAllowed: if this person may not say so in the unit of the case
    :raises NobodyRefused: if a letter is owed by now, it was said already, or no reason is given
    """
    Decision.objects.select_for_update().get(pk=decision.pk)
    decision = Decision.objects.select_related("case__unit").get(pk=decision.pk)
    policies.check_can_say_nobody(by, decision.case.unit)
    if Duty.objects.filter(decision=decision).exists():
        raise NobodyRefused("A letter is owed for this decision by now, so somebody is to be told.")
    if standing().filter(decision=decision).exists():
        raise NobodyRefused("This was said of the decision already.")
    if not reason_in(reason):
        raise NobodyRefused("Say why nobody is to be told, so that others can follow it.")
    said = NobodyToTell.objects.create(
        area_id=decision.area_id, unit=decision.case.unit, decision=decision,
        reason=reason_in(reason), said_at=at, said_by=by,
    )  # fmt: skip
    Decision.objects.filter(pk=decision.pk).update(who_is_told_is_known=True)
    audit.record("decision.nobody_to_tell", decision, by=by, at=at, area=decision.case.unit.area,
                 said=said.pk)  # fmt: skip
    return said


@transaction.atomic
def put_back(said: NobodyToTell, *, reason: str, by: User, at: datetime) -> NobodyToTell:
    """Put a decision back on the morning list of which it was said by mistake that nobody is told.

    :raises NotAllowed: if this person may not say so in the unit of the case
    :raises NobodyRefused: if it was put back already, a letter is owed, or no reason is given
    """
    Decision.objects.select_for_update().get(pk=said.decision_id)
    said = NobodyToTell.objects.select_related("decision__case__unit__area").get(pk=said.pk)
    decision = said.decision
    policies.check_can_say_nobody(by, decision.case.unit)
    if said.taken_back_at is not None:
        raise NobodyRefused("This was taken back already, and the decision is on the list.")
    if Duty.objects.filter(decision=decision).exists():
        raise NobodyRefused("A letter is owed for this decision by now, so nothing is to put back.")
    if not reason_in(reason):
        raise NobodyRefused("Say why it goes back on the list, so that others can follow it.")
    said.taken_back_because, said.taken_back_at, said.taken_back_by = reason_in(reason), at, by
    said.save(update_fields=["taken_back_because", "taken_back_at", "taken_back_by"])
    Decision.objects.filter(pk=decision.pk).update(who_is_told_is_known=False)
    audit.record("decision.put_back_on_list", decision, by=by, at=at, area=decision.case.unit.area,
                 said=said.pk)  # fmt: skip
    return said


@transaction.atomic
def see_said(unit: Unit, said: Iterable[NobodyToTell], *, by: User, at: datetime) -> None:
    """Record of which decisions somebody read why nobody is to be told of them."""
    audit.record("decision.nobody_listed", unit, by=by, at=at,
                 decisions=[each.decision_id for each in said])  # fmt: skip


@transaction.atomic
def see_decision(decision: Decision, *, by: User, at: datetime) -> None:
    """Record that somebody looked at a decision with nobody to tell."""
    audit.record("decision.seen", decision, by=by, at=at, area=by.area)
