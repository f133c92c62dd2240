"""Who looks at the letters of a unit before they go, who says which, and who decides disputes."""

from collections.abc import Collection, Iterator

from django.db.models import Q, QuerySet

from forthright.accounts.covering import Standing
from forthright.accounts.models import Area, Role, Unit, User
from forthright.accounts.permissions import Permission, reach_of
from forthright.accounts.policies import within_reach
from forthright.accounts.presence import Presence
from forthright.peer_checks.models import PeerCheck


def colleagues(area: Area, unit: Unit, covers: Collection[Standing]) -> "QuerySet[User]":
    """Return who looks at the letters of a unit's cases: its own, and the Victim Liaison Unit.

    So does whoever stands in for a legal SPOC of the unit by one of these covers.
    """
    roles = [role for role in Role.values if reach_of(role, Permission.LETTER_CHECK)]
    by_role = Q(role__in=roles) & (Q(unit=unit) | Q(unit__kind=Unit.Kind.VLU))
    deputies = {each.deputy_id for each in covers if each.unit_id == unit.pk}
    rows = User.objects.filter(by_role | Q(pk__in=deputies), area=area, is_active=True)
    return rows.order_by("pk")


def who_give_on(check: PeerCheck, here: Presence) -> Iterator[User]:
    """Yield who may give a look to another: who has it, then of its unit first, then deputies.

    Whoever is away is not named, but who stands in for a legal SPOC of the unit is.
    """
    if check.checker is not None and check.checker.is_active and not here.is_away(check.checker):
        yield check.checker
    roles = [role for role in Role.values if reach_of(role, Permission.CHECKS_GIVE)]
    deputies = {each.pk for each in here.deputies_in(check.unit_id)}
    people = User.objects.filter(Q(role__in=roles) | Q(pk__in=deputies), is_active=True)
    people = people.filter(area=check.area_id).exclude(pk__in={check.checker_id or 0, *here.away})
    this = PeerCheck.objects.filter(pk=check.pk)
    for each in sorted(
        people.select_related("unit").order_by("full_name", "pk"),
        key=lambda person: (person.unit_id != check.unit_id, person.pk not in deputies),
    ):
        if each.pk in deputies or within_reach(each, Permission.CHECKS_GIVE, this).exists():
            yield each


def who_decide_disputes(area: Area | int) -> "QuerySet[User]":
    """Return who decides disputes of an Area by their role, of marks and of looks alike."""
    roles = [role for role in Role.values if reach_of(role, Permission.DISPUTE_DECIDE)]
    rows = User.objects.filter(area=area, role__in=roles, is_active=True)
    return rows.order_by("full_name", "pk")
