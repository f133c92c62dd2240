"""Discs and sticks that another unit handed over, and that nobody here has seen since."""

from django.db.models import Q

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.rules.media_states import CarrierState


def is_passed_on_to(user: User) -> Q:
    """Say which were handed over to the unit of somebody who keeps its register."""
    if not has_permission(user, Permission.MEDIA_RECORD):
        return Q(pk__in=[])
    return Q(unit=user.unit_id, state=CarrierState.HELD, passed_on_at__isnull=False)
