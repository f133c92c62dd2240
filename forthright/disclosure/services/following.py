"""Lets duties and deliveries follow their case where it moves to another unit."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure.models import Delivery, DisclosureDuty


@transaction.atomic
def follow_units(
    cases: Collection[int] | None = None, *, by: User | None, at: datetime
) -> int:  # fmt: skip
    """Give the duties and deliveries of cases the unit that holds the case now.

    What was returned to the police stays with the unit of the police that it went to.

    :param cases: by their numbers; None: every case
    :return: how many duties were with another unit
    """
    rows = DisclosureDuty.objects.all()
    if cases is not None:
        rows = rows.filter(case__in=cases)
    came = Delivery.objects.filter(case=OuterRef("case")).exclude(unit=OuterRef("case__unit"))
    rows = rows.filter(~Q(unit=F("case__unit")) | Exists(came))
    rows = rows.select_for_update(of=("self",)).select_related("case", "area")
    found = list(rows.order_by("pk"))
    for duty in found:
        before, now = duty.unit_id, duty.case.unit_id
        DisclosureDuty.objects.filter(pk=duty.pk).update(unit=now)
        Delivery.objects.filter(case=duty.case_id).exclude(unit=now).update(unit=now)
        audit.record(
            "disclosure.unit_moved", duty, by=by, at=at, of_unit=before, to_unit=now
        )  # fmt: skip
    return len(found)
