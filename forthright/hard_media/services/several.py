"""Takes in several copies that came together: each is a disc of its own, with its own barcode."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carrier
from forthright.hard_media.services.carriers import NewCarrier, receive_carrier
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.rules.written import cleaned


class BarcodeOfOne(CarrierRefused):
    """One barcode was typed for several copies."""


@transaction.atomic
def receive_copies(
    unit: Unit, new: NewCarrier, number: int, *, by: User | None, at: datetime
) -> list[Carrier]:
    """Take copies into the register, each as a disc of its own, so that each goes its own way.

    :raises NotAllowed: if the unit is another
    :raises CarrierRefused: as `receive_carrier`, or if a barcode was typed for more than one
    """
    if number > 1 and (barcode := cleaned(new.barcode).upper()):
        raise BarcodeOfOne(
            f"The barcode {barcode} is on one of the {number} copies only. Leave the barcode "
            "empty, and each copy is given one with a label to print; or take in this one by its "
            "barcode, as 1 copy, and the others after it."
        )
    return [receive_carrier(unit, new, by=by, at=at) for _ in range(number)]


@transaction.atomic
def others_have_records(carrier: Carrier, *, by: User | None, at: datetime) -> None:
    """Record that each other copy under the barcode of a disc has a record of its own by now.

    Said once more, it changes nothing. How many they were stays with the event.

    :raises NotAllowed: if the disc is another unit's
    :raises CarrierRefused: if it was returned or destroyed, so that its papers stay
    """
    policies.check_can_record(by, carrier)
    carrier = Carrier.objects.select_for_update().get(pk=carrier.pk)
    if carrier.ended_on is not None:
        raise CarrierRefused(
            f"It was {carrier.get_state_display().lower()}, so what its papers say stays."
        )
    if carrier.copies == 1:
        return
    of_before, carrier.copies = carrier.copies, 1
    carrier.save(update_fields=["copies"])
    audit.record("disc.others_have_records", carrier, by=by, at=at, copies=of_before)
