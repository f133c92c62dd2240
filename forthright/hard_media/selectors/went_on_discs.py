"""Which recordings a party has on a disc, without a share that says so or though it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from forthright.hard_media.models import Carried, Carrier, HandOver, Hearing, MediaItem, ShareRecord
from forthright.hard_media.selectors.case_page import firms_of
from forthright.hard_media.selectors.discs import holds_copy_before
from forthright.hard_media.selectors.holdings import Holder, discs_with, is_named, with_since
from forthright.rules.media_facts import MAY_BE_SHARED
from forthright.rules.media_hands import PARTIES, Receiver
from forthright.rules.media_states import CarrierState, MediaState
from forthright.rules.words import uncapitalised


@dataclass(frozen=True)
class NotRecorded:
    """A recording on a disc that a party has, and with whom no share of it is recorded."""

    disc: Carrier
    item: MediaItem
    to: str


def went_unrecorded(discs: "QuerySet[Carrier]", today: date) -> list[NotRecorded]:
    """Return what went to a party on some discs, of that which may be shared, without a share.

    What goes back to whoever brought a disc is no share. One that is lost there went there first.
    """
    last = HandOver.objects.filter(carrier=OuterRef("pk")).order_by("-at", "-pk")
    rows = discs.exclude(state=CarrierState.DESTROYED).annotate(
        is_with=Subquery(last.values("to_kind")[:1]), whom=Subquery(last.values("to_place")[:1])
    )
    found = []
    for disc in rows.filter(is_with__in=PARTIES).order_by("barcode", "pk"):
        if disc.whom.casefold() == disc.received_from.casefold():
            continue
        for item in _that_may_be_shared(disc):
            whom = _without_a_share(disc, item, today)
            found += [NotRecorded(disc, item, each) for each in whom]
    return found


def discs_of(hearing: Hearing) -> "QuerySet[Carrier]":
    """Return the discs with a recording of a case."""
    of_case = Carried.objects.filter(item__case=hearing.case_id)
    return Carrier.objects.filter(pk__in=of_case.values("carrier"))


def _that_may_be_shared(disc: Carrier) -> Iterable[MediaItem]:
    rows = disc.carried.filter(item__classification__in=MAY_BE_SHARED, item__is_sensitive=False)
    rows = rows.exclude(item__state=MediaState.WITHDRAWN).select_related("item__case")
    for each in rows.order_by("item__case__urn", "item__exhibit", "pk"):
        if not holds_copy_before(disc, each.item, ticked_at=each.ticked_at):
            yield each.item


def _without_a_share(disc: Any, item: MediaItem, today: date) -> list[str]:
    """Return with whom of those that a disc went to no share of a recording stands, in words.

    Where one was taken back while the disc is with them, it is asked for, and not to be recorded
    as shared once more.
    """
    kind = Receiver(disc.is_with)
    if kind is not Receiver.DEFENCE:
        lacks = not _has_or_had(Holder(kind=kind, case_id=item.case_id), disc, item)
        return [uncapitalised(kind.words)] if lacks else []
    hearing = Hearing.objects.filter(case=item.case_id).first()
    firms = firms_of(hearing, today) if hearing is not None else []
    return [
        f"{each} for {each.defendant}"
        for each in firms
        if is_named(each, disc.whom, item)
        and not _has_or_had(Holder(kind=kind, case_id=item.case_id, firm=each), disc, item)
    ]


def _has_or_had(holder: Holder, disc: Carrier, item: MediaItem) -> bool:
    """Say whether a share stands with a party, or was taken back while the disc is with it."""
    shares = ShareRecord.objects.filter(
        item=item, party=holder.kind, representation=holder.firm
    )  # fmt: skip
    if item.requested_at is not None:
        shares = shares.filter(recorded_at__gte=item.requested_at)
    since = with_since(holder, disc, item)
    return shares.filter(Q(revoked_at=None) | Q(revoked_at__gte=since)).exists()


def discs_given(share: ShareRecord, item: MediaItem) -> list[Carrier]:
    """Return the discs with a recording that the party of a share was given and has now.

    What went back to whoever brought it was not given to them.
    """
    if share.party not in PARTIES:
        return []
    return [
        each
        for each in discs_with(_holder(share), item)
        if (last := each.hand_overs.order_by("at", "pk").last())
        and last.to_place.casefold() != each.received_from.casefold()
    ]


def given_since(share: ShareRecord, disc: Carrier) -> datetime | None:
    """Return since when, without a break, a disc is with the party of a share."""
    return with_since(_holder(share), disc, share.item)


def _holder(share: ShareRecord) -> Holder:
    return Holder(kind=share.party, case_id=share.item.case_id, firm=share.representation)
