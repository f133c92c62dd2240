"""What each share gives: the recording, a copy in its place, or a clip; and whether it is shut."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from forthright.hard_media.models import (
    CutCopy,
    PlayingPart,
    SentFile,
    ShareContent,
    ShareLink,
    ShareRecord,
)
from forthright.hard_media.selectors.damaged import damages, damages_of_links
from forthright.hard_media.selectors.kept import files_kept
from forthright.hard_media.selectors.secrets import is_alike
from forthright.rules.media_facts import Classification, Gives, Part

# What was shared before a recording was asked for again is of an earlier copy.
OF_THE_LAST_COPY = Q(item__requested_at=None) | Q(recorded_at__gte=F("item__requested_at"))
# One without an end, or that its party opened while its link still did.
LASTS_OR_WAS_OPENED = Q(link_expires_on=None) | Q(opened_on__lte=F("link_expires_on"))


def files_here(until: datetime | None = None) -> "QuerySet[SentFile]":
    """Return those of such files of which what is kept is not known to be damaged."""
    return files_kept(until).exclude(sha256__in=damages(until).values("sha256"))


def sure_to_count() -> "QuerySet[ShareRecord]":
    """Return the shares that are sure to count as `rules.media_reach` asks, from their own day.

    Of those by a link that can expire, that wrong codes closed or that opens what is damaged, or of
    copies, it is worked out one by one; so it is where a file of the recording came or was viewed
    since, or nobody has viewed it.
    """
    copied = ShareContent.objects.filter(share=OuterRef("pk"), copy__isnull=False)
    files = files_kept().filter(item=OuterRef("item"))
    later = files.filter(
        Q(viewed_at=None)
        | Q(kept_at__gt=OuterRef("recorded_at"))
        | Q(viewed_at__gt=OuterRef("recorded_at"))
    )
    return (
        ShareRecord.objects.filter(OF_THE_LAST_COPY, revoked_at=None)
        .filter(LASTS_OR_WAS_OPENED)
        .exclude(pk__in=_links_guessed_at().values("shares"))
        .exclude(Exists(damages_of_links()))
        .exclude(Exists(copied))
        .exclude(Exists(later))
    )


def with_what_is_given(
    rows: "QuerySet[ShareRecord]", secret: Collection[str], until: datetime | None = None
) -> "QuerySet[Any]":  # fmt: skip
    """Return shares, each with `gives`, `is_shut`, `is_unsent`, `closed_at` and `broken_at`.

    Of what went another way no contents are known but for copies: it gave the recording as it was
    when that was recorded. A file that came later makes any share one of a part. A share is
    shut where what it gives, or what that is a copy of, is, byte for byte, that of a sensitive
    recording, or is a copy that was found to hold more than pictures and sound.

    :param secret: the SHA-256 of all that is of sensitive recordings
    :param until: a moment of the past, as of which it is; none: now
    """
    known = ShareContent.objects.filter(share=OuterRef("pk"))
    whole = Exists(known.filter(copy=None)) | ~Exists(known)
    files = files_kept(until).filter(item=OuterRef("item"))
    own = ShareContent.objects.filter(share=OuterRef(OuterRef("pk")))
    # What was sent twice is one file; so it is told by its SHA-256.
    own = own.filter(file__sha256=OuterRef("sha256"))
    # A clip is not the file that it is of, and a copy of one of its cameras is not all of it.
    own = own.filter(Q(copy=None) | (~Q(copy__what=CutCopy.What.CLIP) & ~Q(_leaves_a_part_out())))
    missed = Exists(files.filter(~Exists(own)))
    by_then = files_kept(until).filter(
        item=OuterRef("item"), sha256=OuterRef("sha256"),
        kept_at__lte=OuterRef(OuterRef("recorded_at")),
    )  # fmt: skip
    came_later = Exists(files.filter(~Exists(by_then), kept_at__gt=OuterRef("recorded_at")))
    is_part = (Q(way=ShareRecord.Way.LINK) & Exists(known) & missed) | (
        ~Q(way=ShareRecord.Way.LINK) & came_later
    )
    hides = Exists(known.filter(copy__isnull=False).exclude(copy__what=CutCopy.What.CLIP))
    gives = Case(
        # Beside such copies the other files may go as they came.
        When(Q(hides) & missed, then=Value(Gives.SOME_COPIES.value)),
        When(hides, then=Value(Gives.IN_PLACE.value)),
        When(whole & is_part, then=Value(Gives.PART.value)),
        When(whole, then=Value(Gives.WHOLE.value)),
        default=Value(Gives.CLIP.value),
        output_field=CharField(),
    )
    is_shut = Case(
        When(_is_secret(known, secret) | Exists(holding_more(known, until)), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    closed = _links_guessed_at().filter(shares=OuterRef("pk")).order_by("guessed_at")
    return rows.annotate(
        gives=gives,
        is_shut=is_shut,
        is_unsent=Exists(links_not_gone()),
        closed_at=Subquery(closed.values("guessed_at")[:1]),
        broken_at=Subquery(damages_of_links(until).values("found_at")[:1]),
    )


def unused_given() -> Prefetch:  # type: ignore[type-arg]
    """Return the contents of shares to be read beside these, for `parts_of`.

    Only of what is unused each is told apart, see `rules.media_disclosed`.
    """
    unused = ShareContent.objects.filter(share__item__classification=Classification.UNUSED)
    return Prefetch("contents", unused.select_related("copy"), to_attr="given")


def parts_of(share: Any, kept: Sequence[SentFile]) -> frozenset[Part]:
    """Return what a share gives one by one; of no known contents, each file that was here then."""
    given = {
        Part(
            file=str(each.file_id),
            copy=str(each.copy_id or ""),
            is_in_place=bool(each.copy and each.copy.is_in_place and not each.copy.of_part),
        )
        for each in share.given
    }
    by_then = {
        Part(file=str(each.pk))
        for each in kept
        if each.kept_at is not None and each.kept_at <= share.recorded_at
    }
    return frozenset(given or by_then or {Part()})


def _links_guessed_at() -> "QuerySet[ShareLink]":
    return ShareLink.objects.filter(ShareLink.GUESSED_AT)


def links_not_gone() -> "QuerySet[ShareLink]":
    """Return the links of a share whose e-mail has not gone, to be read inside what asks shares."""
    return ShareLink.objects.filter(ShareLink.UNSENT, shares=OuterRef("pk"))


def holding_more(
    known: "QuerySet[ShareContent]", until: datetime | None = None
) -> "QuerySet[ShareContent]":
    """Return of what shares give the copies found to hold more than pictures and sound.

    :param until: only those of which it was found before this moment
    """
    rows = known.filter(copy__lineage__shown__besides__0__isnull=False)
    if until is None:
        return rows
    return rows.filter(copy__lineage__shown__looked_at__lt=until.astimezone(UTC).isoformat())


def _leaves_a_part_out() -> Exists:
    """Say of what a share gives that its file has a camera or sound of which no copy is given."""
    none = Value(-1)
    copies = (
        ShareContent.objects.filter(
            share=OuterRef(OuterRef("share")), file=OuterRef(OuterRef("file")), copy__isnull=False
        )
        .exclude(copy__what=CutCopy.What.CLIP)
        .annotate(
            picture=Coalesce("copy__picture", none, output_field=IntegerField()),
            sound=Coalesce("copy__sound", none, output_field=IntegerField()),
        )
        .filter(
            picture=Coalesce(OuterRef("picture"), none, output_field=IntegerField()),
            sound=Coalesce(OuterRef("sound"), none, output_field=IntegerField()),
        )
    )
    parts = PlayingPart.objects.filter(playing__sent_file=OuterRef("file"))
    return Exists(parts.filter(~Exists(copies)))


def _is_secret(known: "QuerySet[ShareContent]", secret: Collection[str]) -> Q:
    if not secret:
        return Q(pk__in=[])
    # A copy has bytes of its own; what it was made from says as well whether it is secret.
    alike = known.filter(is_alike(secret, "file__") | Q(copy__sha256__in=secret))
    files = SentFile.objects.filter(is_alike(secret), item=OuterRef("item"), superseded_at=None)
    return Exists(alike) | (~Exists(known) & Exists(files))
