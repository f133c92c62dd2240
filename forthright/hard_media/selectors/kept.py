"""Which files are kept and stand for their recording."""

from datetime import datetime

from django.db.models import Q, QuerySet

from forthright.hard_media.models import SentFile


def files_kept(until: datetime | None = None) -> "QuerySet[SentFile]":
    """Return the files that are kept and stand for their recording, now or at a moment before."""
    rows = SentFile.objects.filter(state=SentFile.State.KEPT)
    if until is None:
        return rows.filter(superseded_at=None)
    stood = Q(superseded_at=None) | Q(superseded_at__gte=until)
    return rows.filter(stood, kept_at__lt=until)
