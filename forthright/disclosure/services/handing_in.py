"""Takes a new version from the unit of the police to which a delivery was returned."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import Delivery, PoliceReturn
from forthright.disclosure.selectors.duties import handed_in
from forthright.disclosure.services.bringing import Brought, keep_checked
from forthright.disclosure.services.holding import remember_held
from forthright.disclosure.services.moving import locked_of_case
from forthright.disclosure.services.of_case import DeliveryRefused
from forthright.disclosure.services.reading import (
    Contents,
    HandedOver,
    check_all_is_read,
    read_files,
)
from forthright.schedule_files.reading import SEND_AGAIN

SAID = "A new version was handed in."
# What a prosecutor is told to do about a file, and what the police are, who wrote it.
_TO_POLICE = (
    (SEND_AGAIN, "Save the schedule as an Excel, Word, .csv or text PDF file, and hand that in."),
    (", and open the right case for it", ""),
    ("have it mended in the file, or write why it is of this case", "mend it in the file"),
)


def hand_in(
    returned: PoliceReturn, files: Sequence[HandedOver], *, by: User, at: datetime
) -> Delivery:
    """Keep a new version of what was returned, checked and waiting to be taken in.

    One that was handed in before, and that no prosecutor has taken in, gives way to it; what was
    held back in it by hand stays so where it comes again. A return without an answer is answered
    by it.

    :raises NotAllowed: if it was returned to another unit, or is mended already
    :raises DeliveryRefused: if a file or a list in it cannot be read, none is a schedule, or it is
        another case's
    """
    policies.check_can_hand_in(by, returned)
    try:
        read = read_files(files)
        check_all_is_read(read)
        with transaction.atomic():
            return _handed_in(returned, files, read, by=by, at=at)
    except DeliveryRefused as refusal:
        raise DeliveryRefused(_said_to_police(str(refusal))) from refusal


def _said_to_police(words: str) -> str:
    """Return why files are refused as it is said to the police, who mend them themselves."""
    for to_prosecutor, to_police in _TO_POLICE:
        words = words.replace(to_prosecutor, to_police)
    return words


def _handed_in(
    returned: PoliceReturn, files: Sequence[HandedOver], read: Contents, *, by: User, at: datetime
) -> Delivery:
    # The duties first, as whoever takes a delivery in does: two who wait for each other never end.
    [duty, *_] = locked_of_case(returned.delivery.case_id)
    returned = PoliceReturn.objects.select_for_update().get(pk=returned.pk)
    policies.check_can_hand_in(by, returned)
    for before in handed_in(returned):
        remember_held(before, at=at)
        audit.record("delivery.given_up", before, by=by, at=at)
        before.delete()
    brought = Brought(files=files, police_unit=returned.unit, answers=returned)
    delivery = keep_checked(duty, brought, read, by=by, at=at)
    if returned.answered_at is None:
        returned.answer, returned.answered_at, returned.answered_by = SAID, at, by
        returned.save(update_fields=["answer", "answered_at", "answered_by"])
    audit.record("return.handed_in", returned, by=by, at=at, delivery=delivery.pk)
    return delivery
