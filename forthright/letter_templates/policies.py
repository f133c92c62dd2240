"""Who may change the wording of letters, and who may approve a change: never the same person."""

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.accounts.policies import (
    NotAllowed,
    check_has_permission,
    has_permission,
    is_of_liaison_unit,
)
from forthright.letter_templates.models import Version


def check_can_change(user: User, area: Area) -> None:
    """Refuse a change of wording by somebody who does not answer for letters.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.TEMPLATE_CHANGE)
    _check_own_area(user, area)
    reach = reach_of(user.role, Permission.TEMPLATE_CHANGE)
    if reach is Reach.UNIT and not is_of_liaison_unit(user):
        raise NotAllowed(
            "Of the line managers only those of the Victim Liaison Unit change templates. "
            "Ask them, your legal SPOC or a legal manager."
        )


def check_can_approve(user: User, version: Version, area: Area) -> None:
    """Refuse an approval by the person who made the change, or of what no longer waits.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.TEMPLATE_APPROVE)
    _check_own_area(user, area)
    check_waits(version)
    if version.made_by_id == user.pk:
        raise NotAllowed(
            "You made this change, so somebody else must approve it: a legal manager, a senior "
            "manager or the Chief Crown Prosecutor."
        )


def check_can_withdraw(user: User, version: Version, area: Area) -> None:
    """Refuse to withdraw a change of somebody else's to those who may not approve it.

    :raises NotAllowed: with the reason
    """
    _check_own_area(user, area)
    check_waits(version)
    is_maker = version.made_by_id == user.pk
    if not is_maker and not has_permission(user, Permission.TEMPLATE_APPROVE):
        raise NotAllowed("Only the person who made a change, or who may approve it, ends it.")


def check_can_retire(user: User, area: Area) -> None:
    """Refuse to take a block out of use to those who may not approve changes.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.TEMPLATE_APPROVE)
    _check_own_area(user, area)


def check_waits(version: Version) -> None:
    """Refuse what has been approved or has ended.

    :raises NotAllowed: with what it is
    """
    if not version.is_draft:
        state = version.get_state_display().lower()
        raise NotAllowed(f"This change no longer waits for approval: it is {state}.")


def _check_own_area(user: User, area: Area) -> None:
    if user.area_id != area.pk:
        raise NotAllowed(f"You may change the templates of your own Area, not of {area}.")
