"""Who may record what about a letter, and who may change the rules of an Area."""

from django.db.models import Q

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import (
    NotAllowed,
    check_has_permission,
    is_allowed,
    within_reach,
)
from forthright.audit.models import Event
from forthright.schemes.models import Duty

# What says of a letter that somebody drafted it.
DRAFT_RECORDED = ("letter.drafted", "letter.drafted_corrected", "letter.drafter_named")
OWN_APPROVAL = (
    "You drafted this letter, so you cannot record that it was approved: the approval is always "
    "a second person’s. Ask whoever approved it to record it, or your manager to read it."
)
RECORDED_DRAFT = (
    "You recorded that this letter was drafted, or who drafted it, so you do not stand for its "
    "approval too: the approval is always a second person’s. Ask somebody else who approves "
    "letters to read it, and to approve it or record the approval."
)
NOT_APPROVED_OWN = (
    "You drafted this letter, and it is not recorded that a second person approved it, so you "
    "cannot record that it was sent. Ask the person who approved it to record that first; then "
    "record here when it was sent."
)
NO_APPROVER = (
    "An approval is recorded by whoever gave it, and you do not approve letters. Ask the person "
    "who approved this one to record it here."
)
NOT_APPROVED = (
    "It is not recorded that anybody approved this letter, and you do not approve letters, so you "
    "cannot record that it was sent. Ask the person who approved it to record that first; then "
    "record here when it was sent."
)


def check_can_record(user: User | None, duty: Duty) -> None:
    """Refuse to record a stage of a letter that is not this person's to record."""
    check_reaches(user, Permission.DUTY_RECORD, duty)


def check_can_record_stage(user: User | None, duty: Duty, stage: str) -> None:
    """Refuse, besides, to stand for an approval to whoever did not give it.

    That a letter went out of which no approval is recorded stands for its approval too.
    """
    check_can_record(user, duty)
    if user is None or not stands_for_approval(duty, stage):
        return
    if duty.drafter_id == user.pk:
        raise NotAllowed(OWN_APPROVAL if stage == "approved" else NOT_APPROVED_OWN)
    if has_recorded_draft(user, duty):
        raise NotAllowed(RECORDED_DRAFT)
    if not is_allowed(check_reaches, user, Permission.LETTER_APPROVE, duty):
        raise NotAllowed(NO_APPROVER if stage == "approved" else NOT_APPROVED)


def check_can_hand_over(user: User | None, duty: Duty) -> None:
    """Refuse to hand a letter over to another drafter once it is drafted, out or not required."""
    check_can_record(user, duty)
    if duty.state == Duty.State.NOT_REQUIRED:
        raise NotAllowed("No letter is required here, so nobody is to draft it.")
    if duty.sent_at or duty.reached_at:
        raise NotAllowed("This letter has been sent, so nobody is to draft it any more.")
    if duty.drafted_at or duty.approved_at:
        raise NotAllowed(
            "This letter is drafted already, so nobody else is to draft it. If it is to be written "
            "anew, return it to its drafter first."
        )


def stands_for_approval(duty: Duty, stage: str) -> bool:
    """Say whether whoever records a step now stands for the approval of the letter with it."""
    return stage == "approved" or (stage == "sent" and not duty.approved_at and not duty.sent_at)


def has_recorded_draft(user: User, duty: Duty) -> bool:
    """Say whether this person ever recorded that the letter was drafted, or by whom."""
    events = Event.objects.filter(
        subject_kind=duty._meta.label, subject_id=str(duty.pk), name__in=DRAFT_RECORDED
    )
    return events.filter(by=user).exists()


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
