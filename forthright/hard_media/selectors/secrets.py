"""Which bytes are those of a sensitive recording, wherever else in the register they turn up."""

from collections.abc import Collection

from django.db.models import QuerySet

from forthright.accounts.models import Area
from forthright.hard_media.models import CutCopy, MediaItem, Playing, SentFile


def secret_among(digests: Collection[str], area: Area) -> set[str]:
    """Return which of these SHA-256 are of a file of a sensitive recording, or of a copy of one.

    The same file may have been sent for two recordings, of which one is sensitive.
    """
    secret = MediaItem.objects.filter(area=area, is_sensitive=True)
    rows: list[QuerySet[SentFile] | QuerySet[Playing] | QuerySet[CutCopy]] = [
        SentFile.objects.filter(item__in=secret),
        Playing.objects.filter(sent_file__item__in=secret),
        CutCopy.objects.filter(file__item__in=secret),
    ]
    wanted = [each for each in digests if each]
    return {
        digest
        for each in rows
        for digest in each.filter(sha256__in=wanted).values_list("sha256", flat=True)
    }
