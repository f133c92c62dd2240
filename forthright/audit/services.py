"""Adds an act to the chain, in the transaction of the act itself, and guards the chain."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any

from django.db import models, transaction

from forthright.accounts.covering import covered_for
from forthright.accounts.models import Area, User
from forthright.audit import comparing, heads, locks
from forthright.audit.belonging import unit_of
from forthright.audit.chain import digest_of
from forthright.audit.models import DEPUTY_FOR, Event, Head

log = logging.getLogger("forthright.audit")


class NothingWasLost(Exception):
    """Every head kept outside the database stands in the record."""


# The events that wait for the end of a long piece of work, where one is being done.
_kept_back: ContextVar[list[Event] | None] = ContextVar("kept_back", default=None)


@contextmanager
def at_the_end() -> Iterator[None]:
    """Add the events of a long piece of work when it ends, in their order; none if it fails.

    Whoever adds an event locks the head of the chain until the transaction ends, and everybody
    else who adds one waits for that. So a long transaction adds its events last.
    """
    events: list[Event] = []
    token = _kept_back.set(events)
    try:
        yield
    finally:
        _kept_back.reset(token)
    for event in events:
        _add(event)


def record(
    name: str,
    subject: models.Model | None = None,
    *,
    by: User | None,
    at: datetime,
    area: Area | None = None,
    **detail: Any,
) -> Event:
    """Add one event; `by` is None for what the product does by schedule.

    Details are identifiers, counts and reasons, never a person's name or address. What somebody
    does in a unit while they cover there says for whom.
    """
    if by is not None and by.covering and (stood_for := covered_for(by, unit_of(subject))):
        detail[DEPUTY_FOR] = stood_for
    event = Event(
        at=at,
        by=by,
        area_id=area_of(subject, area, by),
        name=name,
        subject_kind=subject._meta.label if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        detail=json.loads(json.dumps(detail, default=str)),
    )
    kept_back = _kept_back.get()
    if kept_back is None:
        _add(event)
    else:
        kept_back.append(event)
    return event


@transaction.atomic
def _add(event: Event) -> None:
    """Give an event its place at the end of the chain."""
    head = Head.objects.select_for_update().get(pk=1)
    event.sequence, event.previous_hash = head.sequence + 1, head.hash
    event.hash = digest_of(event)
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save(update_fields=["sequence", "hash"])


def area_of(subject: models.Model | None, area: Area | None, by: User | None) -> int | None:
    """Return the Area an event belongs to: given, the subject's, or the person's."""
    if area is not None:
        return area.pk
    of_subject = getattr(subject, "area_id", None)
    return of_subject or (by.area_id if by is not None else None)


def keep_head(*, at: datetime) -> None:
    """Write the head of the record into each file outside the database, if it moved.

    Call it outside a transaction: a head that is then undone would look like tampering. A file
    that cannot be written is a line in the log here; whoever checks the record is told.
    """
    head = Head.objects.filter(pk=1).first()
    if head is None or not head.sequence:
        return
    heads.settle_database()
    kept = heads.KeptHead(at, head.sequence, head.hash)
    for number, place in enumerate(heads.places(), start=1):
        is_new = not place.exists()
        try:
            heads.append(place, kept)
        except OSError as fault:
            log.warning(heads.trouble_words(place, fault.strerror or str(fault)))
            continue
        if is_new:
            # Where a file that was there is begun again, somebody removed it.
            record(comparing.HEADS_BEGUN, by=None, at=at, place=number)


@transaction.atomic
def accept_restore(reason: str, *, by: User | None, at: datetime) -> comparing.Restore:
    """Set aside the kept heads that a restored backup does not hold, and record who said so.

    :raises NothingWasLost: if every kept head stands
    """
    kept = [each for place in heads.places() for each in heads.read(place).heads]
    lost = comparing.gone(kept)
    if not lost:
        raise NothingWasLost(
            "Every head kept outside the database is in the record, so there is nothing to accept."
        )
    after = comparing.last_standing(kept, lost)
    reached = max(each.sequence for each in lost)
    record(
        comparing.RESTORE_ACCEPTED, by=by, at=at, after=after, reached=reached, reason=reason,
        heads=len(lost), where="command",
    )  # fmt: skip
    return comparing.Restore(at, after, reached, reason)


@transaction.atomic
def put_locks_back(*, by: User | None, at: datetime) -> list[locks.Trouble]:
    """Put on the locks that are off or altered, and record which; return them."""
    were_off = locks.troubles()
    if were_off:
        locks.put_on()
        said = [f"{each.lock} {each.why}" for each in were_off]
        record("record.locks_put_back", by=by, at=at, locks=said, where="command")
    return were_off
