"""Counts the discs that lie in a place against those that should."""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carrier, HandOver, StockTake, StockTakeLine
from forthright.hard_media.selectors.discs import parties_around
from forthright.hard_media.selectors.gone import missed_at
from forthright.hard_media.selectors.hand_overs import hand_overs_that_stand
from forthright.hard_media.selectors.hands import (
    Out,
    is_with_us,
    kind_words,
    may_be_with_us,
)
from forthright.hard_media.selectors.registered import the_last_first
from forthright.hard_media.services.carriers import moved
from forthright.hard_media.services.going_to import (
    CarrierRefused,
    ContentsUnknown,
    Hands,
    HiddenOnDisc,
    PlaceToExplain,
    UnusedOnDisc,
    check_may_go_to,
)
from forthright.hard_media.services.seeing import note_it_came
from forthright.hard_media.services.write_offs import end_where_found
from forthright.rules.media_hands import Parties, Receiver, party_named
from forthright.rules.media_states import CarrierEvent, CarrierState
from forthright.rules.words import day_of, moment_words
from forthright.rules.written import as_compared, cleaned, reason_in

Outcome = StockTakeLine.Outcome
WHY_ENDED = {
    CarrierState.RETURNED: "Recorded as returned: take it in again if it came back, or say on its "
    "page that it never went",
    CarrierState.DESTROYED: "Recorded as destroyed: say on its page that it was not",
}
MOST_CODE = 40  # signs of a barcode, as the register keeps them


class StockRefused(ValueError):
    """A stock-take cannot go on so; the message says why."""


@dataclass(frozen=True)
class Found:
    """How a disc that was missing turned up, who has it, and why it may be there."""

    how: str
    kind: Receiver
    because: dict[str, str]
    hidden_too: bool
    unused_too: bool


@transaction.atomic
def begin_stock_take(unit: Unit, location: str, *, by: User | None, at: datetime) -> StockTake:
    """Begin to count a place; one that is begun there and goes on is gone on with.

    Its page says where that was begun on an earlier day, and by whom.

    :raises NotAllowed: if the unit is another
    """
    policies.check_can_record_in(by, unit.area, unit.pk)
    # Two who begin at once, and write the place each in their own way, count together.
    Unit.objects.select_for_update().get(pk=unit.pk)
    location = cleaned(location)
    begun = StockTake.objects.filter(unit=unit, finished_at=None, given_up_at=None)
    for each in begun.order_by("pk"):
        if place_key(each.location) == place_key(location):
            return each
    taken, is_new = StockTake.objects.get_or_create(
        unit=unit, location=_as_recorded(unit, location), finished_at=None, given_up_at=None,
        defaults={"area": unit.area, "begun_at": at, "begun_by": by},
    )  # fmt: skip
    if is_new:
        audit.record("stock_take.begun", taken, by=by, at=at)
    return taken


@transaction.atomic
def scan(taken: StockTake, barcode: str, *, by: User | None, at: datetime) -> StockTakeLine:
    """Note one barcode that lies here; scanned twice it counts once.

    :raises NotAllowed: if the stock-take is another unit's
    :raises StockRefused: if it is finished or given up, nothing was scanned, or what was scanned is
        longer than a barcode
    """
    policies.check_can_record(by, taken)
    taken = _open(taken)
    barcode = cleaned(barcode).upper()
    if not barcode:
        raise StockRefused("Scan or type a barcode.")
    if len(barcode) > MOST_CODE:
        raise StockRefused(
            f"“{barcode[:MOST_CODE]}…” was not noted: it is longer than any barcode here, as the "
            "label of another system can be. Scan the label that Forthright prints, or type the "
            "number on the disc or stick; if it is not in the register, record it there first."
        )
    carrier = the_last_first(Carrier.objects.filter(area=taken.area_id, barcode=barcode)).first()
    why = _why_unexpected(taken, carrier)
    line, _ = StockTakeLine.objects.update_or_create(
        stock_take=taken, barcode=barcode,
        defaults={
            "carrier": carrier if carrier and carrier.unit_id == taken.unit_id else None,
            "outcome": Outcome.UNEXPECTED if why else Outcome.FOUND, "why": why, "at": at,
        },
    )  # fmt: skip
    if line.carrier is not None:
        note_it_came(line.carrier)
    audit.record("stock_take.scanned", taken, by=by, at=at, line=line.pk, outcome=line.outcome)
    return line


@transaction.atomic
def finish_stock_take(taken: StockTake, *, by: User | None, at: datetime) -> StockTake:
    """End a count: what was not scanned is missing, and what was missing and found is held.

    A scan of an earlier day proves nothing of this one, see `still_to_find`.

    :raises NotAllowed: if the stock-take is another unit's
    :raises StockRefused: if it is finished or given up
    """
    policies.check_can_record(by, taken)
    taken = _open(taken)
    for scanned in _look_again(taken, list(taken.lines.all())):
        scanned.save(update_fields=["carrier", "outcome", "why"])
    for carrier in _found_by(taken, on=day_of(at)):
        _save(moved(carrier, CarrierEvent.FIND), taken.location, by=by, at=at)
    missing = still_to_find(taken, on=day_of(at))
    for carrier in missing:
        _save(moved(carrier, CarrierEvent.MISS), carrier.location, by=by, at=at)
        line = taken.lines.filter(barcode=carrier.barcode).first()
        StockTakeLine.objects.update_or_create(
            stock_take=taken, barcode=carrier.barcode,
            defaults={
                "carrier": carrier, "outcome": Outcome.MISSING, "at": at,
                "why": f"Scanned on {moment_words(line.at)} alone" if line else "Not scanned",
            },
        )  # fmt: skip
    _say_what_stays_missing(taken, on=day_of(at))
    taken.finished_at = at
    taken.save(update_fields=["finished_at"])
    audit.record("stock_take.finished", taken, by=by, at=at, missing=len(missing))
    return taken


@transaction.atomic
def give_up_stock_take(taken: StockTake, *, by: User | None, at: datetime) -> StockTake:
    """End a count that proves nothing: no disc is missing or found by it.

    :raises NotAllowed: if the stock-take is another unit's
    :raises StockRefused: if it is finished or given up
    """
    policies.check_can_record(by, taken)
    taken = _open(taken)
    taken.given_up_at, taken.given_up_by = at, by
    taken.save(update_fields=["given_up_at", "given_up_by"])
    audit.record("stock_take.given_up", taken, by=by, at=at)
    return taken


@transaction.atomic
def find_carrier(
    carrier: Carrier, to: Hands, *, reason: str, by: User | None, at: datetime
) -> Carrier:  # fmt: skip
    """Record that a disc that was missing was found, and who has it or where it lies now.

    :raises NotAllowed: if the disc is another unit's
    :raises CarrierRefused: if it is not missing, nobody says how it turned up, or what is on it
        must not be with whoever has it
    """
    policies.check_can_record(by, carrier)
    carrier = moved(carrier, CarrierEvent.FIND)
    if not (how := reason_in(reason)):
        raise CarrierRefused("Say how it turned up, such as: it lay in the next cupboard.")
    try:
        because = check_may_go_to(carrier, to, on=day_of(at))
    except (ContentsUnknown, PlaceToExplain, HiddenOnDisc, UnusedOnDisc):
        raise
    except CarrierRefused as refusal:
        raise CarrierRefused(
            f"{refusal} If it is with them, and must not be, report that within your office, get "
            "it back, and record then where it lies and that they had it."
        ) from refusal
    found = Found(how, to.kind, because, to.hidden_too, to.gives_unused)
    _save(carrier, cleaned(to.name), found, by=by, at=at)
    return carrier


def _found_by(taken: StockTake, *, on: date) -> list[Carrier]:
    """Return the discs of the unit that were missing when they were scanned on a day.

    One that was missed, or went on, after that is not where it was scanned any more; nor is it
    found where its place names a party, see `_why_unexpected`.
    """
    scans = taken.lines.filter(carrier__isnull=False).select_related("carrier")
    seen = {each.carrier: each.at for each in scans if each.carrier and day_of(each.at) == on}
    missing = [
        each
        for each in seen
        if each.state == CarrierState.MISSING and each.unit_id == taken.unit_id
    ]
    pks = {each.pk for each in missing}
    last_missed, went_on, around = missed_at(pks), _went_on(pks), parties_around(pks)
    return [
        each
        for each in missing
        # Taken in, it went to the place where it lay.
        if max(filter(None, (last_missed.get(each.pk), went_on.get(each.pk, each.added_at))))
        <= seen[each]
        and not _names_party(around[each.pk], taken.location)
    ]


def _went_on(discs: Collection[int]) -> dict[int, datetime]:
    """Return when each of some discs last went anywhere."""
    rows = HandOver.objects.filter(carrier__in=discs).order_by().values_list("carrier")
    return dict(rows.annotate(last=Max("at")))


def _say_what_stays_missing(taken: StockTake, *, on: date) -> None:
    """Say of a disc that was missing, and was scanned on earlier days alone, that it still is."""
    lines = taken.lines.filter(outcome=Outcome.FOUND, carrier__state=CarrierState.MISSING)
    for line in lines:
        if day_of(line.at) != on:
            line.outcome = Outcome.UNEXPECTED
            line.why = "Was missing, and not scanned again on the day of the end: still missing"
            line.save(update_fields=["outcome", "why"])


def still_to_find(taken: StockTake, *, on: date) -> "list[Carrier]":
    """Return the discs that should lie here and have not been scanned on a day.

    What was scanned on an earlier day may have gone since: a count that is left and gone on with
    weeks later would find what nobody saw.
    """
    lines = [each for each in taken.lines.all() if day_of(each.at) == on]
    # A barcode may have been put right since it was scanned.
    barcodes, carriers = {each.barcode for each in lines}, {each.carrier_id for each in lines}
    held = Carrier.objects.filter(unit=taken.unit_id, state=CarrierState.HELD)
    return [
        each for each in held.order_by("barcode")
        if each.barcode not in barcodes and each.pk not in carriers and _lies_in(each, taken)
    ]  # fmt: skip


def lines_of(taken: StockTake) -> list[StockTakeLine]:
    """Return what was scanned, with what the register says of it now while the count goes on.

    What did not agree may have been taken in since, or handed over to here, as its line says.
    """
    lines = list(taken.lines.select_related("carrier"))
    if taken.is_open:
        _look_again(taken, lines)
    return lines


def _look_again(taken: StockTake, lines: Collection[StockTakeLine]) -> list[StockTakeLine]:
    """Return those of some lines, not saved yet, of which the register says otherwise by now."""
    unexpected = {each.barcode: each for each in lines if each.outcome == Outcome.UNEXPECTED}
    if not unexpected:
        return []
    found = []
    here = Carrier.objects.filter(
        unit=taken.unit_id, barcode__in=unexpected, state=CarrierState.HELD
    )
    for carrier in here:
        line = unexpected[carrier.barcode]
        if carrier.pk != line.carrier_id or _lies_in(carrier, taken):
            line.carrier, line.why = carrier, _why_unexpected(taken, carrier)
            line.outcome = Outcome.UNEXPECTED if line.why else Outcome.FOUND
            found.append(line)
    return found


def is_of_no_disc(taken: StockTake) -> bool:
    """Say whether no disc is recorded as lying here, so that a count proves nothing."""
    rows = Carrier.objects.filter(
        unit=taken.unit_id, state__in=(CarrierState.HELD, CarrierState.MISSING)
    )
    return not any(_lies_in(each, taken) for each in rows.only("location"))


def place_key(location: str) -> str:
    """Return the form in which two names of a place are one: "Cupboard 2" and "cupboard-2"."""
    written = as_compared(location)
    return " ".join(re.findall(r"[^\W_]+", written)) or written


def _as_recorded(unit: Unit, location: str) -> str:
    """Return a place as most of the discs name it that lie there, or as it was written."""
    rows = Carrier.objects.filter(unit=unit, state=CarrierState.HELD)
    found = [each for each in rows.values_list("location", flat=True)
             if place_key(each) == place_key(location)]  # fmt: skip
    return Counter(sorted(found)).most_common(1)[0][0] if found else location


def _names_party(around: Parties, place: str) -> bool:
    return party_named(Receiver.UNIT, place, around) is not None


def _lies_in(carrier: Carrier, taken: StockTake) -> bool:
    return place_key(carrier.location) == place_key(taken.location)


def _why_unexpected(taken: StockTake, carrier: Carrier | None) -> str:
    if carrier is None:
        return "Not in this unit's register"
    if carrier.unit_id != taken.unit_id:
        return f"In the register of {carrier.unit}: have them hand it over to this unit there"
    if why := WHY_ENDED.get(CarrierState(carrier.state)):
        return why
    if carrier.state == CarrierState.HELD:
        return _why_not_of_this_place(taken, carrier)
    return _why_not_found_here(taken, carrier)


def _why_not_found_here(taken: StockTake, carrier: Carrier) -> str:
    """Return what is to be said of a disc that was missing and was scanned, or nothing."""
    if _names_party(parties_around([carrier.pk])[carrier.pk], taken.location):
        return "Its place names a party of its case: say on its page who has it"
    return "" if _lies_in(carrier, taken) else "Was missing from another place"


def _why_not_of_this_place(taken: StockTake, carrier: Carrier) -> str:
    """Return why a disc that is held is not expected here, with what to do, or nothing."""
    if not may_be_with_us(carrier):
        last = hand_overs_that_stand([carrier.pk])[carrier.pk][-1]
        # By its kind alone: the name of a place may say what is on a disc.
        out = Out(kind_words(last), day_of(last.at))
        return f"Recorded as {out.words}: if it is back, hand it over to this unit on its page"
    if _lies_in(carrier, taken):
        return ""
    return "Recorded as being in another place, see its page: put it back, or hand it over to here"


def _save(
    carrier: Carrier, location: str, found: "Found | None" = None, *, by: User | None, at: datetime
) -> None:  # fmt: skip
    """Save a disc whose state a count or somebody who found it changed.

    :param found: how it turned up, where it was found beside a stock-take
    """
    is_moved = place_key(carrier.location) != place_key(location) or not is_with_us(carrier)
    if found or (carrier.state == CarrierState.HELD and is_moved):
        # Each place that a disc lay in stands among its hand-overs, also one that nobody noted.
        note = f"Was missing, and found: {found.how}" if found else "Found there in a stock-take"
        HandOver.objects.create(
            carrier=carrier, from_place=carrier.location, to_place=location,
            to_kind=found.kind if found else Receiver.UNIT, note=note,
            **(found.because if found else {}), at=at, by=by,
        )  # fmt: skip
    carrier.location = location
    carrier.save(update_fields=["state", "location"])
    if carrier.state == CarrierState.HELD:
        end_where_found(carrier, by=by, at=at)
    audit.record(
        f"disc.{carrier.state.lower()}", carrier, by=by, at=at,
        hidden_too=bool(found and found.hidden_too),
        unused_too=bool(found and found.unused_too),
    )  # fmt: skip


def _open(taken: StockTake) -> StockTake:
    taken = StockTake.objects.select_for_update().get(pk=taken.pk)
    if not taken.is_open:
        how = "finished" if taken.finished_at else "given up"
        raise StockRefused(f"This stock-take is {how}. Begin another to count again.")
    return taken
