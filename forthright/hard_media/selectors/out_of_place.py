"""Discs and sticks that must not be where they are, so that each stands in one list."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from forthright.accounts.models import Area
from forthright.hard_media.models import Carried, Carrier, HandOver, MediaItem
from forthright.hard_media.selectors.acting import acting_in
from forthright.hard_media.selectors.discs import misplaced
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import GOT_BACK_BY_NOBODY


def out_of_place(
    rows: "QuerySet[Carrier]", area: Area, today: date, secret: Collection[str] | None = None
) -> "QuerySet[Carrier]":
    """Return those that hold what their receiver must not have, or that a firm has no more.

    The page of each says why and what to do.

    :param secret: the SHA-256 of all that is of sensitive recordings, where they were read already
    """
    wrong, others = misplaced(rows, area, secret), _with_nobody_of_the_case(rows, today)
    found = rows.filter(Q(pk__in=wrong.values("pk")) | Q(pk__in=others))
    return found.order_by("barcode", "pk")


def _with_nobody_of_the_case(rows: "QuerySet[Carrier]", today: date) -> list[int]:
    """Return the discs whose last receiver of the defence acts in a case on them no longer.

    Of a case that ended for all, what is to come back is among the discs of cases that are over.
    """
    last = HandOver.objects.filter(carrier=OuterRef("pk")).order_by("-at", "-pk")
    out = rows.exclude(state__in=GOT_BACK_BY_NOBODY).annotate(
        is_with=Subquery(last.values("to_kind")[:1]), named=Subquery(last.values("to_place")[:1])
    )
    names = {
        pk: name
        for pk, name, came_from in out.filter(is_with=Receiver.DEFENCE).values_list(
            "pk", "named", "received_from"
        )
        if name.casefold() != came_from.casefold()
    }
    if not names:
        return []
    cases: defaultdict[int, set[int]] = defaultdict(set)
    on = Carried.objects.filter(carrier__in=names).values_list("carrier", "item__case")
    for carrier, case in on:
        cases[carrier].add(case)
    items = MediaItem.objects.filter(case__in=set().union(*cases.values())).select_related("case")
    acting = acting_in(list(items), today)
    return [
        pk
        for pk, those in cases.items()
        if any(
            acting[case].is_going_on and not acting[case].is_named_by(names[pk]) for case in those
        )
    ]
