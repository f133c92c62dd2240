"""Who may work a unit's morning list, name a deputy, and change how long steps may take."""

from forthright.accounts.models import Area, Role, Unit, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission, units_within_reach
from forthright.morning_lists.models import Cover


def check_can_work(user: User | None, unit: Unit) -> None:
    """Refuse to act on the morning list of a unit that this person does not reach now."""
    _check_reaches(user, Permission.MORNING_SEE, unit)


def check_can_name_deputy(user: User | None, unit: Unit, spoc: User) -> None:
    """Refuse to name or end a deputy for another legal SPOC, but to those who manage the unit."""
    _check_reaches(user, Permission.COVER_NAME, unit)
    if user is not None and user.role == Role.LEGAL_SPOC and user.pk != spoc.pk:
        raise NotAllowed(
            f"You name a deputy for yourself. For {spoc}, {spoc} does it or a manager of the unit."
        )


def check_can_end_cover(user: User | None, cover: Cover) -> None:
    """Refuse to end a cover to whoever names no deputy there, but of their own leave."""
    if user is not None and user.pk == cover.spoc_id:
        check_has_permission(user, Permission.COVER_NAME)
        return
    check_can_name_deputy(user, cover.unit, cover.spoc)


def check_can_say_nobody(user: User, unit: Unit) -> None:
    """Refuse to say that nobody is to be told to whoever may not say that no letter is required."""
    _check_reaches(user, Permission.DUTY_NOT_REQUIRED, unit)


def check_can_change_allowances(user: User | None, area: Area) -> None:
    """Refuse to change how long steps may take to whoever may not change the time limits."""
    if user is None:
        return
    check_has_permission(user, Permission.SCHEME_CHANGE)
    if user.area_id != area.pk:
        raise NotAllowed(f"You may change the settings of your own Area, not of {area}.")


def _check_reaches(user: User | None, permission: Permission, unit: Unit) -> None:
    """Refuse a unit out of reach; None stands for what the product does by schedule."""
    if user is None:
        return
    check_has_permission(user, permission)
    if not units_within_reach(user, permission).contains(unit):
        raise NotAllowed(f"You may not {permission.value} in {unit}. Ask somebody of that unit.")
