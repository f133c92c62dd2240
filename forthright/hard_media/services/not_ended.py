"""Takes back that a disc was returned or destroyed, where that was recorded by mistake."""

from datetime import datetime

from django.db import IntegrityError, transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carrier, CarrierChange, HandOver
from forthright.hard_media.selectors.discs_then import NOT_ENDED
from forthright.hard_media.services.carriers import hands_stamp, moved
from forthright.hard_media.services.come_again import TakenInAgain, last_with
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.rules.media_states import CarrierEvent
from forthright.rules.written import reason_in
from forthright.web.meanwhile import by_whom, check_unchanged


@transaction.atomic
def undo_ending(
    carrier: Carrier, *, reason: str, by: User | None, at: datetime, opened: str | None = None
) -> CarrierChange:
    """Let a disc be held where it was before it was recorded as returned or destroyed.

    Its certificate is void; that, its day and its receiver stay with the change.

    :raises NotAllowed: if the disc is another unit's
    :raises ChangedMeanwhile: if somebody took it back since the page was opened
    :raises CarrierRefused: if it was neither returned nor destroyed, nobody says why, or
        another that is held has its barcode by now
    """
    policies.check_can_record(by, carrier)
    locked = Carrier.objects.select_for_update().get(pk=carrier.pk)
    check_unchanged(opened, hands_stamp(locked), by_whom(locked, NOT_ENDED))
    carrier, old_state = moved(locked, CarrierEvent.NOT_ENDED), locked.state
    if not (why := reason_in(reason)):
        raise CarrierRefused("Say why it was wrong, such as: the disc beside it was meant.")
    change = CarrierChange.objects.create(
        carrier=carrier, old_state=old_state, old_ended_on=carrier.ended_on,
        old_ended_to=carrier.ended_to, old_certificate=carrier.certificate, reason=why,
        changed_at=at, changed_by=by,
    )  # fmt: skip
    # Whoever had it before that has it still, and why it may be there stands as it did.
    before = carrier.hand_overs.order_by("-pk")[1]
    HandOver.objects.create(
        carrier=carrier, from_place=carrier.ended_to, to_place=carrier.location,
        to_kind=before.to_kind, unknown_because=before.unknown_because,
        named_because=before.named_because, last_copy_because=before.last_copy_because,
        undoes=change, at=at, by=by,
        note=f"It never went there, so certificate {carrier.certificate} is void",
    )  # fmt: skip
    audit.record(
        NOT_ENDED, carrier, by=by, at=at, change=change.pk, old_state=old_state,
        old_day=carrier.ended_on,
    )  # fmt: skip
    carrier.ended_on, carrier.ended_to, carrier.certificate = None, "", ""
    try:
        with transaction.atomic():
            carrier.save(update_fields=["state", "ended_on", "ended_to", "certificate"])
    except IntegrityError:
        other = last_with(carrier.area_id, carrier.barcode) or carrier
        raise TakenInAgain(other, carrier.unit) from None
    return change
