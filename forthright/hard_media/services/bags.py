"""Keeps which bag left with which recordings, so that it can be asked for."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import Bag, Bagged, Hearing, MediaItem


@transaction.atomic
def keep_bag(
    hearing: Hearing, items: Collection[MediaItem], manifest: str, *, for_whom: str,
    by: User | None, at: datetime,
) -> Bag:  # fmt: skip
    """Keep that a bag leaves, with what is in it.

    :param for_whom: in words; nothing where nobody said
    """
    bag = Bag.objects.create(
        hearing=hearing, for_whom=" ".join(for_whom.split()), manifest=manifest, at=at, by=by
    )
    Bagged.objects.bulk_create([Bagged(bag=bag, item=each) for each in items])
    return bag


@transaction.atomic
def undo_bag(bag: Bag, *, by: User | None, at: datetime) -> None:
    """Note that a bag could not be put in its place: there is none, so nobody is to ask for it."""
    audit.record(
        "media.export_failed", bag.hearing, by=by, at=at, bag=bag.pk, manifest=bag.manifest
    )
    bag.delete()
