"""Who can explain a decision in a unit now: who writes reasons there, or stands in for them."""

from datetime import date

from django.db.models import Q, QuerySet

from forthright.accounts.models import Unit, User
from forthright.accounts.permissions import TABLE, Permission
from forthright.accounts.presence import Presence
from forthright.morning_lists.selectors.covers import acting_on

# Whose role writes the reasons for a decision; each of them in their own unit.
EXPLAINERS = frozenset(role for role in TABLE if Permission.REASONS_WRITE in TABLE[role])


def can_explain(here: Presence, person: User | None, unit_id: int) -> bool:
    """Return whether somebody can open the letters of a unit now to write the reasons."""
    if person is None or not person.is_active:
        return False
    writes_there = person.role in EXPLAINERS and person.unit_id == unit_id
    return writes_there or person in here.deputies_in(unit_id)


def is_to_remind(here: Presence, person: User | None, unit_id: int) -> bool:
    """Return whether somebody can explain a decision of a unit now and is not away."""
    return can_explain(here, person, unit_id) and not here.is_away(person)


def can_be_reminded(unit: Unit, day: date) -> "QuerySet[User]":
    """Return who can explain decisions of a unit: its people who write reasons, and deputies."""
    deputies = {each.deputy_id for each in acting_on(unit.area_id, day) if each.unit_id == unit.pk}
    theirs = Q(unit=unit, role__in=EXPLAINERS) | Q(pk__in=deputies)
    return User.objects.filter(theirs, is_active=True).select_related("unit")
