"""Takes a recording back from everybody who has it."""

from datetime import datetime

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import MediaItem, ShareRecord


def locked_with_shares(item: MediaItem) -> MediaItem:
    """Return a recording, locked with what stands of it with parties.

    Everybody locks in one order, so that no two wait for each other: a disc, recordings together,
    what hangs on them, and last the head of the record, which is held from the first event on.
    """
    rows = MediaItem.objects.select_for_update(of=("self",)).select_related("case")
    item = rows.get(pk=item.pk)
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
