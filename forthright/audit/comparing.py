"""Compares the record with heads that were kept or printed outside the database."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Max

from forthright.audit import heads
from forthright.audit.models import Event
from forthright.rules.words import count_words, list_words, moment_words

RESTORE_ACCEPTED = "record.restore_accepted"
HEADS_BEGUN = "record.heads_begun"
AT_ONCE = 1_000


@dataclass(frozen=True)
class Restore:
    """A restored backup that an administrator accepted: heads after an event were lost by it."""

    at: datetime
    after: int
    reached: int
    reason: str

    @property
    def words(self) -> str:
        """Say what was lost and why, for as long as the record stands."""
        return (
            f"On {moment_words(self.at)} it was accepted that the record had been taken back: it "
            f"had reached event {self.reached:,}, and what was done after event {self.after:,} "
            f"is not in it. Reason given: {self.reason}"
        )


# What to do about a frozen thing that was changed, where nothing better is known.
LOOK_INTO_IT = "Do not use it, and find out who had access to the database."


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """One frozen thing of a higher room: its name in words, and what it holds now."""

    subject_id: str
    words: str
    # Each as its name in words, the name in the event's detail, and what it is now.
    detail: tuple[tuple[str, str, Any], ...]
    # The same for what the event itself says: when, by whom, for which Area, at which place.
    event: tuple[tuple[str, str, Any], ...]
    # As `detail`, but not said by events of earlier days: these cannot be compared then.
    later: tuple[tuple[str, str, Any], ...] = ()
    # Which of a subject's things it is, by what the event's detail calls so.
    kind: str = ""
    told_apart_by: str = "kind"
    mend: str = LOOK_INTO_IT

    def differences(self, made: Event) -> list[str]:
        """Return what of it is not as the event of its making says, in words."""
        said = [words for words, name, now in self.detail if now != made.detail.get(name)]
        said += [words for words, name, now in self.later
                 if name in made.detail and now != made.detail[name]]  # fmt: skip
        said += [words for words, name, now in self.event if now != getattr(made, name)]
        return list(dict.fromkeys(said))

    def not_covered(self, made: Event) -> list[str]:
        """Return what of it the event of its making does not say, in words."""
        return list(dict.fromkeys(words for words, name, _ in self.later
                                  if name not in made.detail))  # fmt: skip


@dataclass
class Compared:
    """What a comparison of frozen things with the record found: faults, and what it left out."""

    faults: list[str] = field(default_factory=list)
    # What an older event does not say, in words, with the things it does not say it of.
    not_covered: dict[str, list[str]] = field(default_factory=dict)

    @property
    def notes(self) -> list[str]:
        """Say what could not be compared, and of how many things."""
        return [
            f"Not covered: of {_some_words(things)} the record of that time does not say the "
            f"{what}, so a change of that would not be found."
            for what, things in self.not_covered.items()
        ]


def content_digest(content: object) -> str:
    """Return the SHA-256 of plain values, written in the one way that is compared."""
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(written.encode(errors="surrogatepass")).hexdigest()


def frozen_words(made: str, frozen: Iterable[Frozen], *, of: Iterable[str]) -> list[str]:
    """Say which frozen things of these subjects alone are not as the record says, or are gone."""
    return compared(made, frozen, of=of).faults


def compared(made: str, frozen: Iterable[Frozen], *, of: Iterable[str] | None = None) -> Compared:
    """Compare frozen things with the events of their making; one that is gone is a fault too.

    `made` is the name of those events; each says what was frozen, when and by whom. `of` looks at
    the things of these subjects alone.
    """
    events = Event.objects.filter(name=made).order_by("-sequence")
    events = events if of is None else events.filter(subject_id__in=list(of))
    # One may be made meanwhile: its event is then read, and not held to be without its thing.
    last = events.aggregate(last=Max("sequence"))["last"] or 0
    kept = list(frozen)
    apart = kept[0].told_apart_by if kept else "kind"
    # Of two events for one thing the first counts: a later one may be of what was put in its place.
    recorded = {(event.subject_id, str(event.detail.get(apart, ""))): event for event in events}
    found = Compared()
    for each in kept:
        event = recorded.pop((each.subject_id, each.kind), None)
        found.faults += _differs(each, event)
        if event and (lacking := each.not_covered(event)):
            found.not_covered.setdefault(list_words(lacking), []).append(each.words)
    found.faults += [_gone_words(event) for event in recorded.values() if event.sequence <= last]
    return found


def _some_words(things: list[str]) -> str:
    """Name the first of some things, and say how many more there are."""
    more = len(things) - 1
    return f"{things[0]} and {more:,} more" if more else things[0]


def _gone_words(event: Event) -> str:
    told = [event.name, event.detail.get("week"), event.detail.get("kind")]
    return (
        f"What event {event.sequence:,} ({', '.join(filter(None, told))}) froze is gone: it was "
        "removed from the database. Bring it back from a backup, and find out who had access."
    )


def _differs(frozen: Frozen, made: Event | None) -> list[str]:
    if made is None:
        return [f"{frozen.words} stands in the database, but no event says that it was made."]
    if not (changed := frozen.differences(made)):
        return []
    said = (
        f"{frozen.words} was changed after it was frozen: it no longer fits event "
        f"{made.sequence:,} in its {list_words(changed)}. {frozen.mend}"
    )
    return [said]


def heads_begun(place: int) -> list[int]:
    """Return the events that say a file of heads was begun, by the number of the file."""
    rows = Event.objects.filter(name=HEADS_BEGUN).order_by("sequence")
    return [number for number, detail in rows.values_list("sequence", "detail")
            if detail.get("place") == place]  # fmt: skip


def missing_words(kept: heads.Kept, begun: list[int]) -> str:
    """Say that a file of heads that was begun is gone, what that means and what mends it."""
    return (
        f"Event {begun[0]:,} says that heads of the record were begun to be kept in {kept.place}, "
        "but that file is gone or empty, so nobody can tell whether events were cut from the end "
        "of the record. Bring the file back from where it was moved to, or from a copy of the data "
        "folder, then check again. If it cannot be found, find out who had access to the folder; "
        "the worker begins a new file at the next act, and the record then says so for good."
    )


def begun_again_words(kept: heads.Kept, begun: list[int]) -> str:
    """Say that a file of heads was begun more than once; nothing where it was not."""
    if len(begun) < 2:
        return ""
    events = list_words([f"{number:,}" for number in begun])
    return (
        f"Keeping heads in {kept.place} was begun {len(begun)} times, by events {events}. Either "
        "each is of another server, or the file was removed and its heads before that were lost."
    )


def accepted_restores() -> list[Restore]:
    """Return every acceptance of a restored backup, oldest first."""
    events = Event.objects.filter(name=RESTORE_ACCEPTED).order_by("sequence")
    return [
        Restore(each.at, each.detail["after"], each.detail["reached"], str(each.detail["reason"]))
        for each in events
    ]


def gone(kept: Iterable[heads.KeptHead]) -> list[heads.KeptHead]:
    """Return the kept heads that do not stand in the record, and were not accepted as lost."""
    kept = list(kept)
    lost = [
        each
        for start in range(0, len(kept), AT_ONCE)
        for each in _not_standing(kept[start : start + AT_ONCE])
    ]
    restores = accepted_restores() if lost else []
    return [
        each
        for each in lost
        if not any(each.at <= one.at and each.sequence > one.after for one in restores)
    ]


def _not_standing(kept: list[heads.KeptHead]) -> list[heads.KeptHead]:
    rows = Event.objects.filter(sequence__in={each.sequence for each in kept})
    standing = dict(rows.values_list("sequence", "hash"))
    return [each for each in kept if standing.get(each.sequence) != each.hash]


def last_standing(kept: list[heads.KeptHead], lost: list[heads.KeptHead]) -> int:
    """Return the last event, before the first that is lost, that a kept head still proves."""
    first = min(each.sequence for each in lost)
    return max((each.sequence for each in kept if each.sequence < first), default=0)


def kept_words(kept: heads.Kept, *, last: int) -> list[str]:
    """Say what the heads of one file show to be gone from a record that ends at an event."""
    lost = gone(kept.heads)
    if not lost:
        return []
    furthest = max(lost, key=lambda each: each.sequence)
    if furthest.sequence > last:
        what = f"now the record ends at event {last:,}: {gap_words(last + 1, furthest.sequence)}"
    else:
        what = (
            "now another event stands there: what followed event "
            f"{last_standing(kept.heads, lost):,} was written anew."
        )
    found = (
        f"By {kept.place} the record had reached event {furthest.sequence:,} on "
        f"{moment_words(furthest.at)}; {what} If an older backup was restored on purpose, type: "
        'forthright audit accept-restore --reason "why". That is recorded. If not, keep the '
        "database and this file as they are and find out who had access to them."
    )
    return [found]


def kept_notes(kept: heads.Kept) -> str:
    """Say how many heads of a file the record was compared with."""
    if not kept.heads:
        return f"No head is kept in {kept.place} yet: the worker adds one each minute."
    newest = max(kept.heads, key=lambda each: each.at)
    return (
        f"Compared with {count_words(len(kept.heads), 'head')} kept in {kept.place}, the newest "
        f"of {moment_words(newest.at)}."
    )


def gap_words(first: int, last: int) -> str:
    """Say which events are gone."""
    if first == last:
        return f"Event {first:,} is missing: it was removed."
    return f"Events {first:,} to {last:,} are missing: they were removed."


def known_head_words(sequence: int, known: str) -> list[str]:
    """Say whether a head printed earlier is still part of the record."""
    stands = Event.objects.filter(sequence=sequence).values_list("hash", flat=True).first()
    if stands == known:
        return []
    where = f"The head printed as event {sequence:,} ({known[:12]})"
    if stands is None:
        return [f"{where} is no longer in the record: the end of the record was cut off."]
    return [f"{where} differs from what stands there now: the record was written anew."]
