"""Discs and sticks that another unit handed over, and that nobody here has seen since."""

from django.db.models import Q

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.rules.media_states import CarrierState


def was_passed_on_to(user: User) -> Q:
    """Say which were handed over to the unit of somebody who keeps its register, there or not."""
    if not has_permission(user, Permission.MEDIA_RECORD):
        return Q(pk__in=[])
    return Q(unit=user.unit_id, passed_on_at__isnull=False)


def is_passed_on_to(user: User) -> Q:
    """Say which of these are there, so that whoever keeps the register is told of them."""
    return was_passed_on_to(user) & Q(state=CarrierState.HELD)
