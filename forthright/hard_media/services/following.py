"""Lets what belongs to a case follow it where it moves to another unit."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media.models import Hearing, MediaItem, PoliceFeedback, SentFile
from forthright.hard_media.selectors.history import UNIT_MOVED


@transaction.atomic
def follow_units(
    cases: Collection[int] | None = None, *, by: User | None, at: datetime
) -> int:  # fmt: skip
    """Give the hearing, recordings, files and feedback of cases the unit that holds the case now.

    A disc stays with the unit on whose shelf it lies, until somebody hands it over.

    :param cases: by their numbers; None: every case of the register
    :return: how many cases were with another unit
    """
    rows = astray(cases).select_for_update(of=("self",)).select_related("case", "area")
    found = list(rows.order_by("pk"))
    for hearing in found:
        _follow(hearing, by=by, at=at)
    return len(found)


def astray(cases: Collection[int] | None) -> "QuerySet[Hearing]":
    """Return the hearings of which something is with another unit than the case."""
    rows = Hearing.objects.all() if cases is None else Hearing.objects.filter(case__in=cases)
    of_case = MediaItem.objects.filter(case=OuterRef("case"))
    files = SentFile.objects.filter(item__case=OuterRef("case"))
    told = PoliceFeedback.objects.filter(item__case=OuterRef("case"))
    elsewhere = [Exists(each.exclude(unit=OuterRef("case__unit"))) for each in (of_case, files,
                 told)]  # fmt: skip
    return rows.filter(~Q(unit=F("case__unit")) | elsewhere[0] | elsewhere[1] | elsewhere[2])


def _follow(hearing: Hearing, *, by: User | None, at: datetime) -> None:
    before, case = hearing.unit_id, hearing.case
    Hearing.objects.filter(pk=hearing.pk).update(unit=case.unit_id)
    moved = MediaItem.objects.filter(case=case).exclude(unit=case.unit_id)
    items = list(moved.order_by("pk").values_list("pk", flat=True))
    moved.update(unit=case.unit_id)
    for model in (SentFile, PoliceFeedback):
        rows = model.objects.filter(item__case=case).exclude(unit=case.unit_id)
        rows.update(unit=case.unit_id)
    audit.record(
        UNIT_MOVED, hearing, by=by, at=at, of_unit=before, to_unit=case.unit_id, recordings=items
    )  # fmt: skip
