"""Lets a disc go to the unit that works with it: it stands in the register of that unit then."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carrier, HandOver
from forthright.hard_media.services.carriers import check_hands, moved
from forthright.hard_media.services.going_to import (
    CarrierRefused,
    Hands,
    PlaceToExplain,
    check_may_go_to,
)
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from forthright.rules.words import day_of
from forthright.rules.written import cleaned


def units_for(carrier: Carrier) -> "QuerySet[Unit]":
    """Return the units that a disc may go to: the others of the Area that work on cases."""
    return carrier.area.case_units.exclude(pk=carrier.unit_id).order_by("name")


@transaction.atomic
def pass_on(
    carrier: Carrier, unit: Unit, place: Hands, *, by: User | None, at: datetime
) -> HandOver:  # fmt: skip
    """Record that another unit of the Area has a disc now; from then on it is theirs to record of.

    :param place: where it lies there
    :raises NotAllowed: if the disc is another unit's
    :raises ChangedMeanwhile: if it went into other hands since the page was opened
    :raises CarrierRefused: if it is not held, the unit is none that works on cases here, or the
        place is that of a party
    """
    policies.check_can_record(by, carrier)
    carrier = moved(carrier, CarrierEvent.HAND_OVER)
    check_hands(carrier, place.opened)
    if not units_for(carrier).filter(pk=unit.pk).exists():
        raise CarrierRefused("Choose another unit of the Area that works on cases.")
    lies = cleaned(place.name)
    try:
        because = check_may_go_to(carrier, place, on=day_of(at))
    except PlaceToExplain:
        raise
    except CarrierRefused as refusal:
        raise CarrierRefused(
            f"{refusal} That is asked by “Hand it over” on its page; here it goes to another unit."
        ) from refusal
    before = carrier.unit_id
    handed = HandOver.objects.create(
        carrier=carrier, from_place=carrier.location, to_place=f"{unit}, {lies}",
        to_kind=Receiver.UNIT, **because, at=at, by=by,
    )  # fmt: skip
    carrier.unit, carrier.location, carrier.passed_on_at = unit, lies, at
    carrier.save(update_fields=["unit", "location", "passed_on_at", "state"])
    audit.record(
        "disc.passed_on",
        carrier,
        by=by,
        at=at,
        hand_over=handed.pk,
        of_unit=before,
        to_unit=unit.pk,
    )
    return handed
