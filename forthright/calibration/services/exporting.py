"""Records that a person looked at, or took out, what is held about their marks."""

from collections.abc import Collection
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
def see_agreement(code: str, reviews: Collection[int], *, by: User, at: datetime) -> None:
    """Record that somebody opened the letters behind a figure of agreement."""
    audit.record("agreement.opened", by=by, at=at, area=by.area, criterion=code,
                 reviews=list(reviews))  # fmt: skip


@transaction.atomic
def see_letters_sampled(reviews: Collection[int], *, by: User, at: datetime) -> None:
    """Record that somebody opened the letters behind the Area's shares."""
    audit.record("leniency.letters_opened", by=by, at=at, area=by.area, reviews=list(reviews))
