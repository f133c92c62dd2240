"""Who may import and undo."""

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.extracts.models import ImportRun


def check_can_import(user: User) -> None:
    """Refuse a person who may not import extracts.

    :raises NotAllowed: with the sentence to show
    """
    check_has_permission(user, Permission.IMPORT_RUN)


def check_can_undo(user: User, run: ImportRun) -> None:
    """Refuse a person who may not undo this import.

    :raises NotAllowed: with the sentence to show
    """
    check_has_permission(user, Permission.IMPORT_RUN)
    if run.state == ImportRun.State.UNDONE:
        raise NotAllowed("This import was undone already.")
