"""Which bytes are those of a sensitive recording, wherever else in the register they turn up."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

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

DECIDING = (MediaEvent.CLASSIFY, MediaEvent.CLASSIFY_SENSITIVE)
_Rows = QuerySet[SentFile] | QuerySet[Playing] | QuerySet[PlayingPart] | QuerySet[CutCopy]


def secret_among(digests: Collection[str], area: Area) -> set[str]:
    """Return which of these SHA-256 are of a file of a sensitive recording, or of a copy of one.

    The same file may have been sent for two recordings, of which one is sensitive.
    """
    wanted = [each for each in digests if each]
    return _digests_of([each.filter(sha256__in=wanted) for each in _sensitive(area)])


def secret_since(digests: Collection[str], area: Area, since: datetime) -> set[str]:
    """Return which of these SHA-256 are those of a secret, and were not known to be before."""
    secret = secret_among(digests, area)
    if not secret:
        return secret
    rows = _sensitive(area, since, is_kept=True)
    return secret - _digests_of([each.filter(sha256__in=secret) for each in rows])


def alike_to_a_secret(files: Collection[SentFile], area: Area) -> set[int]:
    """Return which of some files are, byte for byte, those of a sensitive recording."""
    secret = secret_among({digest for each in files for digest in each.digests}, area)
    return {each.pk for each in files if secret & each.digests}


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
    return _digests_of([each.exclude(sha256="") for each in _sensitive(area, until)])


def of_sensitive_copies(area: Area, until: datetime | None = None) -> "QuerySet[SentFile]":
    """Return the files of copies that were sensitive when their recordings were asked for again.

    What a lawyer says of what came since is not said of them, unless the very same file came again
    and was decided on.

    :param until: as it was at this moment
    """
    said = MediaStep.objects.filter(item=OuterRef("item"), event__in=DECIDING)
    if until is not None:
        said = said.filter(at__lt=until)
    last = said.filter(at__lte=OuterRef("superseded_at")).order_by("-at", "-pk").values("event")
    otherwise = said.filter(event=MediaEvent.CLASSIFY, at__gte=OuterRef("kept_at"))
    came_again = SentFile.objects.filter(
        Q(Exists(otherwise), superseded_at=None)
        | Q(Exists(otherwise.filter(at__lte=OuterRef("superseded_at")))),
        item=OuterRef("item"), sha256=OuterRef("sha256"),
        kept_at__gte=OuterRef("superseded_at"), viewed_at__isnull=False,
    )  # fmt: skip
    before = SentFile.objects.filter(area=area, superseded_at__isnull=False)
    before = before.annotate(last_said=Subquery(last[:1]))
    return before.filter(~Exists(came_again), last_said=MediaEvent.CLASSIFY_SENSITIVE)


def secret_still(item: MediaItem) -> set[int]:
    """Return the files of sensitive copies of a recording that two lawyers did not open."""
    rows = of_sensitive_copies(item.area).filter(item=item, stray__agreed_at=None)
    return set(rows.values_list("pk", flat=True))


def _digests_of(rows: "Iterable[_Rows]") -> set[str]:
    first, *rest = (each.order_by().values_list("sha256", flat=True) for each in rows)
    return set(first.union(*rest))


def _sensitive(
    area: Area, until: datetime | None = None, *, is_kept: bool = False
) -> "list[_Rows]":
    """Return the rows of all that are secret.

    :param is_kept: only of those whose file was kept before that moment, too
    """
    secret = MediaItem.objects.filter(area=area, is_sensitive=True)
    if until is not None:
        found = MediaStep.objects.filter(
            item=OuterRef("pk"), event=MediaEvent.CLASSIFY_SENSITIVE, at__lt=until
        )
        secret = secret.filter(Exists(found))
    before = of_sensitive_copies(area, until)
    kinds: tuple[tuple[_Rows, str], ...] = (
        (SentFile.objects.all(), ""),
        (Playing.objects.all(), "sent_file__"),
        (PlayingPart.objects.all(), "playing__sent_file__"),
        (CutCopy.objects.all(), "file__"),
    )
    rows_of: list[_Rows] = [
        rows.filter(
            _was_of_it(until, file),
            **{f"{file}item__in": secret},
            **({f"{file}kept_at__lt": until} if is_kept else {}),
        )
        for rows, file in kinds
    ]
    # Few copies of before were sensitive, and to ask each kind of file for them is long.
    if not before.exists():
        return rows_of
    # Whether it was a sensitive copy is asked only of what the cheaper questions leave.
    rows_of += [
        rows.filter(
            _was_of_it(until, file),
            Exists(before.filter(pk=OuterRef(f"{file}pk"))),
            **{f"{file}superseded_at__isnull": False},
        )
        for rows, file in kinds
    ]
    return rows_of


def _was_of_it(until: datetime | None, file: str = "") -> Q:
    """Say of a file that two lawyers have not agreed that it was never of its recording.

    :param file: what leads to it from the rows that are asked, as "file__"
    """
    agreed = f"{file}stray__agreed_at"
    of_it = Q(**{f"{agreed}__isnull": True})
    return of_it if until is None else of_it | Q(**{f"{agreed}__gte": until})
