"""Which of what is kept was read and found to be not what came, and is not whole again since."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.hard_media.models import (
    CutCopy,
    Damage,
    MediaItem,
    SentFile,
    ShareContent,
    ShareRecord,
)
from forthright.hard_media.selectors.kept import files_kept


def damages(until: datetime | None = None) -> "QuerySet[Damage]":
    """Return what is damaged now, or was known to be at a moment before."""
    if until is None:
        return Damage.objects.filter(mended_at=None)
    whole_later = Q(mended_at=None) | Q(mended_at__gte=until)
    return Damage.objects.filter(whole_later, found_at__lt=until)


def damaged_among(digests: Collection[str]) -> set[str]:
    """Return which of some SHA-256 are of what is damaged now."""
    return set(damages().filter(sha256__in=digests).values_list("sha256", flat=True))


def damages_of_links(until: datetime | None = None) -> "QuerySet[Damage]":
    """Return what is damaged of that which a share by a link gives, to be read in what asks shares.

    What went another way lies with its party, whatever becomes of what is kept here.
    """
    given = ShareContent.objects.filter(
        Q(copy=None, file__sha256=OuterRef("sha256")) | Q(copy__sha256=OuterRef("sha256")),
        share=OuterRef(OuterRef("pk")), share__way=ShareRecord.Way.LINK,
    )  # fmt: skip
    return damages(until).filter(Exists(given)).order_by("found_at")


def damaged_files(item: MediaItem) -> "QuerySet[SentFile]":
    """Return the files that stand for a recording and are damaged."""
    return _harmed().filter(item=item)


def found_damaged_at(item: MediaItem) -> datetime | None:
    """Return since when a file that stands for a recording is known to be damaged."""
    of_it = damages().filter(sha256__in=damaged_files(item).values("sha256"))
    return of_it.order_by("found_at").values_list("found_at", flat=True).first()


def of_a_damaged_file() -> Q:
    """Say of which recordings a file that stands is damaged."""
    return Q(Exists(_harmed().filter(item=OuterRef("pk"))))


def _harmed() -> "QuerySet[SentFile]":
    return files_kept().filter(sha256__in=damages().values("sha256"))


def with_damage(items: "QuerySet[MediaItem]") -> "QuerySet[MediaItem]":
    """Return those recordings of which a file that stands, or a copy that is given, is damaged."""
    digests = damages().values("sha256")
    given = ShareContent.objects.filter(share__revoked_at=None, share__way=ShareRecord.Way.LINK)
    copies = CutCopy.objects.filter(
        sha256__in=digests, pk__in=given.values("copy"), file__item=OuterRef("pk")
    )
    return items.filter(of_a_damaged_file() | Q(Exists(copies)))
