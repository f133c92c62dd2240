"""The discs and sticks that an Area held at the end of a day, for the weekly report.

As they stood then: what was recorded of them since, of what is on them, and of the hearings of
that, says nothing of that day.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from forthright.accounts.models import Area
from forthright.hard_media.models import (
    Carried,
    Carrier,
    Hearing,
    HearingMove,
    MediaItem,
    WriteOff,
)
from forthright.hard_media.selectors.discs_then import ENDED, DiscsThen, in_parts
from forthright.hard_media.selectors.ended import has_ended_for_all
from forthright.rules.media_backlog import DiscFact
from forthright.rules.media_states import CarrierState
from forthright.web import clock


def discs_held(area: Area, until: date, then: DiscsThen) -> tuple[DiscFact, ...]:
    """Return the discs and sticks that were not ended or written off by the end of a day.

    :param then: how the discs of the Area stood at that end
    """
    end = clock.end_of(until)
    decided = WriteOff.objects.filter(carrier=OuterRef("pk"), decided_at__lt=end)
    written_off = decided.filter(Q(ended_at=None) | Q(ended_at__gte=end))
    to_come = _to_come(until, end)
    known = Carried.objects.filter(carrier=OuterRef("pk"))
    waits = known.filter(item__case__in=to_come.values("case"))
    held = Carrier.objects.filter(~Exists(written_off), area=area, added_at__lt=end)
    discs = held.annotate(waits=Exists(waits), is_known=Exists(known))
    has_ended = Q(state__in=ENDED)
    rows = list(_told_of(discs.exclude(has_ended)))
    for part in in_parts(then.states):
        rows += _told_of(discs.filter(has_ended, pk__in=part))
    waiting = _waiting({item for on in then.on_it.values() for item in on}, to_come)
    found = []
    for pk, now, waits_now, is_known_now in sorted(rows):
        on = then.on_it.get(pk)
        is_known = is_known_now if on is None else bool(on)
        does_wait = waits_now if on is None else bool(on & waiting)
        if (state := then.state_of(pk, now)) not in ENDED:
            found.append(
                DiscFact(
                    id=pk,
                    is_missing=state is CarrierState.MISSING,
                    is_over=is_known and not does_wait,
                    is_unknown=not is_known,
                )
            )
    return tuple(found)


def _told_of(discs: "QuerySet[Any]") -> "QuerySet[Any, tuple[int, str, bool, bool]]":
    return discs.values_list("pk", "state", "waits", "is_known")


def _to_come(until: date, end: datetime) -> "QuerySet[Hearing]":
    """Return the hearings that were to come at the end of a day, as they were listed then."""
    moves = HearingMove.objects.filter(hearing=OuterRef("pk"), moved_at__gte=end)
    first = moves.order_by("moved_at", "pk")
    was_on = Subquery(first.values("old_on")[:1])
    return (
        Hearing.objects.alias(has_moved=Exists(moves), was_on=was_on)
        .filter(
            Q(Q(on=None) | Q(on__gt=until), has_moved=False)
            | Q(Q(was_on=None) | Q(was_on__gt=until), has_moved=True)
        )
        .exclude(has_ended_for_all(end))
    )


def _waiting(items: Collection[int], to_come: "QuerySet[Hearing]") -> set[int]:
    """Return those recordings of whose case a hearing was to come."""
    found: set[int] = set()
    for part in in_parts(items):
        rows = MediaItem.objects.filter(pk__in=part, case__in=to_come.values("case"))
        found |= set(rows.values_list("pk", flat=True))
    return found
