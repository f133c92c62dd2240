"""Records that a person looked at, or took out, what is held about their marks."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit


@transaction.atomic
def see_own_marks(*, by: User, at: datetime) -> None:
    """Record that somebody saw what is held about their marks."""
    audit.record("own_marks.seen", by, by=by, at=at, area=by.area)


@transaction.atomic
def export_own_marks(kind: str, *, by: User, at: datetime) -> None:
    """Record that somebody took out what is held about their marks."""
    audit.record("own_marks.exported", by, by=by, at=at, area=by.area, kind=kind)


@transaction.atomic
def see_agreement(code: str, *, by: User, at: datetime) -> None:
    """Record that somebody opened the letters behind a figure of agreement."""
    audit.record("agreement.opened", by=by, at=at, area=by.area, criterion=code)
