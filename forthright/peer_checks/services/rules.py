"""Changes which letters of an Area are looked at before they go."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.letters.models import CheckRule
from forthright.letters.services.checks import NewCheckRule, set_check_rule
from forthright.peer_checks import policies


@transaction.atomic
def change_check_rule(
    area: Area, new: NewCheckRule, *, by: User, at: datetime, opened: str | None = None
) -> CheckRule:
    """Add a dated edition of the Area's rule.

    :raises NotAllowed: if this person may not change it
    :raises ChangedMeanwhile: if another edition was kept since the page was opened
    :raises CheckRefused: if it begins in the past, or no source or reason is given
    """
    policies.check_can_set_rule(by, area)
    return set_check_rule(area, new, by=by, at=at, opened=opened)
