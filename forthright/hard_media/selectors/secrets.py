"""Which bytes are those of a sensitive recording, wherever else in the register they turn up."""

from collections.abc import Collection

from django.db.models import QuerySet

from forthright.accounts.models import Area
from forthright.hard_media.models import CutCopy, MediaItem, Playing, SentFile


def secret_among(digests: Collection[str], area: Area) -> set[str]:
    """Return which of these SHA-256 are of a file of a sensitive recording, or of a copy of one.

    The same file may have been sent for two recordings, of which one is sensitive.
    """
    wanted = [each for each in digests if each]
    return {
        digest
        for each in _sensitive(area)
        for digest in each.filter(sha256__in=wanted).values_list("sha256", flat=True)
    }


def secrets_of(area: Area) -> set[str]:
    """Return the SHA-256 of every file of a sensitive recording, and of every copy of one."""
    first, *rest = (
        each.exclude(sha256="").order_by().values_list("sha256", flat=True)
        for each in _sensitive(area)
    )
    return set(first.union(*rest))


def _sensitive(area: Area) -> "list[QuerySet[SentFile] | QuerySet[Playing] | QuerySet[CutCopy]]":
    secret = MediaItem.objects.filter(area=area, is_sensitive=True)
    return [
        SentFile.objects.filter(item__in=secret),
        Playing.objects.filter(sent_file__item__in=secret),
        CutCopy.objects.filter(file__item__in=secret),
    ]
