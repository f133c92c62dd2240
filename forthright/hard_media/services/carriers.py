"""Keeps discs and sticks: received, handed over, returned or destroyed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carried, Carrier, HandOver, MediaItem
from forthright.hard_media.selectors.acting import why_nobody_of_the_defence
from forthright.hard_media.selectors.discs import (
    OnDisc,
    holds_copy_before,
    kept_from_parties,
    parties_around,
    what_is_on,
)
from forthright.hard_media.selectors.holdings import (
    alike_to,
    digests_of,
    held_by_whoever_is_named,
    piece_of_whole,
)
from forthright.hard_media.selectors.last_copies import here_only_on
from forthright.hard_media.services.barcodes import next_barcode, next_certificate
from forthright.hard_media.services.giving import refusal_of
from forthright.hard_media.services.items import Came, receive_item
from forthright.hard_media.services.taking_back import locked_together
from forthright.rules.hidden_parts import first_laid_bare
from forthright.rules.media_hands import (
    PARTIES,
    Receiver,
    asks_why_no_party,
    needs_reason,
    party_hinted,
    party_named,
)
from forthright.rules.media_states import CARRIER, CarrierEvent, CarrierState, MediaState
from forthright.rules.states import MoveNotAllowed, move
from forthright.rules.words import date_words, day_of, list_words
from forthright.rules.written import cleaned, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

HANDED = ("disc.received", "disc.handed_over", "disc.passed_on")


class CarrierRefused(ValueError):
    """A disc cannot be kept so; the message says why."""


class ContentsUnknown(CarrierRefused):
    """Nobody has recorded what is on a disc, nor why it may go out all the same."""


class PlaceToExplain(CarrierRefused):
    """What is on a disc may be with a party where it goes, and nobody says why it is not."""


class LastCopy(CarrierRefused):
    """Nothing else here holds what is on a disc that goes for good, and nobody says why it may."""


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
    copies: int = 1
    received_on: date
    received_from: str
    location: str


@dataclass(frozen=True)
class Hands:
    """Who gets a disc: what kind of receiver, and who or where exactly.

    :param unknown_because: why it may go there though nobody has recorded what is on it
    :param named_because: why it is not with a party, where the name reads so, or somebody else gets
        what no party may have
    :param last_copy_because: why it may go for good though nothing else here holds what is on it
    :param opened: the stamp of the hands that the page showed; without one, nothing is asked
    """

    kind: Receiver
    name: str
    unknown_because: str = ""
    named_because: str = ""
    last_copy_because: str = ""
    opened: str | None = None


@transaction.atomic
def receive_carrier(unit: Unit, new: NewCarrier, *, by: User | None, at: datetime) -> Carrier:
    """Take a disc or stick into the register.

    :raises NotAllowed: if the unit is another
    :raises CarrierRefused: if another has the barcode, or the day is still to come
    """
    policies.check_can_record_in(by, unit.area, unit.pk)
    if new.received_on > day_of(at):
        raise NotComeYet("That day is still to come. Enter the day on which it came.")
    typed = cleaned(new.barcode).upper()
    barcode = typed or next_barcode(unit, at)
    while (carrier := _added(unit, new, barcode, by, at)) is None:
        # A number that was looked up may be given to somebody else before it is taken.
        anew = typed or next_barcode(unit, at)
        if anew == barcode:
            raise CarrierRefused(
                f"A disc or stick with the barcode {barcode} is in the register already."
            )
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
    """Return a disc, added under a barcode; None if another has that."""
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
    carrier: Carrier, items: Sequence[MediaItem], *, by: User | None, at: datetime
) -> list[MediaItem]:
    """Record which recordings are on a disc; those waited for are received with it.

    Return those that are still waited for: they were asked for again after this disc came, so that
    it holds the copy before.

    :raises NotAllowed: if the disc is another unit's, or one of the recordings is
    :raises CarrierRefused: if it is missing, returned or destroyed, or came before their case was
    """
    policies.check_can_record(by, carrier)
    for item in items:
        policies.check_can_record(by, item)
    carrier = _held(carrier)
    items = locked_together([each.pk for each in items])
    source = MediaItem.Source.USB if carrier.kind == Carrier.Kind.USB else MediaItem.Source.DISC
    waited_for = []
    for item in items:
        carried, is_new = Carried.objects.get_or_create(
            carrier=carrier, item=item, defaults={"ticked_at": at}
        )
        if item.state not in (MediaState.EXPECTED, MediaState.REQUESTED):
            continue
        ticked_at = None if is_new else carried.ticked_at or carrier.added_at
        if holds_copy_before(carrier, item, ticked_at=ticked_at):
            waited_for.append(item)
            continue
        try:
            receive_item(item, Came(source=source, on=carrier.received_on), by=by, at=at)
        except MoveNotAllowed as refusal:
            raise CarrierRefused(f"{item}: {refusal}") from refusal
    audit.record("disc.filled", carrier, by=by, at=at, recordings=[each.pk for each in items])
    return waited_for


def hands_stamp(carrier: Carrier) -> str:
    """Return a stamp of the last hands that a disc went into."""
    last = carrier.hand_overs.order_by("pk").last()
    return str(last.pk) if last else ""


def _check_hands(carrier: Carrier, opened: str | None) -> None:
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
    :raises CarrierRefused: if it is not held, or what is on it must not go there
    """
    policies.check_can_record(by, carrier)
    carrier = moved(carrier, CarrierEvent.HAND_OVER)
    _check_hands(carrier, to.opened)
    because = check_may_go_to(carrier, to, on=day_of(at))
    handed = HandOver.objects.create(
        carrier=carrier, from_place=carrier.location, to_place=cleaned(to.name), to_kind=to.kind,
        note=cleaned(note), **because, at=at, by=by,
    )  # fmt: skip
    carrier.location = cleaned(to.name)
    carrier.save(update_fields=["location", "state"])
    audit.record(
        "disc.handed_over", carrier, by=by, at=at, hand_over=handed.pk,
        reads_like_a_party=bool(handed.named_because),
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
    _check_hands(carrier, to.opened)
    because = check_may_go_to(carrier, to, on=day_of(at))
    if not carrier.received_on <= on <= at.date():
        raise CarrierRefused("That day is before it was received, or still to come.")
    _check_is_last(carrier, on)
    because["last_copy_because"] = _why_last_copy(to, carrier, day_of(at))
    carrier.ended_on, carrier.ended_to = on, cleaned(to.name)
    carrier.certificate = next_certificate(carrier)
    carrier.save(update_fields=["state", "ended_on", "ended_to", "certificate"])
    HandOver.objects.create(
        carrier=carrier, from_place=carrier.location, to_place=carrier.ended_to, to_kind=to.kind,
        **because, at=at, by=by,
        note=f"{carrier.get_state_display()}, certificate {carrier.certificate}",
    )  # fmt: skip
    audit.record(f"disc.{carrier.state.lower()}", carrier, by=by, at=at, on=on)
    return carrier


def _check_is_last(carrier: Carrier, on: date) -> None:
    """Refuse a day on which a disc ended and went into other hands afterwards.

    That it came was recorded at some time after it did, so that bounds nothing.

    :raises CarrierRefused: with whom it went to, and when
    """
    later: list[HandOver] = []
    for each in list(carrier.hand_overs.order_by("pk"))[1:]:
        if each.undoes_id is None:
            later.append(each)
        else:
            # It never went where the one before says.
            later.pop()
    if later and on < (day := day_of(later[-1].at)):
        raise CarrierRefused(
            f"It was handed over to {later[-1].to_place} on {date_words(day)}, so it was not "
            f"returned or destroyed on {date_words(on)}. Enter that day, or a later one."
        )


def _why_last_copy(to: Hands, carrier: Carrier, today: date) -> str:
    """Return why a disc may go for good, where nothing else here holds what is on it.

    :raises LastCopy: if nobody says why
    """
    only_here = here_only_on(carrier, today)
    if not only_here:
        return ""
    if because := reason_in(to.last_copy_because):
        return because
    raise LastCopy(
        f"Nothing else here holds {list_words([str(each) for each in only_here])}: no file, no "
        "link that opens and no other disc. Send a file of it on its page first, or tick that "
        "this copy may go all the same, and say why."
    )


def check_may_go_to(carrier: Carrier, to: Hands, *, on: date) -> dict[str, str]:
    """Refuse a disc to whoever must not have what is on it.

    Return why it may go though nobody has recorded what is on it, and why it is not with a party;
    each is nothing where that has not to be said.

    :raises CarrierRefused: with the reason, or asking for one
    """
    # Locked, so that nothing on it is found sensitive, or withdrawn, while it goes out.
    locked_together(carrier.carried.values_list("item", flat=True))
    held = what_is_on(carrier)
    if why := held.why_not_to(to.kind):
        raise CarrierRefused(why)
    _check_is_no_party(to, carrier)
    named = _why_no_party(to, carrier, held)
    if to.kind in PARTIES:
        _check_stays_hidden(to, held.items)
        _check_acts(to, carrier, held.items, on)
    if not needs_reason(to.kind, is_unknown=not held.items):
        return {"unknown_because": "", "named_because": named}
    if because := reason_in(to.unknown_because):
        return {"unknown_because": because, "named_because": named}
    raise ContentsUnknown(
        "Nobody has recorded what is on this disc or stick, so that nobody can say whether "
        "something sensitive is. Record what is on it first, or say why it may go there all the "
        "same."
    )


def _check_is_no_party(to: Hands, carrier: Carrier) -> None:
    """Refuse a party of a case on a disc under another kind of receiver, for which less is asked.

    :raises CarrierRefused: with the kind to choose
    """
    around = parties_around([carrier.pk])[carrier.pk]
    party = party_named(to.kind, to.name, around)
    if party is not None:
        raise CarrierRefused(
            f"“{cleaned(to.name)}” names {party.words[0].lower()}{party.words[1:]} of a case with "
            f"a recording on this disc or stick. Choose “{party.words}”, so that what may not go "
            "there does not."
        )


def _why_no_party(to: Hands, carrier: Carrier, held: OnDisc) -> str:
    """Return why what is on a disc is not with a party, where that has to be said.

    It has to where something sensitive goes to a place whose name reads like a party, and where
    somebody else gets what no party may have.

    :raises PlaceToExplain: if it has to be, and nobody says why
    """
    around = parties_around([carrier.pk])[carrier.pk]
    party = party_hinted(to.name, around) if held.secret else None
    kept = kept_from_parties(held)
    if party is None and not asks_why_no_party(to.kind, is_kept_from_parties=bool(kept)):
        return ""
    if because := reason_in(to.named_because):
        return because
    if party is None:
        raise PlaceToExplain(
            f"On this disc or stick is what no party may have, or not as it came: "
            f"{list_words(kept)}. Say who “{cleaned(to.name)}” is, and so why it is not with a "
            "party. If they are of the court, the defence or counsel, choose that."
        )
    raise PlaceToExplain(
        f"“{cleaned(to.name)}” reads like {party.words[0].lower()}{party.words[1:]}, and something "
        "sensitive is on this disc or stick: that goes to the police or to this unit, and to "
        "nobody else. If it goes to them there, say why it is not with a party."
    )


def _check_acts(to: Hands, carrier: Carrier, items: Sequence[MediaItem], on: date) -> None:
    """Refuse the defence a disc of a case in which whoever is named does not act for it.

    What came from them goes back to them all the same.

    :raises CarrierRefused: with the case, and who acts in it
    """
    name = cleaned(to.name)
    if to.kind != Receiver.DEFENCE or name.casefold() == carrier.received_from.casefold():
        return
    if why := why_nobody_of_the_defence(name, items, on):
        raise CarrierRefused(why)


def _check_stays_hidden(to: Hands, items: Sequence[MediaItem]) -> None:
    """Refuse to hand a recording as it came to whoever has a copy in which it is hidden.

    :raises CarrierRefused: with the recording and the copy
    """
    there = held_by_whoever_is_named(to.kind, to.name, alike_to(items))
    for item in items:
        whole = piece_of_whole(digests_of(item), item.exhibit)
        if found := first_laid_bare(there, [whole]):
            raise CarrierRefused(refusal_of(cleaned(to.name), found, item))


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
