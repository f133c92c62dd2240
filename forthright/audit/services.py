"""Adds an act to the chain, in the transaction of the act itself."""

import json
from datetime import datetime
from typing import Any

from django.db import models, transaction

from forthright.accounts.models import Area, User
from forthright.audit.chain import digest_of
from forthright.audit.models import Event, Head


@transaction.atomic
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

    Details are identifiers, counts and reasons, never a person's name or address.
    """
    head = Head.objects.select_for_update().get(pk=1)
    event = Event(
        sequence=head.sequence + 1,
        at=at,
        by=by,
        area_id=area_of(subject, area, by),
        name=name,
        subject_kind=subject._meta.label if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        detail=json.loads(json.dumps(detail, default=str)),
        previous_hash=head.hash,
    )
    event.hash = digest_of(event)
    event.save(force_insert=True)
    head.sequence, head.hash = event.sequence, event.hash
    head.save(update_fields=["sequence", "hash"])
    return event


def area_of(subject: models.Model | None, area: Area | None, by: User | None) -> int | None:
    """Return the Area an event belongs to: given, the subject's, or the person's."""
    if area is not None:
        return area.pk
    of_subject = getattr(subject, "area_id", None)
    return of_subject or (by.area_id if by is not None else None)
