"""Keeps that nobody is to be told of a decision, which ends its wait on the morning list."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Decision
from forthright.morning_lists import policies
from forthright.morning_lists.models import NobodyToTell
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
    if NobodyToTell.objects.filter(decision=decision).exists():
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
def see_decision(decision: Decision, *, by: User, at: datetime) -> None:
    """Record that somebody looked at a decision with nobody to tell."""
    audit.record("decision.seen", decision, by=by, at=at, area=by.area)
