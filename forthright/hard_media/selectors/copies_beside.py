"""The copies that were taken in together with a disc or stick."""

from django.db.models import QuerySet

from forthright.hard_media.models import Carrier
from forthright.rules.media_states import CarrierState


def empty_beside(carrier: Carrier) -> "QuerySet[Carrier]":
    """Return the copies of a disc, taken in with it, of which nobody has said what is on them."""
    if carrier.added_by_id is None:
        return Carrier.objects.none()
    together = Carrier.objects.filter(
        unit=carrier.unit_id, added_by=carrier.added_by_id, added_at=carrier.added_at,
        received_from=carrier.received_from, kind=carrier.kind,
    )  # fmt: skip
    empty = together.filter(state=CarrierState.HELD, carried=None).exclude(pk=carrier.pk)
    return empty.order_by("barcode")
