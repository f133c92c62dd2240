"""Records that somebody saw what the register holds of people."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import Carrier, Hearing, MediaItem, StockTake
from forthright.hard_media.selectors.passed_on import was_passed_on_to


@transaction.atomic
def see_cases(hearings: Sequence[Hearing], *, by: User, at: datetime) -> None:
    """Record which cases were listed with their ladders."""
    if hearings:
        audit.record("media.listed", by=by, at=at, cases=[each.case_id for each in hearings])


@transaction.atomic
def see_items(items: Sequence[MediaItem], *, by: User, at: datetime) -> None:
    """Record which recordings were listed."""
    if items:
        audit.record("media.listed", by=by, at=at, recordings=[each.pk for each in items])


@transaction.atomic
def see_carriers(carriers: Sequence[Carrier], *, by: User, at: datetime) -> None:
    """Record which discs were listed with what is written on them."""
    if carriers:
        audit.record("media.listed", by=by, at=at, discs=[each.pk for each in carriers])


@transaction.atomic
def see(kept: Hearing | MediaItem | Carrier | StockTake, *, by: User, at: datetime) -> None:
    """Record that a case, recording, disc or stock-take was opened."""
    audit.record("media.seen", kept, by=by, at=at)
    if not isinstance(kept, Carrier) or kept.passed_on_at is None:
        return
    if Carrier.objects.filter(was_passed_on_to(by), pk=kept.pk).exists():
        note_it_came(kept)


def note_it_came(carrier: Carrier) -> None:
    """Tell a unit no more of a disc that another handed over to it: somebody there saw it."""
    if carrier.passed_on_at is not None:
        Carrier.objects.filter(pk=carrier.pk).update(passed_on_at=None)


@transaction.atomic
def see_stock_takes(taken: Sequence[StockTake], *, by: User, at: datetime) -> None:
    """Record that the places where discs lie were listed, with the counts of them."""
    audit.record("media.listed", by=by, at=at, stock_takes=[each.pk for each in taken])
