"""Which files are kept and stand for their recording."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from forthright.hard_media.models import Hearing, MediaItem, SentFile

COMPARE = "Part of it may be missing: compare, and ask the police again if it is."


def cut_off_of(hearing: Hearing) -> set[int]:
    """Return of which recordings of a case a file that stands for them lacks its end."""
    rows = files_kept().filter(item__case=hearing.case_id, playing__missing_bytes__gt=0)
    return set(rows.values_list("item", flat=True))


def too_short(item: MediaItem, files: Iterable[SentFile]) -> set[int]:
    """Return which files last notably less long than the register says that the recording does.

    A file that was cut off while it was copied plays as if all were well.
    """
    said = item.seconds or 0
    lasting = {
        each.pk: each.playing.seconds
        for each in files
        if each.kept_at and hasattr(each, "playing") and each.playing.seconds
    }
    return {pk for pk, seconds in lasting.items() if said - seconds > max(2, said / 20)}


def too_short_of(hearing: Hearing) -> set[int]:
    """Return of which recordings of a case a file that stands is too short, by the register."""
    rows = files_kept().filter(item__case=hearing.case_id, item__seconds__isnull=False)
    rows = rows.filter(playing__seconds__isnull=False).select_related("playing", "item")
    return {each.item_id for each in rows if too_short(each.item, [each])}


def short_words(item: MediaItem, sent: SentFile) -> str:
    """Say how long a file lasts that is too short by the register; nothing of any other."""
    if not too_short(item, [sent]):
        return ""
    lasts = sent.playing.clock
    return f"lasts {lasts}, and the register says that the recording lasts {item.length_words}"


def files_kept(until: datetime | None = None) -> "QuerySet[SentFile]":
    """Return the files that are kept and stand for their recording, now or at a moment before."""
    rows = SentFile.objects.filter(state=SentFile.State.KEPT)
    if until is None:
        return rows.filter(superseded_at=None)
    stood = Q(superseded_at=None) | Q(superseded_at__gte=until)
    return rows.filter(stood, kept_at__lt=until)
