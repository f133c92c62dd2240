"""Who may record what about a letter, and who may change the rules of an Area."""

from django.db.models import Q

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission, within_reach
from forthright.schemes.models import Duty

OWN_APPROVAL = (
    "You drafted this letter, so you cannot record that it was approved: the approval is always "
    "a second person’s. Ask whoever approved it to record it, or your manager to read it."
)


def check_can_record(user: User | None, duty: Duty) -> None:
    """Refuse to record a stage of a letter that is not this person's to record."""
    check_reaches(user, Permission.DUTY_RECORD, duty)


def check_can_record_stage(user: User | None, duty: Duty, stage: str) -> None:
    """Refuse to record the approval of a letter that this person drafted, besides."""
    check_can_record(user, duty)
    if stage == "approved" and user is not None and duty.drafter_id == user.pk:
        raise NotAllowed(OWN_APPROVAL)


def check_can_say_not_required(user: User | None, duty: Duty) -> None:
    """Refuse to end or reopen a letter that is not this person's to decide on."""
    check_reaches(user, Permission.DUTY_NOT_REQUIRED, duty)


def check_can_change_scheme(user: User | None, area: Area) -> None:
    """Refuse to change the rules or the calendar of an Area."""
    if user is None:
        return
    check_has_permission(user, Permission.SCHEME_CHANGE)
    if user.area_id != area.pk:
        raise NotAllowed(f"You may change the time limits of your own Area, not of {area}.")


def check_reaches(user: User | None, permission: Permission, duty: Duty) -> None:
    """Refuse a letter out of reach; None stands for what the product does by schedule."""
    if user is None:
        return
    check_has_permission(user, permission)
    rows = Duty.objects.filter(pk=duty.pk)
    if not within_reach(user, permission, rows, own=Q(drafter=user.pk)).exists():
        raise NotAllowed(
            f"You may not {permission.value} of another unit. Ask somebody in the unit that "
            "holds the case, or in the Victim Liaison Unit."
        )
