"""Who may keep the register of recordings, classify one, and change the periods."""

from django.db.models import Model

from forthright.accounts.models import Area, Role, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.hard_media.models import Carrier, CutCopy, Hearing, MediaItem, StockTake, Stray
from forthright.hard_media.selectors.police import items_to_send
from forthright.hard_media.selectors.registered import reached
from forthright.hard_media.selectors.to_do import MANAGERS

Kept = Hearing | MediaItem | Carrier | StockTake


def check_can_record(user: User | None, kept: Kept) -> None:
    """Refuse to record about a recording, disc or hearing of another unit."""
    _check_reaches(user, Permission.MEDIA_RECORD, kept)


def check_can_write_off(user: User | None, carrier: Carrier) -> None:
    """Refuse to write off a disc that is missing to whoever is no manager of its unit."""
    check_can_record(user, carrier)
    if user is not None and user.role not in MANAGERS:
        raise NotAllowed(
            "A legal manager or a line manager of the unit decides that a disc or stick which is "
            "missing is looked for no more. Ask one of them."
        )


def check_can_send(user: User | None, item: MediaItem) -> None:
    """Refuse the file of a recording that is another unit's, or that a force was not asked for."""
    if user is None or user.role != Role.POLICE_PARTNER:
        _check_reaches(user, Permission.MEDIA_SEND, item)
    elif not items_to_send(user).filter(pk=item.pk).exists():
        raise NotAllowed("Your force is not asked for this recording now.")


def check_can_play(user: User | None, kept: MediaItem | Hearing) -> None:
    """Refuse to let anybody but the unit that holds the case see or hear its recordings.

    What is written of one that is sensitive is read by nobody else either.
    """
    _check_reaches(user, Permission.MEDIA_PLAY, kept)


def check_can_classify(user: User | None, item: MediaItem) -> None:
    """Refuse to view or classify a recording to whoever is no lawyer of its unit."""
    _check_reaches(user, Permission.MEDIA_CLASSIFY, item)


def check_can_pass(user: User | None, copy: CutCopy) -> None:
    """Refuse to find a copy right to whoever asked for it, or is no lawyer of its unit."""
    _check_reaches(user, Permission.MEDIA_CLASSIFY, copy.file.item)
    if user is not None and copy.asked_by_id == user.pk:
        raise NotAllowed(
            "You asked for this copy, so somebody else looks at it: a prosecutor, legal SPOC or "
            "legal manager of the unit."
        )


def check_can_find_wrong(user: User | None, copy: CutCopy) -> None:
    """Refuse to find a copy not right to whoever is no lawyer of its unit; who asked for it may."""
    _check_reaches(user, Permission.MEDIA_CLASSIFY, copy.file.item)


def check_can_agree(user: User | None, stray: Stray) -> None:
    """Refuse to agree that a file was never of its recording to whoever said so."""
    _check_reaches(user, Permission.MEDIA_CLASSIFY, stray.file.item)
    if user is not None and stray.said_by_id == user.pk:
        raise NotAllowed(
            "You said this, so somebody else agrees to it: a prosecutor, legal SPOC or legal "
            "manager of the unit."
        )


def check_can_record_in(user: User | None, area: Area, unit_id: int) -> None:
    """Refuse to put a case or disc of another unit into the register."""
    if user is None:
        return
    check_has_permission(user, Permission.MEDIA_RECORD)
    if user.area_id != area.pk or user.unit_id != unit_id:
        raise NotAllowed(
            "You keep the register of your own unit only. Ask somebody in the unit that holds "
            "the case."
        )


def check_can_change_periods(user: User | None, area: Area) -> None:
    """Refuse to change the periods of an Area."""
    _check_of_area(user, Permission.SCHEME_CHANGE, area)


def check_can_set_mailbox(user: User | None, area: Area) -> None:
    """Refuse to say at which address a unit is written to."""
    _check_of_area(user, Permission.PEOPLE_CHANGE, area)


def check_can_set_force(user: User | None, person: User) -> None:
    """Refuse to say which force a person is of."""
    _check_of_area(user, Permission.PEOPLE_CHANGE, person.area)
    if person.role != Role.POLICE_PARTNER:
        raise NotAllowed("Only a police partner is of a force.")


def _check_of_area(user: User | None, permission: Permission, area: Area) -> None:
    if user is None:
        return
    check_has_permission(user, permission)
    if user.area_id != area.pk:
        raise NotAllowed(f"You may {permission.value} of your own Area, not of {area}.")


def _check_reaches(user: User | None, permission: Permission, kept: Kept) -> None:
    if user is None:
        return
    check_has_permission(user, permission)
    model: type[Model] = type(kept)
    if not reached(user, permission, model._default_manager.filter(pk=kept.pk)).exists():
        raise NotAllowed(
            f"You may not {permission.value} of another unit. Ask somebody in the unit that "
            "holds the case."
        )
