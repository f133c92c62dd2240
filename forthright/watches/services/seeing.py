"""Records who looked at what became of a fault; the author's first look lets others see it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.watches.models import OutcomeSeen
from forthright.watches.selectors.watching import LetterSeen, Watched


@transaction.atomic
def see_watch(
    watched: Watched, letters: Sequence[LetterSeen] = (), *, by: User, at: datetime
) -> None:
    """Record a look at a watch with these letters; an author's first at its outcome is kept."""
    of = watched.of
    _keep_first_look(watched, by=by, at=at)
    audit.record("watch.seen", by=by, at=at, source=of.source, number=of.number,
                 criterion=of.asked.code,
                 duties=[of.duty_id, *(each.duty.pk for each in letters)])  # fmt: skip


@transaction.atomic
def see_watches(listed: Sequence[Watched], *, by: User, at: datetime) -> None:
    """Record which watches were listed with the case numbers of their letters.

    Beside each stands what came of it, so that for its author the list is a look at the outcome.
    """
    for each in listed:
        _keep_first_look(each, by=by, at=at)
    if listed:
        audit.record("watches.listed", by=by, at=at, duties=[each.of.duty_id for each in listed])


def _keep_first_look(watched: Watched, *, by: User, at: datetime) -> None:
    """Keep an author's first look at the outcome of a watch that is complete."""
    of = watched.of
    if of.author_id == by.pk and watched.is_complete and watched.seen_at is None:
        seen, _ = OutcomeSeen.objects.update_or_create(
            source=of.source, source_number=of.number, criterion=of.asked.code,
            defaults={"area_id": by.area_id, "author": by, "seen_at": at},
        )  # fmt: skip
        audit.record("watch.outcome_seen", seen, by=by, at=at)
