"""Who looks at the letters of a unit before they go."""

from django.db.models import Q, QuerySet

from forthright.accounts.models import Area, Role, Unit, User
from forthright.accounts.permissions import Permission, reach_of


def colleagues(area: Area, unit: Unit) -> "QuerySet[User]":
    """Return who looks at the letters of a unit's cases: its own, and the Victim Liaison Unit."""
    roles = [role for role in Role.values if reach_of(role, Permission.LETTER_CHECK)]
    rows = User.objects.filter(area=area, role__in=roles, is_active=True)
    return rows.filter(Q(unit=unit) | Q(unit__kind=Unit.Kind.VLU)).order_by("pk")
