"""Ends the record of a disc that was taken in twice by mistake: there is one, and not two."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carrier, WriteOff
from forthright.hard_media.selectors.discs_then import MISSED
from forthright.hard_media.selectors.hands import is_with_us
from forthright.hard_media.services.carriers import moved
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.services.write_offs import WRITTEN_OFF, check_stamp, standing
from forthright.rules.media_states import CarrierEvent, CarrierState
from forthright.rules.written import reason_in


def others_of(carrier: Carrier) -> "QuerySet[Carrier]":
    """Return which records a disc may have by right: those of its unit that stand."""
    rows = Carrier.objects.filter(unit=carrier.unit_id).exclude(pk=carrier.pk)
    return rows.filter(state__in=(CarrierState.HELD, CarrierState.MISSING))


@transaction.atomic
def end_second_record(
    carrier: Carrier, same_as: Carrier, *, reason: str, by: User, at: datetime,
    opened: str | None = None,
) -> WriteOff:  # fmt: skip
    """Record that a disc was taken in twice, so that there is none by this record.

    It is missing and written off at once: nobody looks for it, and nothing is here by it. What was
    written in it stays to be read.

    :raises NotAllowed: if this person is no manager of its unit
    :raises ChangedMeanwhile: if somebody wrote it off since the page was opened
    :raises CarrierRefused: if it ended, is written off already, something is recorded as on it,
        somebody else has it, the other is none of its unit that stands or is written off, or
        nobody says why
    """
    policies.check_can_write_off(by, carrier)
    # Both, so that of two who end one each by the other the second is refused.
    both = Carrier.objects.select_for_update().filter(pk__in=[carrier.pk, same_as.pk])
    carrier = {each.pk: each for each in both.order_by("pk")}[carrier.pk]
    check_stamp(carrier, opened)
    _check_is_none(carrier)
    if not others_of(carrier).filter(pk=same_as.pk).exists():
        raise CarrierRefused("Choose the other record of it: one of this unit, held or missing.")
    if standing(same_as) is not None:
        named = same_as.barcode
        raise CarrierRefused(
            f"{named} is written off, so nobody looks for it, and one of two records of a disc or "
            f"stick stays. Say on the page of {named} first that it is looked for again, then end "
            "this record, or that one."
        )
    if not (because := reason_in(reason)):
        raise CarrierRefused("Say how it is known, such as: two people took in the same delivery.")
    if carrier.state == CarrierState.HELD:
        carrier = moved(carrier, CarrierEvent.MISS)
        carrier.save(update_fields=["state"])
        audit.record(MISSED, carrier, by=by, at=at, same_as=same_as.pk)
    made = WriteOff.objects.create(
        carrier=carrier, reason=because, same_as=same_as, decided_at=at, decided_by=by
    )
    audit.record(WRITTEN_OFF, carrier, by=by, at=at, write_off=made.pk, done=[], same_as=same_as.pk)
    return made


def _check_is_none(carrier: Carrier) -> None:
    """Refuse a record that says more of a disc than that it came.

    :raises CarrierRefused: with what to do first
    """
    if carrier.ended_on is not None:
        raise CarrierRefused(
            f"It is recorded as {carrier.get_state_display().lower()}, so it is not held twice. If "
            "it was not, say that on its page first."
        )
    if standing(carrier) is not None:
        raise CarrierRefused("It is written off already.")
    if carrier.carried.exists():
        raise CarrierRefused(
            "Something is recorded as on it. Say of the other record first that it is on that, "
            "then by “Put right what is wrong here” that it is not on this one."
        )
    if not is_with_us(carrier):
        raise CarrierRefused(
            "It is recorded as with somebody else. If the other record is of what they have, "
            "record there that they have it, then here by “Hand it over” that it is with this unit."
        )
