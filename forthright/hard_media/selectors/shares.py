"""The shares of a recording, with who recorded each, and when, beside the day that it says."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q

from forthright.audit.models import Event
from forthright.hard_media.models import MediaItem, ShareLink, ShareRecord
from forthright.hard_media.selectors.gave import links_not_gone
from forthright.rules.firm_names import firm_words
from forthright.rules.words import day_of, list_words


def shares_of(item: MediaItem) -> list[Any]:
    """Return the shares of a recording, each with `opening` and what follows from it.

    `opening` is the event by which it was recorded that the party opened it, or None;
    `opening_is_late` that it was recorded later than the day it says; `is_still_waited_for` that
    the party has opened neither it nor what was shared with them since.
    """
    shares: list[Any] = list(
        item.shares.select_related("representation__defendant", "recorded_by").prefetch_related(
            "links",
            "receipts__file",
            "receipts__copy__file__item",
            "contents__copy",
            "asked_back__by",
        )
    )
    told = Event.objects.filter(
        subject_kind=ShareRecord._meta.label, name="share.opened",
        subject_id__in=[str(each.pk) for each in shares],
    )  # fmt: skip
    by_share = {each.subject_id: each for each in told.select_related("by")}
    opened = {_with_whom(each): each.pk for each in shares if _counts(each)}
    for share in shares:
        last = opened.get(_with_whom(share), 0)
        share.is_still_waited_for = _stands(share) and last < share.pk and not share.opened_on
        share.opening = opening = by_share.get(str(share.pk))
        share.opening_is_late = bool(
            opening and share.opened_on and day_of(opening.at) > share.opened_on
        )
    return shares


def _with_whom(share: ShareRecord) -> tuple[str, int | str | None]:
    """Return by what a party is known: a firm, or counsel by their name or an address of theirs."""
    if share.party != ShareRecord.Party.COUNSEL:
        return share.party, share.representation_id
    if share.counsel:
        return share.party, " ".join(firm_words(share.counsel))
    return share.party, next((each.email.casefold() for each in share.links.all()), "")


def _stands(share: ShareRecord) -> bool:
    return share.revoked_at is None and not share.is_of_an_earlier_copy


def _counts(share: ShareRecord) -> bool:
    return share.opened_on is not None and _stands(share)


def expiring(shares: Sequence[ShareRecord], today: date, *, within: int) -> list[ShareRecord]:
    """Return the shares whose link expires soon and that nobody is known to have opened."""
    last = today + timedelta(days=within)
    return [
        each
        for each in shares
        if each.link_expires_on
        and today <= each.link_expires_on <= last
        and not each.opened_on
        and not any(link.is_guessed_at for link in each.links.all())
    ]


def had_of(items: Sequence[MediaItem], today: date) -> dict[str, str]:
    """Return which of some recordings each party has now, in words, by the key of the party.

    What goes by a link whose e-mail has not gone, or that ended before anybody opened it, is with
    nobody.

    The key is the kind of the party, and of a firm its kind and who it is: "DEFENCE 12".
    """
    closed = ShareLink.objects.filter(ShareLink.GUESSED_AT, shares=OuterRef("pk"))
    rows = ShareRecord.objects.filter(
        ~Exists(links_not_gone()), item__in=[each.pk for each in items], revoked_at=None
    ).exclude(Q(Exists(closed)) | Q(link_expires_on__lt=today), opened_on=None)
    found: dict[str, list[str]] = {}
    for party, firm, exhibit in rows.order_by("item__exhibit", "pk").values_list(
        "party", "representation", "item__exhibit"
    ):
        names = found.setdefault(f"{party} {firm}" if firm else party, [])
        if exhibit not in names:
            names.append(exhibit)
    return {key: list_words(names) for key, names in found.items()}
