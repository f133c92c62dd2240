"""Keeps discs and sticks: received, handed over, returned or destroyed."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carried, Carrier, HandOver, MediaItem
from forthright.hard_media.selectors.discs import holds_copy_before
from forthright.hard_media.selectors.hand_overs import hand_overs_that_stand
from forthright.hard_media.selectors.hands import may_be_with_us
from forthright.hard_media.services.barcodes import next_barcode, next_certificate
from forthright.hard_media.services.come_again import (
    BarcodeTaken,
    check_may_come_again,
    last_with,
)
from forthright.hard_media.services.coming import Came
from forthright.hard_media.services.coming_onto import check_hidden_comes, check_unused_comes
from forthright.hard_media.services.going_to import (
    CarrierRefused,
    Hands,
    check_is_our_place,
    check_may_go_to,
    check_place_stays_ours,
    why_last_copy,
)
from forthright.hard_media.services.items import receive_item
from forthright.hard_media.services.second_copies import note_second_copy
from forthright.hard_media.services.taking_back import locked_together
from forthright.rules.media_hands import (
    Receiver,
)
from forthright.rules.media_states import CARRIER, CarrierEvent, CarrierState, MediaState
from forthright.rules.states import MoveNotAllowed, move
from forthright.rules.words import date_words, day_of
from forthright.rules.written import cleaned
from forthright.web.meanwhile import by_whom, check_unchanged

HANDED = ("disc.received", "disc.handed_over", "disc.passed_on")


class NotComeYet(CarrierRefused):
    """The day on which a disc came is still to come."""


@dataclass(frozen=True, kw_only=True)
class NewCarrier:
    """A disc or stick as it came; without a barcode of its own it is given one."""

    barcode: str = ""
    kind: str
    written_on_it: str = ""
    is_encrypted: bool = False
    password_route: str = ""
    received_on: date
    received_from: str
    location: str


@transaction.atomic
def receive_carrier(unit: Unit, new: NewCarrier, *, by: User | None, at: datetime) -> Carrier:
    """Take a disc or stick into the register.

    :raises NotAllowed: if the unit is another
    :raises CarrierRefused: if another that has not ended, or that was destroyed, has the barcode,
        the day is still to come or before it went the last time, or its place is a firm
    """
    policies.check_can_record_in(by, unit.area, unit.pk)
    check_is_our_place(new.location, unit.area)
    if new.received_on > day_of(at):
        raise NotComeYet("That day is still to come. Enter the day on which it came.")
    if typed := cleaned(new.barcode).upper():
        check_may_come_again(unit, typed, new.received_on)
    barcode = typed or next_barcode(unit, at)
    while (carrier := _added(unit, new, barcode, by, at)) is None:
        # A number that was looked up may be given to somebody else before it is taken.
        anew = typed or next_barcode(unit, at)
        if anew == barcode and (last := last_with(unit.area_id, barcode)):
            raise BarcodeTaken(last, unit)
        barcode = anew
    HandOver.objects.create(
        carrier=carrier, from_place=new.received_from, to_place=new.location,
        to_kind=Receiver.UNIT, at=at, by=by,
    )  # fmt: skip
    audit.record("disc.received", carrier, by=by, at=at, kind=carrier.kind)
    return carrier


def _added(
    unit: Unit, new: NewCarrier, barcode: str, by: User | None, at: datetime
) -> Carrier | None:  # fmt: skip
    """Return a disc, added under a barcode; None if another that has not ended has that."""
    try:
        with transaction.atomic():
            return Carrier.objects.create(
                area=unit.area, unit=unit, added_at=at, added_by=by,
                **{**vars(new), "barcode": barcode},
            )  # fmt: skip
    except IntegrityError:
        return None


@transaction.atomic
def put_on_carrier(
    carrier: Carrier, items: Sequence[MediaItem], *, unused_decided: Collection[str] | None = (),
    hidden_decided: Collection[str] | None = (), by: User | None, at: datetime,
) -> list[MediaItem]:  # fmt: skip
    """Record which recordings are on a disc; those waited for are received with it.

    Return those that are still waited for: they were asked for again after this disc came, so that
    it holds the copy before.

    :param unused_decided: of what is unused, what somebody decided that the court, where it has
        the disc, is to have, by its key; None: all
    :param hidden_decided: of what a copy hides, what somebody decided that a party that has the
        disc may see, see `hidden_key`; None: all
    :raises NotAllowed: if the disc is another unit's, or one of the recordings is
    :raises UnusedOnDisc: if one is unused, the court has the disc, and nobody decided that
    :raises HiddenOnDisc: if a copy hides some of one, a party has the disc, and nobody decided that
    :raises CarrierRefused: if it is missing, returned or destroyed, came before their case was, or
        its place is a firm of it
    """
    policies.check_can_record(by, carrier)
    for item in items:
        policies.check_can_record(by, item)
    carrier = _held(carrier)
    items = locked_together([each.pk for each in items])
    unused_too = check_unused_comes(carrier, items, unused_decided)
    hidden_too = check_hidden_comes(carrier, items, hidden_decided)
    source = MediaItem.Source.USB if carrier.kind == Carrier.Kind.USB else MediaItem.Source.DISC
    waited_for = []
    for item in items:
        carried, is_new = Carried.objects.get_or_create(
            carrier=carrier, item=item, defaults={"ticked_at": at}
        )
        if item.state not in (MediaState.EXPECTED, MediaState.REQUESTED):
            if is_new:
                note_second_copy(carried, by=by, at=at)
            continue
        ticked_at = None if is_new else carried.ticked_at or carrier.added_at
        if holds_copy_before(carrier, item, ticked_at=ticked_at):
            waited_for.append(item)
            continue
        try:
            came = Came(source=source, on=carrier.received_on, disc=carrier)
            receive_item(item, came, by=by, at=at)
        except MoveNotAllowed as refusal:
            raise CarrierRefused(f"{item}: {refusal}") from refusal
    check_place_stays_ours(carrier)
    audit.record(
        "disc.filled", carrier, by=by, at=at, recordings=[each.pk for each in items],
        unused_too=unused_too, hidden_too=hidden_too,
    )  # fmt: skip
    return waited_for


def hands_stamp(carrier: Carrier) -> str:
    """Return a stamp of the last hands that a disc went into."""
    last = carrier.hand_overs.order_by("pk").last()
    return str(last.pk) if last else ""


def check_hands(carrier: Carrier, opened: str | None) -> None:
    """Refuse what follows on hands that the page did not show.

    :raises ChangedMeanwhile: with who recorded the last ones
    """
    check_unchanged(opened, hands_stamp(carrier), by_whom(carrier, *HANDED))


@transaction.atomic
def hand_over(
    carrier: Carrier, to: Hands, *, note: str = "", by: User | None, at: datetime
) -> HandOver:
    """Record that a disc went somewhere else.

    :raises NotAllowed: if the disc is another unit's
    :raises ChangedMeanwhile: if it went into other hands since the page was opened
    :raises CarrierRefused: if it is not held, or what is on it must not go there, or it leaves the
        unit with what nothing else here holds and nobody says why it may
    """
    policies.check_can_record(by, carrier)
    carrier = moved(carrier, CarrierEvent.HAND_OVER)
    check_hands(carrier, to.opened)
    because = check_may_go_to(carrier, to, on=day_of(at))
    if to.kind != Receiver.UNIT and may_be_with_us(carrier):
        because["last_copy_because"] = why_last_copy(to, carrier, day_of(at))
    handed = HandOver.objects.create(
        carrier=carrier, from_place=carrier.location, to_place=cleaned(to.name), to_kind=to.kind,
        note=cleaned(note), **because, at=at, by=by,
    )  # fmt: skip
    carrier.location = cleaned(to.name)
    carrier.save(update_fields=["location", "state"])
    audit.record(
        "disc.handed_over", carrier, by=by, at=at, hand_over=handed.pk,
        reads_like_a_party=bool(handed.named_because), hidden_too=to.hidden_too,
        unused_too=to.gives_unused,
    )  # fmt: skip
    return handed


@transaction.atomic
def end_carrier(
    carrier: Carrier, event: CarrierEvent, *, to: Hands, on: date, by: User | None, at: datetime
) -> Carrier:
    """Record that a disc was returned or destroyed, and give the certificate its number.

    :raises NotAllowed: if the disc is another unit's
    :raises ChangedMeanwhile: if it went into other hands since the page was opened
    :raises CarrierRefused: if it is not held, the day cannot be, or what is on it must not go
        there, or nothing else here holds it and nobody says why it may go
    """
    policies.check_can_record(by, carrier)
    carrier = moved(carrier, event)
    check_hands(carrier, to.opened)
    because = check_may_go_to(carrier, to, on=day_of(at))
    if not carrier.received_on <= on <= at.date():
        raise CarrierRefused("That day is before it was received, or still to come.")
    _check_is_last(carrier, on)
    because["last_copy_because"] = why_last_copy(to, carrier, day_of(at))
    carrier.ended_on, carrier.ended_to = on, cleaned(to.name)
    carrier.certificate = next_certificate(carrier)
    carrier.save(update_fields=["state", "ended_on", "ended_to", "certificate"])
    HandOver.objects.create(
        carrier=carrier, from_place=carrier.location, to_place=carrier.ended_to, to_kind=to.kind,
        **because, at=at, by=by,
        note=f"{carrier.get_state_display()}, certificate {carrier.certificate}",
    )  # fmt: skip
    audit.record(
        f"disc.{carrier.state.lower()}", carrier, by=by, at=at, on=on, hidden_too=to.hidden_too,
        unused_too=to.gives_unused,
    )  # fmt: skip
    return carrier


def _check_is_last(carrier: Carrier, on: date) -> None:
    """Refuse a day on which a disc ended and went into other hands afterwards.

    That it came was recorded at some time after it did, so that bounds nothing.

    :raises CarrierRefused: with whom it went to, and when
    """
    if last := last_hands_after(carrier, on):
        day = date_words(day_of(last.at))
        raise CarrierRefused(
            f"It was handed over to {last.to_place} on {day}, so it was not "
            f"returned or destroyed on {date_words(on)}. Enter that day, or a later one."
        )


def last_hands_after(carrier: Carrier, on: date) -> HandOver | None:
    """Return the last hands that a disc went into, where that was after a day; else nothing."""
    later = hand_overs_that_stand([carrier.pk])[carrier.pk][1:]
    return later[-1] if later and on < day_of(later[-1].at) else None


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
