"""Who may change whose account, with words for the refusal."""

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission


def check_can_change(user: User, person: User) -> None:
    """Refuse a change to oneself, to another Area, or by somebody without the permission.

    :raises NotAllowed: with the sentence to show
    """
    check_has_permission(user, Permission.PEOPLE_CHANGE)
    if person.pk == user.pk:
        raise NotAllowed(
            "Nobody changes their own role or closes their own account. Ask another administrator."
        )
    if person.area_id != user.area_id:
        raise NotAllowed("This person belongs to another Area.")
    if person.is_demo:
        raise NotAllowed("The people of the demonstration stay as they are. Add a person instead.")


def check_can_invite(user: User, person: User) -> None:
    """Refuse an invitation to somebody whose account this person may not change.

    :raises NotAllowed: with the sentence to show
    """
    check_can_change(user, person)
