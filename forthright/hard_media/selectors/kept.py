"""Which files are kept and stand for their recording."""

from datetime import datetime

from django.db.models import Q, QuerySet

from forthright.hard_media.models import Hearing, SentFile


def cut_off_of(hearing: Hearing) -> set[int]:
    """Return of which recordings of a case a file that stands for them lacks its end."""
    rows = files_kept().filter(item__case=hearing.case_id, playing__missing_bytes__gt=0)
    return set(rows.values_list("item", flat=True))


def files_kept(until: datetime | None = None) -> "QuerySet[SentFile]":
    """Return the files that are kept and stand for their recording, now or at a moment before."""
    rows = SentFile.objects.filter(state=SentFile.State.KEPT)
    if until is None:
        return rows.filter(superseded_at=None)
    stood = Q(superseded_at=None) | Q(superseded_at__gte=until)
    return rows.filter(stood, kept_at__lt=until)
