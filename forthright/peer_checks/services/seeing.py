"""Records each look at checks and at lists of letters that wait for one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters.models import Letter
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.peer_checks.selectors.told_disputes import new_to_reader, new_to_teller
from forthright.web import clock


@transaction.atomic
def see_checks(listed: Sequence[PeerCheck], *, by: User, at: datetime) -> None:
    """Record which checks were listed with the case numbers of their letters."""
    if listed:
        audit.record("peer_checks.listed", by=by, at=at, checks=[each.pk for each in listed])


@transaction.atomic
def see_checks_of(letter: Letter, *, by: User, at: datetime) -> None:
    """Record that somebody saw what was found in a letter before it went."""
    read_replies(PartTold.objects.filter(check_of__letter=letter), by=by, at=at)
    audit.record("peer_checks_of_letter.seen", letter, by=by, at=at)


@transaction.atomic
def read_replies(told: QuerySet[PartTold], *, by: User, at: datetime) -> None:
    """Record that whoever told these parts opened the replies to them, once for each."""
    unread = told.filter(told_by=by, replied_at__isnull=False, reply_read_at=None)
    for part in unread.select_for_update():
        part.reply_read_at = at
        part.save(update_fields=["reply_read_at"])
        audit.record("peer_feedback.reply_read", part, by=by, at=at)
    know_dispute(told, by=by, at=at)


@transaction.atomic
def know_dispute(told: QuerySet[PartTold], *, by: User, at: datetime) -> None:
    """Record that whoever told these parts, or was told, opened how the disputes of them stand."""
    today = clock.day_of(at)
    sides = ("teller_knows_at", new_to_teller), ("reader_knows_at", new_to_reader)
    for known, is_new in sides:
        for part in is_new(by, today).filter(pk__in=told.values("pk")).select_for_update():
            setattr(part, known, at)
            part.save(update_fields=[known])
            audit.record("peer_feedback.dispute_opened", part, by=by, at=at)


@transaction.atomic
def see_parts(listed: Sequence[PartTold], *, by: User, at: datetime) -> None:
    """Record which feedback was listed with the case numbers of its letters."""
    if listed:
        audit.record("peer_feedback.listed", by=by, at=at, parts=[each.pk for each in listed])
