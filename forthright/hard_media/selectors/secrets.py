"""Which bytes are those of a sensitive recording, wherever else in the register they turn up."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.accounts.models import Area
from forthright.hard_media.models import (
    CutCopy,
    MediaItem,
    MediaStep,
    Playing,
    PlayingPart,
    SentFile,
)
from forthright.rules.media_states import MediaEvent


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


def is_alike(secret: Collection[str], file: str = "") -> Q:
    """Say of a file that it, or what plays in its place, is byte for byte one of these.

    :param file: what leads to it from the rows that are asked, as "file__"
    """
    return (
        Q(**{f"{file}sha256__in": secret})
        | Q(**{f"{file}playing__sha256__in": secret})
        | Q(**{f"{file}playing__parts__sha256__in": secret})
    )


def secrets_of(area: Area, until: datetime | None = None) -> set[str]:
    """Return the SHA-256 of every file of a sensitive recording, and of every copy of one.

    :param until: only of those that were found sensitive before this moment
    """
    first, *rest = (
        each.exclude(sha256="").order_by().values_list("sha256", flat=True)
        for each in _sensitive(area, until)
    )
    return set(first.union(*rest))


def _sensitive(
    area: Area, until: datetime | None = None
) -> "list[QuerySet[SentFile] | QuerySet[Playing] | QuerySet[PlayingPart] | QuerySet[CutCopy]]":
    secret = MediaItem.objects.filter(area=area, is_sensitive=True)
    if until is not None:
        found = MediaStep.objects.filter(
            item=OuterRef("pk"), event=MediaEvent.CLASSIFY_SENSITIVE, at__lt=until
        )
        secret = secret.filter(Exists(found))
    return [
        SentFile.objects.filter(_was_of_it(until), item__in=secret),
        Playing.objects.filter(_was_of_it(until, "sent_file__"), sent_file__item__in=secret),
        PlayingPart.objects.filter(
            _was_of_it(until, "playing__sent_file__"), playing__sent_file__item__in=secret
        ),
        CutCopy.objects.filter(_was_of_it(until, "file__"), file__item__in=secret),
    ]


def _was_of_it(until: datetime | None, file: str = "") -> Q:
    """Say of a file that two lawyers have not agreed that it was never of its recording.

    :param file: what leads to it from the rows that are asked, as "file__"
    """
    agreed = f"{file}stray__agreed_at"
    of_it = Q(**{f"{agreed}__isnull": True})
    return of_it if until is None else of_it | Q(**{f"{agreed}__gte": until})
