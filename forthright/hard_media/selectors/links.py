"""What a link opens, for whoever holds it and gave the code that went with it."""

from dataclasses import dataclass
from datetime import date

from django.core import signing
from django.db.models import Q, QuerySet
from django.http import Http404

from forthright.hard_media.models import MediaItem, SentFile, ShareLink, ShareRecord
from forthright.hard_media.selectors.registered import found
from forthright.rules.media_facts import Classification

SALT = "hard_media.link"


@dataclass(frozen=True)
class Received:
    """One recording that a link opens, with its files."""

    share: ShareRecord
    files: tuple[SentFile, ...]


@dataclass(frozen=True)
class Given:
    """One file that a link opens, and the share it came by."""

    link: ShareLink
    share: ShareRecord
    file: SentFile


def ticket_of(link: ShareLink) -> str:
    """Return the part of a link's address that nobody can guess."""
    return signing.dumps(link.pk, salt=SALT)


def link_of(ticket: str) -> ShareLink:
    """Return the link of an address.

    :raises Http404: if it is made up
    """
    try:
        pk = signing.loads(ticket, salt=SALT)
    except signing.BadSignature as fault:
        raise Http404("No such link") from fault
    rows = ShareLink.objects.select_related("area", "hearing__case", "representation__defendant")
    return found(rows.filter(pk=pk), "No such link")


def why_closed(link: ShareLink, today: date) -> str:
    """Return why a link opens nothing any more, in words for who holds it, or nothing."""
    if link.expires_on < today:
        return "This link has expired. Ask whoever sent it for a new one."
    firm = link.representation
    if firm is not None and firm.ends_on is not None and firm.ends_on <= today:
        return "This link was for a firm that no longer represents the defendant here."
    if not _standing(link).exists():
        return "What this link opened was taken back. Ask whoever sent it."
    return ""


def received_by(link: ShareLink) -> list[Received]:
    """Return what a link opens now; what was taken back or is sensitive is not in it."""
    shares = list(_standing(link).select_related("item__case").order_by("item__exhibit"))
    items = [each.item_id for each in shares]
    kept = SentFile.objects.filter(item__in=items, state=SentFile.State.KEPT)
    kept = kept.select_related("playing", "item__case")
    files: dict[int, list[SentFile]] = {}
    for each in kept.order_by("pk"):
        files.setdefault(each.item_id, []).append(each)
    return [Received(each, tuple(files.get(each.item_id, []))) for each in shares]


def file_given(link: ShareLink, file_id: int) -> Given:
    """Return a file that a link opens now.

    :raises Http404: if the link does not open it
    """
    for each in received_by(link):
        for file in each.files:
            if file.pk == file_id:
                return Given(link, each.share, file)
    raise Http404("No such file")


def without_files(items: list[MediaItem]) -> list[MediaItem]:
    """Return the recordings of which no file is kept here."""
    kept = SentFile.objects.filter(item__in=items, state=SentFile.State.KEPT)
    have = set(kept.values_list("item", flat=True))
    return [each for each in items if each.pk not in have]


def _standing(link: ShareLink) -> "QuerySet[ShareRecord]":
    secret = Q(item__is_sensitive=True) | Q(item__classification=Classification.SENSITIVE)
    return link.shares.filter(revoked_at__isnull=True).exclude(secret)
