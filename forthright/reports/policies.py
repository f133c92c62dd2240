"""Whether a person may make a weekly report."""

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission


def check_can_make_report(user: User | None, area: Area) -> None:
    """Refuse a person who may not make a report of this Area; the scheduler always may.

    :raises NotAllowed: with the sentence to show
    """
    if user is None:
        return
    check_has_permission(user, Permission.REPORT_MAKE)
    if user.area_id != area.pk:
        raise NotAllowed("You may make a report of your own Area only.")
