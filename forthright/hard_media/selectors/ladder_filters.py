"""What the list of cases may be narrowed to, as far as the database can say it."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.hard_media.models import Hearing, MediaItem, ShareLink, ShareRecord
from forthright.hard_media.selectors.ended import has_ended_for_all
from forthright.hard_media.selectors.gone import is_gone
from forthright.hard_media.selectors.links import late_links
from forthright.hard_media.selectors.unready import may_be_unready
from forthright.rules.media_facts import Classification
from forthright.rules.urn import NotAUrn, read_urn
from forthright.web import clock

# So long a hearing that is over stays in the list; one by which a case was not ready stays longer.
DAYS_KEPT = 28
REFERENCE = re.compile(r"\s*[Ll] ?-? ?([0-9]{1,12})\s*")
STANDINGS = {
    "open": "Not ready, hearing to come",
    "red": "Red",
    "amber": "Amber",
    "missed": "Not ready by the hearing",
    "ready": "Ready, not proved",
    "proved": "Ready and proved",
    "nothing": "Nothing registered or relied on",
    "closed": "Closed, though not ready",
    "ended": "Ended for every defendant",
    "links": "A link ends before the hearing",
    "guessed": "Wrong codes closed a link",
    "gone": "A recording is not here any more",
    "disclose": "Disclosed, and not to the next firm",
    "unsent": "An e-mail with a link has not gone",
    "past": "Every hearing of the past too",
}

# What few cases have, each to be asked of hearings.
RARE: "dict[str, Callable[[date], QuerySet[Any]]]" = {
    "guessed": lambda _: ShareLink.objects.filter(ShareLink.GUESSED_AT, hearing=OuterRef("pk")),
    "gone": lambda today: MediaItem.objects.filter(is_gone(today), case=OuterRef("case")),
    "disclose": lambda _: ShareRecord.objects.filter(
        item__case=OuterRef("case"),
        item__classification=Classification.UNUSED,
        revoked_at=None,
        representation__ends_on__isnull=False,
    ),
    "unsent": lambda _: late_links(clock.now()).filter(hearing=OuterRef("pk")),
}


@dataclass(frozen=True, kw_only=True)
class LadderFilters:
    """What a list is narrowed to; nothing chosen means every hearing to come or just over."""

    words: str = ""
    unit: tuple[int, ...] = ()
    kind: str = ""
    show: str = ""
    # Cases with a recording that waits for this rung.
    rung: str = ""
    # Cases with a recording that this person is to do this to: one of TASKS, however long ago the
    # hearing was, so that what is counted is what is listed.
    task: str = ""
    before: date | None = None
    # Ways of STANDINGS: cases that may stand so are listed however far off their hearing is.
    besides: tuple[str, ...] = ()


def first_kept(today: date) -> date:
    """Return the first day of which a hearing that is over stays in the list."""
    return today - timedelta(days=DAYS_KEPT)


def filtered(
    rows: "QuerySet[Hearing]", filters: LadderFilters, today: date, secret: Collection[str]
) -> "QuerySet[Hearing]":
    """Return the hearings that a list is narrowed to; how each stands the ladder says.

    :param secret: the SHA-256 of all that is of sensitive recordings
    """
    rows = _asked_for(rows, filters, today, secret)
    if filters.before:
        wanted = Q(on=None) | Q(on__lt=filters.before)
        for way in filters.besides:
            wanted |= _may_stand(way, today)
        rows = rows.filter(wanted)
    if filters.unit:
        rows = rows.filter(unit__in=filters.unit)
    if filters.words:
        rows = rows.filter(_of_urn(filters.words))
    if filters.kind:
        rows = rows.filter(case__in=MediaItem.objects.filter(kind=filters.kind).values("case"))
    return rows


def _of_urn(words: str) -> Q:
    """Return what is asked of a case by its URN, with or without its ending, or its beginning.

    Without an ending it is each case of it, as they were split. The reference of a link, by which a
    party asks about it, leads to its case.
    """
    if link := REFERENCE.fullmatch(words):
        return Q(Exists(ShareLink.objects.filter(hearing=OuterRef("pk"), pk=int(link[1]))))
    try:
        urn = read_urn(words)
    except NotAUrn:
        return Q(case__urn__startswith=words.upper().replace(" ", ""))
    of_root = Q(case__urn=urn.root)
    return of_root & Q(case__urn_suffix=urn.suffix) if urn.suffix else of_root


def _asked_for(
    rows: "QuerySet[Hearing]", filters: LadderFilters, today: date, secret: Collection[str]
) -> "QuerySet[Hearing]":
    """Return the hearings that may stand as is asked for; how each does the ladder says."""
    if filters.show == "closed":
        return rows.filter(closed_at__isnull=False)
    if filters.show == "ended":
        return rows.filter(has_ended_for_all())
    if filters.show == "links":
        return rows.filter(_may_stand("links", today))
    if filters.show in RARE:
        rows = rows.filter(_may_stand(filters.show, today))
        # Which hearings of the past still count is long to ask, and mostly there are none.
        if not rows.exists():
            return rows.none()
    if filters.show != "past" and not filters.task:
        kept = Q(on=None) | Q(on__gte=first_kept(today))
        rows = rows.filter(kept | may_be_unready(secret, today))
    return rows


def _may_stand(way: str, today: date) -> Q:
    """Return what is asked of hearings to find those whose links end, or one of what is rare."""
    if way != "links":
        return Q(Exists(RARE[way](today)))
    ending = ShareRecord.objects.filter(
        item__case=OuterRef("case"), revoked_at=None, link_expires_on__lte=OuterRef("on")
    )
    return Q(Exists(ending), on__gte=today)
