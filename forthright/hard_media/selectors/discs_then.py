"""How the discs and sticks of an Area stood at a moment of the past, by the events since then."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from forthright.accounts.models import Area
from forthright.audit.models import Event
from forthright.hard_media.models import Carried, Carrier
from forthright.hard_media.selectors.came_with import FILLED, PUT_RIGHT, TAKEN_OFF
from forthright.hard_media.selectors.hands import OURS, hands_by
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierState
from forthright.rules.words import day_of

FOUND, MISSED, NOT_ENDED = "disc.held", "disc.missing", "disc.not_ended"
# In what state each event found a disc; that it never ended says itself as what it had.
_FOUND_IN = {
    MISSED: CarrierState.HELD,
    FOUND: CarrierState.MISSING,
    "disc.returned": CarrierState.HELD,
    "disc.destroyed": CarrierState.HELD,
}
ENDED = (CarrierState.RETURNED, CarrierState.DESTROYED)
AT_ONCE = 5_000  # numbers that are asked for in one query


@dataclass(frozen=True, slots=True)
class DiscsThen:
    """What was otherwise of discs at a moment than it is now, by the disc; of the others nothing.

    :param states: in what state each was
    :param on_it: what was recorded as on each
    :param days: on which day each was recorded as received
    """

    states: Mapping[int, CarrierState]
    on_it: Mapping[int, set[int]]
    days: Mapping[int, date]

    def state_of(self, disc: int, now: str) -> CarrierState:
        """Return the state in which a disc was that is in another now."""
        return self.states.get(disc, CarrierState(now))

    def held(self, disc: int, item: int) -> bool:
        """Say whether a recording that is recorded as on a disc now was so then."""
        return disc not in self.on_it or item in self.on_it[disc]


@dataclass(frozen=True, slots=True)
class CopyOnDisc:
    """That a recording was on a disc that lay with a unit, as the ladder asks of now."""

    received_on: date
    taken_at: datetime | None

    def holds_since(self, again: datetime | None) -> bool:
        """Say whether it may be the copy of now: it came since that was asked for, or was taken."""
        if again is None or (self.taken_at is not None and self.taken_at >= again):
            return True
        return self.received_on >= day_of(again)


def discs_then(area: Area, end: datetime) -> DiscsThen:
    """Return how the discs of an Area stood at a moment, as it was recorded by then."""
    states: dict[int, CarrierState] = {}
    named: defaultdict[int, set[int]] = defaultdict(set)
    days: dict[int, date] = {}
    names = [FILLED, TAKEN_OFF, PUT_RIGHT, NOT_ENDED, *_FOUND_IN]
    # Not asked by the Area: that index leads through all that was ever done in it.
    events = Event.objects.filter(subject_kind=Carrier._meta.label, name__in=names, at__gte=end)
    of_area = [each for each in events.order_by("sequence") if each.area_id == area.pk]
    # The first event since tells how it was before that.
    for name, disc, detail in _told(of_area):
        if name in (FILLED, TAKEN_OFF):
            named[disc] |= _named_in(detail)
        elif name == PUT_RIGHT:
            days.setdefault(disc, date.fromisoformat(detail["old_day"]))
        else:
            found_in = detail["old_state"] if name == NOT_ENDED else _FOUND_IN[name]
            states.setdefault(disc, CarrierState(found_in))
    return DiscsThen(states, _on_them(named, end), days)


def copies_on_discs(
    items: Collection[int], then: DiscsThen, end: datetime
) -> dict[int, list[CopyOnDisc]]:
    """Return by recording the discs that it was on at a moment and that lay with a unit then."""
    found: defaultdict[int, list[CopyOnDisc]] = defaultdict(list)
    carried = Carried.objects.filter(item__in=items, carrier__added_at__lt=end).order_by("pk")
    rows = list(carried.values_list(
        "item_id", "carrier_id", "carrier__state", "carrier__received_on", "taken_at"
    ))  # fmt: skip
    hands = hands_by({disc for _, disc, *_ in rows} | set(then.on_it), end)

    def is_here(disc: int, state: str) -> bool:
        is_held = then.state_of(disc, state) is CarrierState.HELD
        return is_held and hands.get(disc, Receiver.UNIT) in OURS

    seen = set()
    for item, disc, state, day, taken_at in rows:
        seen.add((disc, item))
        if then.held(disc, item) and is_here(disc, state):
            by_then = taken_at if taken_at and taken_at < end else None
            found[item].append(CopyOnDisc(then.days.get(disc, day), by_then))
    wanted = set(items)
    off = [(disc, item) for disc, on in then.on_it.items() for item in (on & wanted)
           if (disc, item) not in seen]  # fmt: skip
    discs = Carrier.objects.in_bulk({disc for disc, _ in off})
    for disc, item in off:
        if is_here(disc, discs[disc].state):
            found[item].append(CopyOnDisc(then.days.get(disc, discs[disc].received_on), None))
    return found


def _on_them(named: Mapping[int, set[int]], end: datetime) -> dict[int, set[int]]:
    """Return what was recorded as on some discs by a moment.

    :param named: by the disc, what was ticked as on it or taken off since; the rest is as it is
    """
    found: dict[int, set[int]] = {disc: set() for disc in named}
    for discs in in_parts(named):
        on = Carried.objects.filter(carrier__in=discs).values_list("carrier_id", "item_id")
        for disc, item in on:
            found[disc] |= {item} - named[disc]
        events = Event.objects.filter(
            subject_kind=Carrier._meta.label,
            subject_id__in=[str(each) for each in discs],
            name__in=[FILLED, TAKEN_OFF],
            at__lt=end,
        )
        for name, disc, detail in _told(events.order_by("sequence")):
            if name == FILLED:
                found[disc] |= _named_in(detail) & named[disc]
            else:
                found[disc] -= _named_in(detail)
    return found


def in_parts(numbers: Collection[int]) -> Iterator[list[int]]:
    """Return numbers in parts, of each as many as are asked for in one query."""
    rest = sorted(numbers)
    return (rest[place : place + AT_ONCE] for place in range(0, len(rest), AT_ONCE))


def _told(events: Iterable[Event]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Return of each event its name, its disc and its details."""
    return ((each.name, int(each.subject_id), each.detail) for each in events)


def _named_in(detail: Mapping[str, Any]) -> set[int]:
    """Return the recordings that were ticked as on a disc, or the one that was taken off it."""
    return {detail["recording"]} if "recording" in detail else set(detail["recordings"])
