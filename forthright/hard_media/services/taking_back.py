"""Takes a recording back from everybody who has it."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import MediaItem, ShareRecord


def to_lock() -> "QuerySet[MediaItem]":
    """Return the recordings so that whoever reads some locks these, and nothing that they name."""
    rows = MediaItem.objects.select_for_update(of=("self",))
    return rows.select_related("case", "area", "unit")


def locked_together(items: Iterable[int]) -> list[MediaItem]:
    """Return recordings locked together; one by one, each but the first would be locked too late.

    Whoever has recorded an event holds the head of the record, for which others wait who hold one.
    """
    return list(to_lock().filter(pk__in=list(items)).order_by("pk"))


def locked_with_shares(item: MediaItem) -> MediaItem:
    """Return a recording, locked with what stands of it with parties.

    Everybody locks in one order, so that no two wait for each other: a disc, recordings together,
    what hangs on them, and last the head of the record, which is held from the first event on.
    """
    item = to_lock().get(pk=item.pk)
    standing = ShareRecord.objects.select_for_update().filter(item=item, revoked_at=None)
    list(standing.order_by("pk").values_list("pk", flat=True))
    return item


def take_back_all(item: MediaItem, words: str, *, by: User | None, at: datetime) -> None:
    """Revoke every standing share of a recording that is to be with nobody now."""
    standing = ShareRecord.objects.filter(item=item, revoked_at__isnull=True)
    revoked = list(standing.values_list("pk", flat=True))
    if not revoked:
        return
    standing.update(revoked_at=at, revoked_reason=words)
    audit.record("media.taken_back", item, by=by, at=at, shares=revoked)
