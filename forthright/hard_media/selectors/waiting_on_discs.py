"""Discs and sticks that are here and hold a copy of what is still waited for.

One was missing, or recorded as returned, so that the recording was asked for again; then it turned
up. It holds the copy before, and only somebody who looks can say whether that is the one needed.
"""

from forthright.hard_media.models import Carrier, MediaItem
from forthright.hard_media.selectors.hands import may_be_with_us
from forthright.rules.media_states import WAITED_FOR, CarrierState


def waited_for_on(carrier: Carrier) -> list[MediaItem]:
    """Return what is on a disc that is here, of its unit, and is still waited for."""
    if carrier.state != CarrierState.HELD or not may_be_with_us(carrier):
        return []
    items = carrier.items.filter(state__in=WAITED_FOR, unit=carrier.unit_id)
    return list(items.select_related("case").order_by("case__urn", "exhibit"))


def here_on_discs(item: MediaItem) -> list[Carrier]:
    """Return the discs of its unit that are here and hold a recording that is still waited for."""
    if item.state not in WAITED_FOR:
        return []
    held = item.carriers.filter(state=CarrierState.HELD, unit=item.unit_id).order_by("barcode")
    return [each for each in held if may_be_with_us(each)]
