"""The copies that were taken in together with a disc or stick."""

from django.db.models import QuerySet

from forthright.hard_media.models import Carrier
from forthright.rules.media_states import CarrierState


def alike_beside(carrier: Carrier) -> "QuerySet[Carrier]":
    """Return the copies of a disc, taken in with it, on which the same may be that is on it next.

    Nobody has said what is on them, or the same as is recorded of this one so far: they have been
    alike up to now, also where this disc holds recordings of several cases.
    """
    if carrier.added_by_id is None:
        return Carrier.objects.none()
    together = Carrier.objects.filter(
        unit=carrier.unit_id, added_by=carrier.added_by_id, added_at=carrier.added_at,
        received_from=carrier.received_from, kind=carrier.kind,
    )  # fmt: skip
    on_each: dict[int, set[int]] = {}
    for disc, item in together.values_list("pk", "carried__item"):
        on_each.setdefault(disc, set()).update({item} - {None})
    on_it = on_each.get(carrier.pk, set())
    alike = [disc for disc, items in on_each.items() if items in (set(), on_it)]
    # Of which somebody said that something is not on it, as on a blank one, it is no copy of this.
    rows = Carrier.objects.filter(pk__in=alike, state=CarrierState.HELD)
    rows = rows.exclude(changes__item__isnull=False)
    return rows.exclude(pk=carrier.pk).order_by("barcode")
