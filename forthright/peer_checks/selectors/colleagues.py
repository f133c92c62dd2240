"""Who looks at the letters of a unit before they go, who says which, and who decides disputes."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from forthright.accounts.models import Area, Role, Unit, User
from forthright.accounts.permissions import Permission, reach_of
from forthright.accounts.policies import within_reach
from forthright.peer_checks.models import PeerCheck


def colleagues(area: Area, unit: Unit) -> "QuerySet[User]":
    """Return who looks at the letters of a unit's cases: its own, and the Victim Liaison Unit."""
    roles = [role for role in Role.values if reach_of(role, Permission.LETTER_CHECK)]
    rows = User.objects.filter(area=area, role__in=roles, is_active=True)
    return rows.filter(Q(unit=unit) | Q(unit__kind=Unit.Kind.VLU)).order_by("pk")


def who_give_on(check: PeerCheck) -> Iterator[User]:
    """Yield who may give a look to another by their role: who has it, then of its unit first."""
    if check.checker is not None and check.checker.is_active:
        yield check.checker
    roles = [role for role in Role.values if reach_of(role, Permission.CHECKS_GIVE)]
    people = User.objects.filter(area=check.area_id, role__in=roles, is_active=True)
    people = people.exclude(pk=check.checker_id or 0).select_related("unit")
    this = PeerCheck.objects.filter(pk=check.pk)
    ordered = people.order_by("full_name", "pk")
    for each in sorted(ordered, key=lambda person: person.unit_id != check.unit_id):
        if within_reach(each, Permission.CHECKS_GIVE, this).exists():
            yield each


def who_decide_disputes(area: Area | int) -> "QuerySet[User]":
    """Return who decides disputes of an Area by their role, of marks and of looks alike."""
    roles = [role for role in Role.values if reach_of(role, Permission.DISPUTE_DECIDE)]
    rows = User.objects.filter(area=area, role__in=roles, is_active=True)
    return rows.order_by("full_name", "pk")
