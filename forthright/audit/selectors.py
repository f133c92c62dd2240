"""Reads the record, and tells whether it is still as it was written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Max

from forthright.audit import heads, locks
from forthright.audit.chain import NOTHING_BEFORE, digest_of
from forthright.audit.comparing import (
    Frozen,
    accepted_restores,
    begun_again_words,
    compared,
    gap_words,
    heads_begun,
    kept_notes,
    kept_words,
    known_head_words,
    missing_words,
)
from forthright.audit.models import Event, Head

CHUNK = 2_000
MOST_FAULTS = 200
COLUMNS = ["sequence", "at", "by_id", "area_id", "name", "subject_kind", "subject_id", "detail",
           "previous_hash", "hash"]  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found; `notes` are no faults, but worth knowing."""

    ok: bool
    events: int
    head: str
    faults: list[str]
    notes: list[str] = field(default_factory=list)


@dataclass
class Walk:
    """Where a walk along the chain stands, and what it has found."""

    sequence: int = 0
    hash: str = NOTHING_BEFORE
    events: int = 0
    faults: list[str] = field(default_factory=list)
    changed: list[Any] = field(default_factory=list)

    def step(self, event: Any) -> None:
        """Take one event, and keep what is wrong with its place or its content."""
        self.events += 1
        if event.sequence != self.sequence + 1:
            self.say(gap_words(self.sequence + 1, event.sequence - 1))
        elif event.previous_hash != self.hash:
            self.say(f"Event {event.sequence:,} does not follow on from event {self.sequence:,}.")
        if digest_of(event) != event.hash and len(self.changed) < MOST_FAULTS:
            self.changed.append(event)
        self.sequence, self.hash = event.sequence, event.hash

    def say(self, fault: str) -> None:
        """Keep a fault, unless there are so many that no more would help."""
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)


def verify(
    *,
    known_heads: Iterable[tuple[int, str]] = (),
    frozen: Iterable[tuple[str, Iterable[Frozen]]] = (),
    newest: int | None = None,
) -> Verdict:
    """Walk the chain and say whether any event was edited, removed or moved.

    Whoever can change the whole database could write the whole chain anew. Heads that the worker
    kept outside the database show that, and so do heads that were printed elsewhere, such as in
    a weekly report: give those as (sequence, hash). What higher rooms froze, such as reports, is
    compared with the digest in the event of its making: give the name of those events, with each
    thing as it is now. Locks that are off are said too. `newest` walks only so many of the last
    events, for a page that must be quick.
    """
    walk, head = walked(newest)
    walk.faults += [words for known in known_heads for words in known_head_words(*known)]
    against = [compared(name, things) for name, things in frozen]
    walk.faults += [words for each in against for words in each.faults]
    walk.faults += [lock_words(each) for each in locks.troubles()]
    # Every event is looked through for these, so only where every event is walked.
    notes = [words for each in against for words in each.notes]
    notes += [] if newest else [restore.words for restore in accepted_restores()]
    for number, place in enumerate(heads.places(), start=1):
        kept = heads.read(place, only_newest=bool(newest))
        walk.faults += [*kept.faults, *kept_words(kept, last=walk.sequence)]
        if not kept.faults:
            faults, said = _of_file(kept, number, is_whole=not newest)
            walk.faults += faults
            notes += said
    return Verdict(not walk.faults, walk.events, head.hash, walk.faults, notes)


def _of_file(kept: heads.Kept, number: int, *, is_whole: bool) -> tuple[list[str], list[str]]:
    """Return the faults and notes of one file of heads that can be read."""
    # A look through every event: only where every event is walked, or the file holds nothing.
    begun = heads_begun(number) if is_whole or not kept.heads else []
    if begun and not kept.heads:
        return [missing_words(kept, begun)], []
    notes = filter(None, [kept_notes(kept), begun_again_words(kept, begun)])
    return list(filter(None, [heads.why_not_kept(kept.place)])), list(notes)


def walked(newest: int | None = None) -> tuple[Walk, Head]:
    """Walk the chain, or its newest events, and return what that found, with the head."""
    last = Event.objects.aggregate(last=Max("sequence"))["last"] or 0
    # Read after the last event: in a whole record the head is never behind it.
    head = Head.objects.filter(pk=1).first() or Head(sequence=0, hash="")
    walk = start(max(0, last - newest) if newest else 0)
    for event in events_from(walk.sequence, last):
        walk.step(event)
    walk.faults += changed_words(walk.changed)
    walk.faults += head_words(head, walk)
    return walk, head


def lock_words(trouble: locks.Trouble) -> str:
    """Say which lock does not hold, what that means and what mends it."""
    return (
        f"The lock {trouble.lock} {trouble.why}: the database no longer refuses to change an "
        "event. Somebody with access to the database took it off. To put it back, type: "
        "forthright audit put-locks-back. Find out who had access."
    )


def start(sequence: int) -> Walk:
    """Return a walk that begins after this event."""
    before = Event.objects.filter(sequence=sequence).values_list("hash", flat=True).first()
    return Walk(sequence, before) if before else Walk()


def events_from(sequence: int, last: int) -> Iterator[Any]:
    """Yield the events after one and up to another, a chunk at a time."""
    rows = Event.objects.order_by("sequence").values_list(*COLUMNS, named=True)
    size = CHUNK
    while size == CHUNK:
        chunk = list(rows.filter(sequence__gt=sequence, sequence__lte=last)[:CHUNK])
        yield from chunk
        size = len(chunk)
        sequence = chunk[-1].sequence if chunk else last


def changed_words(changed: list[Any]) -> list[str]:
    """Say of each event that no longer fits its hash whether it was moved or edited."""
    places = [event.sequence for event in changed]
    return [changed_word(event, places) for event in changed]


def changed_word(event: Any, places: list[int]) -> str:
    """Say whether an event was written for another of these places, or edited where it stands."""
    for place in places:
        if digest_of(event._replace(sequence=place)) == event.hash:
            return (
                f"Event {event.sequence:,} was written as event {place:,}: the order was changed."
            )
    return f"Event {event.sequence:,} ({event.name}) was edited after it was written."


def head_words(head: Head, walk: Walk) -> list[str]:
    """Say where the head and the last event do not agree."""
    if head.sequence > walk.sequence and not head_moved_on(head, walk):
        return [gap_words(walk.sequence + 1, head.sequence)]
    if head.sequence < walk.sequence:
        return [f"The head of the record stands at event {head.sequence:,}, before the last one."]
    if head.sequence == walk.sequence and walk.sequence and head.hash != walk.hash:
        return ["The head of the record is not the hash of the last event."]
    return []


def head_moved_on(head: Head, walk: Walk) -> bool:
    """Return whether others added events while the walk was under way."""
    return Event.objects.filter(sequence=head.sequence, hash=head.hash).exists() and (
        Event.objects.filter(sequence=walk.sequence + 1).exists()
    )
