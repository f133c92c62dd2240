"""Whether a person may do a thing at all, with words for the refusal."""

from collections.abc import Callable
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from forthright.accounts.models import Role, Unit, User
from forthright.accounts.permissions import Permission, Reach, reach_of

Row = TypeVar("Row", bound=Model)


class NotAllowed(Exception):
    """A person asked for something they may not do; the message is for them."""


def has_permission(user: User, permission: Permission) -> bool:
    """Return whether this person's role holds the permission at any reach."""
    return user.is_active and reach_of(user.role, permission) is not None


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
    user: User, permission: Permission, rows: "QuerySet[Row]", *, own: Q | None = None
) -> "QuerySet[Row]":
    """Return the rows with `area` and `unit` that this person's permission reaches.

    The Victim Liaison Unit writes for every unit, so its people reach the whole Area where
    others reach their unit. `own` says which rows are a person's own; without it there are none.
    """
    reach = reach_of(user.role, permission) if user.is_active else None
    if reach is None:
        return rows.none()
    in_area = rows.filter(area=user.area_id)
    if reach is Reach.AREA or (reach is Reach.UNIT and is_of_liaison_unit(user)):
        return in_area
    if reach is Reach.UNIT:
        return in_area.filter(unit=user.unit_id) if user.unit_id else rows.none()
    return in_area.filter(own) if own is not None else rows.none()


def is_of_liaison_unit(user: User) -> bool:
    """Return whether this person works in the Victim Liaison Unit."""
    return user.unit is not None and user.unit.kind == Unit.Kind.VLU
