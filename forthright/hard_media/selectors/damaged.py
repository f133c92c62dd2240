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
    """Return the files that stand for a recording, and programs beside it, that are damaged."""
    return (_harmed() | _harmed_programs()).filter(item=item)


def found_damaged_at(item: MediaItem) -> datetime | None:
    """Return since when any of these is known to be damaged."""
    of_it = damages().filter(sha256__in=damaged_files(item).values("sha256"))
    return of_it.order_by("found_at").values_list("found_at", flat=True).first()


def of_a_damaged_file() -> Q:
    """Say of which recordings a file that stands is damaged."""
    return Q(Exists(_harmed().filter(item=OuterRef("pk"))))


def _harmed() -> "QuerySet[SentFile]":
    return files_kept().filter(sha256__in=damages().values("sha256"))


def _harmed_programs() -> "QuerySet[SentFile]":
    """Return damaged programs: nothing is closed for one, but it is to be put back."""
    rows = SentFile.objects.filter(state=SentFile.State.PROGRAM, superseded_at=None)
    return rows.filter(sha256__in=damages().values("sha256"))


def with_damaged_file(items: Collection[MediaItem]) -> "QuerySet[MediaItem]":
    """Return those of some recordings of which a file that stands is damaged."""
    return MediaItem.objects.filter(of_a_damaged_file(), pk__in=[each.pk for each in items])


def with_damage(items: "QuerySet[MediaItem]") -> "QuerySet[MediaItem]":
    """Return those recordings of which something is to be put back, as it is damaged.

    That is a file that stands, a copy that is given, or a program that came beside it.
    """
    digests = damages().values("sha256")
    given = ShareContent.objects.filter(share__revoked_at=None, share__way=ShareRecord.Way.LINK)
    copies = CutCopy.objects.filter(
        sha256__in=digests, pk__in=given.values("copy"), file__item=OuterRef("pk")
    )
    programs = _harmed_programs().filter(item=OuterRef("pk"))
    return items.filter(of_a_damaged_file() | Q(Exists(copies)) | Q(Exists(programs)))
