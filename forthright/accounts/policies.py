"""Whether a person may do a thing at all, with words for the refusal."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from forthright.accounts.covering import covers_anything, units_covered
from forthright.accounts.models import Role, Unit, User
from forthright.accounts.permissions import Permission, Reach, reach_of

Row = TypeVar("Row", bound=Model)
ALL = Q()


class NotAllowed(Exception):
    """A person asked for something they may not do; the message is for them."""


def has_permission(user: User, permission: Permission) -> bool:
    """Return whether this person's role holds the permission at any reach, or a cover does now."""
    by_role = reach_of(user.role, permission) is not None
    return user.is_active and (by_role or covers_anything(user, permission))


def check_has_permission(user: User, permission: Permission) -> None:
    """Refuse a person whose role does not hold the permission.

    :raises NotAllowed: with the sentence to show
    """
    if not has_permission(user, permission):
        whom = (
            "That belongs to other roles. Whoever has one of them can do it."
            if user.role == Role.ADMINISTRATOR
            else "Ask an administrator if you think you should."
        )
        raise NotAllowed(f"As {user.role_words} you may not {permission.value}. {whom}")


def check_has_one_of(user: User, *permissions: Permission) -> None:
    """Refuse a person whose role holds none of some permissions, in the words of the first.

    :raises NotAllowed: with the sentence to show
    """
    if not any(has_permission(user, each) for each in permissions):
        check_has_permission(user, permissions[0])


def is_allowed(check: Callable[..., None], *arguments: object, **named: object) -> bool:
    """Return whether a check passes, for a page that must hide a button."""
    try:
        check(*arguments, **named)
    except NotAllowed:
        return False
    return True


def reason_against(check: Callable[..., None], *arguments: object, **named: object) -> str:
    """Return the words of a refusal, for a page that says why it has no button, or nothing."""
    try:
        check(*arguments, **named)
    except NotAllowed as refusal:
        return str(refusal)
    return ""


def within_reach(
    user: User, permission: Permission, rows: "QuerySet[Row]", *, own: Q | None = None,
    liaison_reaches_all: bool = True,
) -> "QuerySet[Row]":  # fmt: skip
    """Return the rows with `area` and `unit` that this person's permission reaches.

    The Victim Liaison Unit writes for every unit, so its people reach the whole Area where
    others reach their unit; disclosure is not its work, so there it reaches no other unit. `own`
    says which rows are a person's own; without it there are none. Whoever covers for somebody
    now reaches that unit besides.
    """
    theirs = _by_role(user, permission, own, liaison_reaches_all=liaison_reaches_all)
    covered = units_covered(user, permission)
    if covered and theirs != ALL:
        theirs = Q(unit__in=covered) if theirs is None else theirs | Q(unit__in=covered)
    return rows.none() if theirs is None else rows.filter(area=user.area_id).filter(theirs)


def _by_role(
    user: User, permission: Permission, own: Q | None, *, liaison_reaches_all: bool
) -> Q | None:
    """Return which rows of the Area a person's own role reaches; None where it reaches none."""
    reach = reach_of(user.role, permission) if user.is_active else None
    reaches_all = liaison_reaches_all and reach is Reach.UNIT and is_of_liaison_unit(user)
    if reach is Reach.AREA or reaches_all:
        return ALL
    if reach is Reach.UNIT:
        return Q(unit=user.unit_id) if user.unit_id else None
    return own if reach is not None else None


def units_within_reach(user: User, permission: Permission) -> "QuerySet[Unit]":
    """Return the units holding cases in which this person may do a thing, now and by name."""
    theirs = _by_role(user, permission, None, liaison_reaches_all=True)
    found = Unit.objects.filter(area=user.area_id).exclude(
        kind__in=[Unit.Kind.VLU, Unit.Kind.POLICE]
    )
    pks = set(units_covered(user, permission))
    if theirs == ALL:
        return found
    if theirs is not None and user.unit_id:
        pks.add(user.unit_id)
    return found.filter(pk__in=pks)


def is_of_liaison_unit(user: User) -> bool:
    """Return whether this person works in the Victim Liaison Unit."""
    return user.unit is not None and user.unit.kind == Unit.Kind.VLU
