"""Takes in several copies that came together: each is a disc of its own, with its own barcode."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Unit, User
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
