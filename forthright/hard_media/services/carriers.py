"""Keeps discs and sticks: received, handed over, returned or destroyed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carried, Carrier, HandOver, MediaItem
from forthright.hard_media.selectors.discs import what_is_on
from forthright.hard_media.services.items import Came, receive_item
from forthright.rules.media_hands import Receiver, needs_reason, why_not_to
from forthright.rules.media_states import CARRIER, CarrierEvent, CarrierState, MediaState
from forthright.rules.states import MoveNotAllowed, move
from forthright.rules.written import cleaned, reason_in


class CarrierRefused(ValueError):
    """A disc cannot be kept so; the message says why."""


class ContentsUnknown(CarrierRefused):
    """Nobody has recorded what is on a disc, nor why it may go out all the same."""


@dataclass(frozen=True, kw_only=True)
class NewCarrier:
    """A disc or stick as it came; without a barcode of its own it is given one."""

    barcode: str = ""
    kind: str
    written_on_it: str = ""
    is_encrypted: bool = False
    password_route: str = ""
    copies: int = 1
    received_on: date
    received_from: str
    location: str


@dataclass(frozen=True)
class Hands:
    """Who gets a disc: what kind of receiver, and who or where exactly.

    :param unknown_because: why it may go there though nobody has recorded what is on it
    """

    kind: Receiver
    name: str
    unknown_because: str = ""


@transaction.atomic
def receive_carrier(unit: Unit, new: NewCarrier, *, by: User | None, at: datetime) -> Carrier:
    """Take a disc or stick into the register.

    :raises NotAllowed: if the unit is another
    :raises CarrierRefused: if another has the barcode
    """
    policies.check_can_record_in(by, unit.area, unit.pk)
    said = {**vars(new), "barcode": cleaned(new.barcode).upper() or next_barcode(unit, at)}
    try:
        with transaction.atomic():
            carrier = Carrier.objects.create(
                area=unit.area, unit=unit, added_at=at, added_by=by, **said
            )
    except IntegrityError:
        raise CarrierRefused(
            f"A disc or stick with the barcode {said['barcode']} is in the register already."
        ) from None
    HandOver.objects.create(
        carrier=carrier, from_place=new.received_from, to_place=new.location,
        to_kind=Receiver.UNIT, at=at, by=by,
    )  # fmt: skip
    audit.record("disc.received", carrier, by=by, at=at, kind=carrier.kind)
    return carrier


def next_barcode(unit: Unit, at: datetime) -> str:
    """Return a barcode that no disc of the Area has: the year and a running number."""
    start = f"FM{at:%y}"
    last = (
        Carrier.objects.filter(area=unit.area, barcode__regex=rf"^{start}[0-9]{{6}}$")
        .order_by("-barcode")
        .values_list("barcode", flat=True)
        .first()
    )
    return f"{start}{int(last[4:]) + 1 if last else 1:06d}"


@transaction.atomic
def put_on_carrier(
    carrier: Carrier, items: Sequence[MediaItem], *, by: User | None, at: datetime
) -> int:
    """Record which recordings are on a disc; those waited for are received with it.

    :raises NotAllowed: if the disc is another unit's, or one of the recordings is
    :raises CarrierRefused: if it is missing, returned or destroyed, or came before their case was
    """
    policies.check_can_record(by, carrier)
    for item in items:
        policies.check_can_record(by, item)
    carrier = _held(carrier)
    source = MediaItem.Source.USB if carrier.kind == Carrier.Kind.USB else MediaItem.Source.DISC
    added = 0
    for item in items:
        _, is_new = Carried.objects.get_or_create(carrier=carrier, item=item)
        added += is_new
        if item.state in (MediaState.EXPECTED, MediaState.REQUESTED):
            try:
                receive_item(item, Came(source=source, on=carrier.received_on), by=by, at=at)
            except MoveNotAllowed as refusal:
                raise CarrierRefused(f"{item}: {refusal}") from refusal
    audit.record("disc.filled", carrier, by=by, at=at, recordings=[each.pk for each in items])
    return added


@transaction.atomic
def hand_over(
    carrier: Carrier, to: Hands, *, note: str = "", by: User | None, at: datetime
) -> HandOver:
    """Record that a disc went somewhere else.

    :raises NotAllowed: if the disc is another unit's
    :raises CarrierRefused: if it is not held, or what is on it must not go there
    """
    policies.check_can_record(by, carrier)
    carrier = moved(carrier, CarrierEvent.HAND_OVER)
    because = check_may_go_to(carrier, to)
    handed = HandOver.objects.create(
        carrier=carrier, from_place=carrier.location, to_place=cleaned(to.name), to_kind=to.kind,
        note=cleaned(note), unknown_because=because, at=at, by=by,
    )  # fmt: skip
    carrier.location = cleaned(to.name)
    carrier.save(update_fields=["location", "state"])
    audit.record("disc.handed_over", carrier, by=by, at=at, hand_over=handed.pk)
    return handed


@transaction.atomic
def end_carrier(
    carrier: Carrier, event: CarrierEvent, *, to: Hands, on: date, by: User | None, at: datetime
) -> Carrier:
    """Record that a disc was returned or destroyed, and give the certificate its number.

    :raises NotAllowed: if the disc is another unit's
    :raises CarrierRefused: if it is not held, the day cannot be, or what is on it must not go
        there
    """
    policies.check_can_record(by, carrier)
    carrier = moved(carrier, event)
    because = check_may_go_to(carrier, to)
    if not carrier.received_on <= on <= at.date():
        raise CarrierRefused("That day is before it was received, or still to come.")
    carrier.ended_on, carrier.ended_to = on, cleaned(to.name)
    carrier.certificate = f"C{carrier.pk:06d}"
    carrier.save(update_fields=["state", "ended_on", "ended_to", "certificate"])
    HandOver.objects.create(
        carrier=carrier, from_place=carrier.location, to_place=carrier.ended_to, to_kind=to.kind,
        unknown_because=because, at=at, by=by,
        note=f"{carrier.get_state_display()}, certificate {carrier.certificate}",
    )  # fmt: skip
    audit.record(f"disc.{carrier.state.lower()}", carrier, by=by, at=at, on=on)
    return carrier


def check_may_go_to(carrier: Carrier, to: Hands) -> str:
    """Refuse a disc to whoever must not have what is on it.

    Return why it may go though nobody has recorded what is on it, or nothing where that is known.

    :raises CarrierRefused: with the reason, or asking for one
    """
    # Locked, so that nothing on it is found sensitive while it goes out.
    pks = list(carrier.carried.values_list("item", flat=True))
    list(MediaItem.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    held = what_is_on(carrier)
    why = why_not_to(to.kind, is_sensitive=bool(held.secret), is_unassessed=held.is_unassessed)
    if why:
        raise CarrierRefused(why)
    if not needs_reason(to.kind, is_unknown=not held.items):
        return ""
    if because := reason_in(to.unknown_because):
        return because
    raise ContentsUnknown(
        "Nobody has recorded what is on this disc or stick, so that nobody can say whether "
        "something sensitive is. Record what is on it first, or say why it may go there all the "
        "same."
    )


def _held(carrier: Carrier) -> Carrier:
    """Return a disc, locked, that is held.

    :raises CarrierRefused: if it is not
    """
    locked = Carrier.objects.select_for_update().get(pk=carrier.pk)
    if locked.state == CarrierState.HELD:
        return locked
    raise CarrierRefused(
        f"This disc or stick is {locked.get_state_display().lower()}, so nothing comes with it "
        "now, and what its papers say stays. Record a recording that came as received on its own "
        "page."
    )


def moved(carrier: Carrier, event: CarrierEvent) -> Carrier:
    """Return a disc, locked, in the state that follows an event; whoever calls saves it.

    :raises CarrierRefused: if the event cannot happen in its state
    """
    locked = Carrier.objects.select_for_update().get(pk=carrier.pk)
    try:
        locked.state = move(CARRIER, CarrierState(locked.state), event)
    except MoveNotAllowed as refusal:
        raise CarrierRefused(str(refusal)) from refusal
    return locked
