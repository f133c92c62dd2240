"""What each share gives: the recording, a copy in its place, or a clip; and whether it is shut."""

from collections.abc import Collection
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)

from forthright.hard_media.models import CutCopy, SentFile, ShareContent, ShareRecord
from forthright.rules.media_facts import Gives


def with_what_is_given(
    rows: "QuerySet[ShareRecord]", secret: Collection[str]
) -> "QuerySet[Any]":  # fmt: skip
    """Return shares, each with `gives` and `is_shut`.

    Of what went another way no contents are known but for copies: it gave the recording as it was
    when that was recorded. A file that came later makes any share one of a part. A share is
    shut where what it gives, or what that is a copy of, is, byte for byte, that of a sensitive
    recording.

    :param secret: the SHA-256 of all that is of sensitive recordings
    """
    known = ShareContent.objects.filter(share=OuterRef("pk"))
    whole = Exists(known.filter(copy=None)) | ~Exists(known)
    files = SentFile.objects.filter(
        item=OuterRef("item"), state=SentFile.State.KEPT, superseded_at=None
    )
    own = ShareContent.objects.filter(share=OuterRef(OuterRef("pk")), file=OuterRef("pk"))
    # A clip is not the file that it is of.
    own = own.filter(Q(copy=None) | ~Q(copy__what=CutCopy.What.CLIP))
    missed = Exists(files.filter(~Exists(own)))
    came_later = Exists(files.filter(kept_at__gt=OuterRef("recorded_at")))
    is_part = (Q(way=ShareRecord.Way.LINK) & Exists(known) & missed) | (
        ~Q(way=ShareRecord.Way.LINK) & came_later
    )
    hides = Exists(known.filter(copy__isnull=False).exclude(copy__what=CutCopy.What.CLIP))
    gives = Case(
        When(whole & is_part, then=Value(Gives.PART.value)),
        When(whole, then=Value(Gives.WHOLE.value)),
        When(Q(hides) & missed, then=Value(Gives.SOME_COPIES.value)),
        When(hides, then=Value(Gives.IN_PLACE.value)),
        default=Value(Gives.CLIP.value),
        output_field=CharField(),
    )
    is_shut = Case(
        When(_is_secret(known, secret), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    return rows.annotate(gives=gives, is_shut=is_shut)


def _is_secret(known: "QuerySet[ShareContent]", secret: Collection[str]) -> Q:
    if not secret:
        return Q(pk__in=[])
    # A copy has bytes of its own; what it was made from says as well whether it is secret.
    alike = known.filter(Q(file__sha256__in=secret) | Q(copy__sha256__in=secret))
    files = SentFile.objects.filter(
        item=OuterRef("item"), superseded_at=None, sha256__in=secret
    )  # fmt: skip
    return Exists(alike) | (~Exists(known) & Exists(files))
