"""Records that somebody saw personal data."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.schemes.models import Duty


@transaction.atomic
def see_list(duties: Sequence[Duty], *, by: User, at: datetime) -> None:
    """Record which letters were listed with the names of the people in them."""
    if duties:
        audit.record("letters.listed", by=by, at=at, letters=[duty.pk for duty in duties])


@transaction.atomic
def see_letter(duty: Duty, *, by: User, at: datetime) -> None:
    """Record that a letter owed was opened with all it says of the person."""
    audit.record("letter.seen", duty, by=by, at=at)
