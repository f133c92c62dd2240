"""Who may change a standard, and when it may still be changed."""

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.standards.models import Edition


def check_can_change(user: User, edition: Edition) -> None:
    """Refuse a change of wording by the wrong person or of an edition already adopted.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.STANDARD_CHANGE)
    if not edition.is_draft:
        raise NotAllowed(
            f"Edition {edition.number} has been adopted, and letters are marked by it, so its "
            "words never change. Make a new edition as a copy of it, and change that."
        )
