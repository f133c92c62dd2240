"""Who covers for whom, and the doors to a unit's list and to a cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import Http404

from forthright.accounts.covering import Covering, Leave, Standing
from forthright.accounts.models import Role, Unit, User
from forthright.accounts.permissions import DEPUTIES, Permission
from forthright.accounts.policies import has_permission, units_within_reach
from forthright.morning_lists.models import Cover

# Who has the list of a unit beside its legal SPOCs.
MANAGERS = frozenset({Role.LINE_MANAGER, Role.LEGAL_MANAGER})
_HAS_SPOC = Q(spoc__is_active=True, spoc__role=Role.LEGAL_SPOC, spoc__unit=F("unit"))
_HAS_DEPUTY = Q(deputy__is_active=True, deputy__role__in=DEPUTIES, deputy__area=F("area"))


@dataclass(frozen=True, slots=True)
class DeputyAway:
    """A cover that holds while its deputy is away too, by a cover of their own."""

    cover: Cover
    away: Cover
    # By which somebody who is here does a legal SPOC's work in the unit in the deputy's place.
    instead: Cover | None


def covers_on(day: date) -> "QuerySet[Cover]":
    """Return the covers that hold on a day.

    A cover holds only while whoever is covered is the legal SPOC of that unit: a deputy never
    has what they themselves have no longer. Nor does it hold with a deputy whose account is closed
    or whose role is no deputy's any more.
    """
    return _not_ended_on(day).filter(_HAS_SPOC, _HAS_DEPUTY)


def _not_ended_on(day: date) -> "QuerySet[Cover]":
    return Cover.objects.filter(first_day__lte=day, last_day__gte=day, ended_at=None)


def covering_on(user: User, day: date) -> tuple[Covering, ...]:
    """Return what a person covers for on a day."""
    rows = covers_on(day).filter(deputy=user.pk)
    found = rows.order_by("pk").values_list("unit", "spoc")
    return tuple(Covering(unit_id, spoc_id) for unit_id, spoc_id in found)


def standing_on(area_id: int, day: date) -> tuple[Standing, ...]:
    """Return the covers of an Area that hold on a day, for rooms that must not import this one."""
    rows = covers_on(day).filter(area=area_id)
    found = rows.order_by("pk").values_list("unit", "spoc", "deputy")
    return tuple(Standing(*each) for each in found)


def leaves_on(area_id: int, day: date) -> tuple[Leave, ...]:
    """Return who of an Area is away on a day, for rooms that must not import this one.

    Whoever is on leave is away whether or not the cover holds: their deputy may have left, or they
    have moved.
    """
    rows = _not_ended_on(day).filter(area=area_id).order_by("-pk")
    return tuple(Leave(*each) for each in rows.values_list("spoc", "last_day"))


def covers_of_unit(unit: Unit, day: date) -> "QuerySet[Cover]":
    """Return the covers in a unit that hold on a day, with their people."""
    return covers_on(day).filter(unit=unit).select_related("spoc", "deputy").order_by("pk")


def covers_without_deputy(unit: Unit, day: date) -> "QuerySet[Cover]":
    """Return the covers in a unit that were to hold on a day, and whose deputy can be none now."""
    rows = _not_ended_on(day).filter(_HAS_SPOC, ~_HAS_DEPUTY, unit=unit)
    return rows.select_related("spoc", "deputy").order_by("pk")


def covers_here(unit: Unit, day: date) -> tuple[list[Cover], list[DeputyAway]]:
    """Return the covers in a unit whose deputies are here on a day, and those who are away too.

    Whoever is away keeps what they may do; but nobody who looks for help is to be sent to them.
    """
    covers = list(covers_of_unit(unit, day))
    away = away_on({each.deputy_id for each in covers}, day)
    here = [each for each in covers if each.deputy_id not in away]
    gone = [
        DeputyAway(each, away[each.deputy_id], _instead_of(each, covers, away))
        for each in covers
        if each.deputy_id in away
    ]
    return here, gone


def acting_on(area_id: int, day: date) -> list[Standing]:
    """Return who really stands in for whom on a day: no deputy who is away, but theirs in the unit.

    Where nobody stands in for such a deputy in that unit, nobody covers there.
    """
    covers = list(covers_on(day).filter(area=area_id).order_by("pk"))
    away = away_on({each.deputy_id for each in covers}, day)
    found = []
    for each in covers:
        of_unit = [other for other in covers if other.unit_id == each.unit_id]
        acting = _instead_of(each, of_unit, away) if each.deputy_id in away else each
        if acting is not None:
            found.append(Standing(each.unit_id, each.spoc_id, acting.deputy_id))
    return found


def away_on(people: set[int], day: date) -> dict[int, Cover]:
    """Return which of some people are away on a day, each with the cover that lets them."""
    rows = _not_ended_on(day).filter(spoc__in=people).select_related("spoc", "deputy", "unit")
    return {each.spoc_id: each for each in rows.order_by("-pk")}


def _instead_of(cover: Cover, of_unit: Sequence[Cover], away: dict[int, Cover]) -> Cover | None:
    """Follow a deputy who is away to whoever covers for them in the same unit and is here."""
    by_spoc = {each.spoc_id: each for each in of_unit}
    seen = {cover.spoc_id}
    found: Cover | None = cover
    while found is not None and found.deputy_id in away:
        if found.deputy_id in seen:
            return None
        seen.add(found.deputy_id)
        found = by_spoc.get(found.deputy_id)
    return found


def why_it_holds_not(cover: Cover) -> str:
    """Say why a cover does not hold on its days, or nothing if it does."""
    spoc, deputy = cover.spoc, cover.deputy
    if not spoc.is_active or spoc.role != Role.LEGAL_SPOC or spoc.unit_id != cover.unit_id:
        return f"{spoc} is not the legal SPOC here now, so nobody covers for them."
    if not deputy.is_active or deputy.area_id != cover.area_id:
        return f"{deputy} has no account here now, so nobody covers for {spoc}."
    if deputy.role not in DEPUTIES:
        return f"{deputy} has a role now that cannot cover, so nobody covers for {spoc}."
    return ""


def covers_of(person: User, first: date, last: date) -> "QuerySet[Cover]":
    """Return the covers that let a person be away on some of these days, the earliest first."""
    rows = Cover.objects.filter(
        spoc=person, ended_at=None, first_day__lte=last, last_day__gte=first
    )
    return rows.select_related("deputy").order_by("first_day", "pk")


def deputies_away(covers: Sequence[Cover], today: date) -> dict[int, Cover]:
    """Return, by cover that holds or is to come, the one that lets its deputy be away in it."""
    standing = [each for each in covers if each.ended_at is None and each.last_day >= today]
    away = {each.pk: covers_of(each.deputy, max(each.first_day, today), each.last_day).first()
            for each in standing}  # fmt: skip
    return {pk: cover for pk, cover in away.items() if cover is not None}


def covers_to_show(unit: Unit, today: date) -> "QuerySet[Cover]":
    """Return the covers in a unit that are to come or hold, and those that ended lately."""
    rows = Cover.objects.filter(unit=unit).select_related("spoc", "deputy", "named_by", "ended_by")
    return rows.filter(Q(last_day__gte=date.fromordinal(today.toordinal() - 60)))


def own_covers_elsewhere(user: User, unit: Unit, today: date) -> "QuerySet[Cover]":
    """Return what was named for a person in units that they left since, and is not over."""
    rows = Cover.objects.filter(spoc=user, ended_at=None, last_day__gte=today).exclude(unit=unit)
    return rows.select_related("unit", "spoc", "deputy", "named_by").order_by("first_day", "pk")


def cover_for(user: User, unit: Unit, cover_id: int) -> Cover:
    """Return one cover in a unit where this person names deputies, or one of their own leave.

    :raises Http404: if there is none, or none there
    """
    there = Q(unit=unit) | Q(spoc=user)
    cover = Cover.objects.select_related("spoc", "deputy").filter(there, pk=cover_id).first()
    if cover is None or not units_within_reach(user, Permission.COVER_NAME).contains(unit):
        raise Http404("No such cover")
    return cover


def units_with_list(user: User) -> "QuerySet[Unit]":
    """Return the units whose morning list this person may open now."""
    return units_within_reach(user, Permission.MORNING_SEE).order_by("name")


def unit_for(user: User, unit_id: int, permission: Permission = Permission.MORNING_SEE) -> Unit:
    """Return a unit whose list this person may open now, or whose deputies they name.

    :raises Http404: if there is none, or none within their reach
    """
    units = units_within_reach(user, permission).select_related("area")
    unit = units.filter(pk=unit_id).first()
    if unit is None:
        raise Http404("No such unit")
    return unit


def own_units(user: User) -> list[Unit]:
    """Return the units whose morning list is this person's own work now.

    That is a legal SPOC's own unit, and those that anybody covers; managers may look into others.
    """
    if not has_permission(user, Permission.MORNING_SEE):
        return []
    wanted = {each.unit_id for each in user.covering}
    if user.role == Role.LEGAL_SPOC and user.unit_id:
        wanted.add(user.unit_id)
    return list(units_with_list(user).filter(pk__in=wanted).select_related("area"))


def spocs_of(unit: Unit) -> "QuerySet[User]":
    """Return the legal SPOCs of a unit."""
    return User.objects.filter(unit=unit, role=Role.LEGAL_SPOC, is_active=True)


def managers_of(unit: Unit) -> "QuerySet[User]":
    """Return who manages a unit, and has its list where it has no legal SPOC."""
    managers = User.objects.filter(unit=unit, role__in=MANAGERS, is_active=True)
    return managers.order_by("pk")


def people_to_cover(unit: Unit) -> "QuerySet[User]":
    """Return who may be a deputy in a unit: the Area's lawyers and managers of letters."""
    return User.objects.filter(
        area=unit.area_id, is_active=True, role__in=DEPUTIES, unit__isnull=False
    ).select_related("unit")
