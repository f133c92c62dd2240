"""What a link opens, for whoever holds it and gave the code that went with it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core import signing
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Unit, User
from forthright.hard_media.models import (
    Representation,
    ShareContent,
    ShareLink,
    ShareRecord,
    UnitMailbox,
)
from forthright.hard_media.selectors.damaged import damaged_among
from forthright.hard_media.selectors.ended import ends_by
from forthright.hard_media.selectors.registered import found, hearings_visible_to
from forthright.hard_media.selectors.secrets import secret_among
from forthright.rules.media_facts import Classification
from forthright.rules.media_states import MediaState
from forthright.rules.words import day_of

SALT = "hard_media.link"
# An e-mail goes within seconds; one that has not gone for so long waits for somebody.
LATE = timedelta(hours=1)
SENT_BY_MISTAKE = (
    "This link was sent by mistake and opens nothing. Keep nothing that you have by it, and tell "
    "whoever sent it."
)

_TAKEN_BACK = (
    "{} was taken back, so it opens nothing more. Delete or return every copy that you took out of "
    "it, and say so in writing to whoever sent it."
)
TAKEN_BACK = _TAKEN_BACK.format("This recording")
ALL_TAKEN_BACK = _TAKEN_BACK.format("What this link opened")


@dataclass(frozen=True)
class Received:
    """One recording that a link opens, with what is given of it."""

    share: ShareRecord
    contents: tuple[ShareContent, ...]


@dataclass(frozen=True)
class Given:
    """One file or copy that a link opens, and the share it came by."""

    link: ShareLink
    share: ShareRecord
    content: ShareContent


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
    rows = ShareLink.objects.select_related(
        "area", "hearing__case", "hearing__unit", "representation__defendant"
    )
    return found(rows.filter(pk=pk), "No such link")


def mailbox_of(unit: Unit) -> str:
    """Return the e-mail address of a unit, or nothing where nobody has said it."""
    found = UnitMailbox.objects.filter(unit=unit).first()
    return found.email if found else ""


def whom_to_ask(link: ShareLink) -> str:
    """Say to whoever holds a link who sent it, and how to ask them about it."""
    unit = link.hearing.unit
    mailbox = mailbox_of(unit)
    how = f"write to {mailbox}" if mailbox else "write or telephone as you do otherwise"
    return (
        f"It was sent by {unit} ({link.area}). To ask about it, {how}, and give the reference "
        f"{link.reference}."
    )


def why_closed(link: ShareLink, today: date) -> str:
    """Return why a link opens nothing any more, in words for who holds it, or nothing."""
    if _is_by_mistake(link):
        return SENT_BY_MISTAKE
    # Whatever else closed it as well: copies of what was taken back are to be kept by nobody.
    if not _standing(link).exists():
        return ALL_TAKEN_BACK
    if link.expires_on < today:
        return "This link has expired. Ask whoever sent it for a new one."
    return _why_not_theirs(link.representation, today) or _why_not_itself(link)


def _is_by_mistake(link: ShareLink) -> bool:
    firm = link.representation
    return link.wrong_at is not None or (firm is not None and firm.mistake_at is not None)


def _why_not_itself(link: ShareLink) -> str:
    if link.replaced_at is not None:
        return "Another link was made in place of this one. Open that of the newest e-mail."
    if link.is_guessed_at:
        return (
            f"{link.MOST_WRONG} wrong codes were entered for this link, so it opens nothing any "
            "more. Ask whoever sent it for a new one."
        )
    return ""


def _why_not_theirs(firm: Representation | None, today: date) -> str:
    if firm is None:
        return ""
    if firm.ends_on is not None and firm.ends_on <= today:
        return "This link was for a firm that no longer represents the defendant here."
    if ends_by().filter(defendant=firm.defendant_id).exists():
        return "The case has ended for the defendant this link was for, so it opens nothing more."
    return ""


def unsent_links(today: date) -> "QuerySet[ShareLink]":
    """Return the links whose e-mail has not gone, and that would open something if it had."""
    shares = ShareRecord.objects.filter(links=OuterRef("pk"), revoked_at=None)
    theirs = Q(representation=None) | Q(representation__ends_on=None)
    rows = ShareLink.objects.filter(ShareLink.UNSENT, expires_on__gte=today)
    ended = ends_by().filter(defendant=OuterRef("representation__defendant"))
    rows = rows.filter(~Exists(ended))
    return rows.filter(theirs | Q(representation__ends_on__gt=today), Exists(shares))


def late_links(now: datetime) -> "QuerySet[ShareLink]":
    """Return the links whose e-mail ought to have gone long ago, see `LATE`."""
    return unsent_links(day_of(now)).filter(made_at__lt=now - LATE)


def link_for(user: User, link_id: int) -> ShareLink:
    """Return one link by which something was shared.

    :raises Http404: if there is none, or none that this person may see
    """
    rows = ShareLink.objects.filter(hearing__in=hearings_visible_to(user), pk=link_id)
    rows = rows.select_related("area", "hearing__case", "representation__defendant")
    return found(rows, "No such link")


def received_by(link: ShareLink) -> list[Received]:
    """Return what a link opens now; nothing taken back, sensitive or damaged is in it."""
    shares = list(_standing(link).select_related("item__case").order_by("item__exhibit"))
    contents = list(_contents_of(link))
    secret = secret_among({digest for each in contents for digest in each.digests}, link.area)
    damaged = damaged_among({each.sha256 for each in contents})
    given: dict[int, list[ShareContent]] = {}
    for each in contents:
        if secret & each.digests or each.sha256 in damaged:
            continue
        if not _is_kept_here(each):
            given.setdefault(each.share_id, []).append(each)
    return [Received(each, tuple(given.get(each.pk, []))) for each in shares]


def content_given(link: ShareLink, content_id: int) -> Given:
    """Return a file or copy that a link opens now.

    :raises Http404: if the link does not open it
    """
    content = found(_contents_of(link).filter(pk=content_id), "No such file")
    is_shut = _is_kept_here(content) or secret_among(content.digests, link.area)
    if is_shut or damaged_among({content.sha256}):
        raise Http404("No such file")
    return Given(link, content.share, content)


def why_not_given(link: ShareLink, content_id: int) -> str:
    """Return why a link no longer opens what it was made to open, for who holds it; or nothing.

    Nothing where it does open it, or was never to.
    """
    share = link.shares.filter(contents=content_id).first()
    if share is None:
        return ""
    if not _standing(link).filter(pk=share.pk).exists():
        return TAKEN_BACK
    try:
        content_given(link, content_id)
    except Http404:
        return "It cannot be opened now. Ask whoever sent the link."
    return ""


def is_still_given(given: Given, today: date) -> bool:
    """Say whether a link still opens what it opened before, by what is kept now."""
    link = ShareLink.objects.select_related("area", "representation").get(pk=given.link.pk)
    if why_closed(link, today):
        return False
    try:
        content_given(link, given.content.pk)
    except Http404:
        return False
    return True


def _is_kept_here(content: ShareContent) -> bool:
    """Say whether it is a copy that may hold in writing what it hides."""
    return content.copy is not None and bool(content.copy.why_kept_here)


def _contents_of(link: ShareLink) -> "QuerySet[ShareContent]":
    """Return what a link opens, but for what is byte for byte that of a sensitive recording."""
    rows = ShareContent.objects.filter(share__in=_standing(link)).order_by("pk")
    rows = rows.select_related("share__item__case", "file__item", "copy__file__item")
    return rows.select_related("file__playing").prefetch_related("file__playing__parts")


def _standing(link: ShareLink) -> "QuerySet[ShareRecord]":
    secret = Q(item__is_sensitive=True) | Q(item__classification=Classification.SENSITIVE)
    gone = Q(item__state=MediaState.WITHDRAWN)
    # Since such a share is taken back by itself; those from before stand.
    asked_again = Q(recorded_at__lt=F("item__requested_at"))
    return link.shares.filter(revoked_at__isnull=True).exclude(secret | gone | asked_again)
