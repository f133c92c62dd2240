"""Counts the discs that lie in a place against those that should."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carrier, HandOver, StockTake, StockTakeLine
from forthright.hard_media.services.carriers import moved
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent, CarrierState
from forthright.rules.written import cleaned

Outcome = StockTakeLine.Outcome


class StockRefused(ValueError):
    """A stock-take cannot go on so; the message says why."""


@transaction.atomic
def begin_stock_take(unit: Unit, location: str, *, by: User | None, at: datetime) -> StockTake:
    """Begin to count a place; one that is begun there and not finished goes on.

    :raises NotAllowed: if the unit is another
    """
    policies.check_can_record_in(by, unit.area, unit.pk)
    taken, is_new = StockTake.objects.get_or_create(
        unit=unit, location=cleaned(location), finished_at=None,
        defaults={"area": unit.area, "begun_at": at, "begun_by": by},
    )  # fmt: skip
    if is_new:
        audit.record("stock_take.begun", taken, by=by, at=at)
    return taken


@transaction.atomic
def scan(taken: StockTake, barcode: str, *, by: User | None, at: datetime) -> StockTakeLine:
    """Note one barcode that lies here; scanned twice it counts once.

    :raises NotAllowed: if the stock-take is another unit's
    :raises StockRefused: if it is finished, or nothing was scanned
    """
    policies.check_can_record(by, taken)
    taken = _open(taken)
    barcode = cleaned(barcode).upper()
    if not barcode:
        raise StockRefused("Scan or type a barcode.")
    carrier = Carrier.objects.filter(area=taken.area_id, barcode=barcode).first()
    why = _why_unexpected(taken, carrier)
    line, _ = StockTakeLine.objects.update_or_create(
        stock_take=taken, barcode=barcode,
        defaults={
            "carrier": carrier if carrier and carrier.unit_id == taken.unit_id else None,
            "outcome": Outcome.UNEXPECTED if why else Outcome.FOUND, "why": why, "at": at,
        },
    )  # fmt: skip
    audit.record("stock_take.scanned", taken, by=by, at=at, line=line.pk, outcome=line.outcome)
    return line


@transaction.atomic
def finish_stock_take(taken: StockTake, *, by: User | None, at: datetime) -> StockTake:
    """End a count: what was not scanned is missing, and what was missing and found is held.

    :raises NotAllowed: if the stock-take is another unit's
    :raises StockRefused: if it is finished
    """
    policies.check_can_record(by, taken)
    taken = _open(taken)
    scanned = taken.lines.filter(carrier__isnull=False).values("carrier")
    for carrier in Carrier.objects.filter(pk__in=scanned, state=CarrierState.MISSING):
        _save(moved(carrier, CarrierEvent.FIND), taken.location, by=by, at=at)
    missing = list(still_to_find(taken))
    for carrier in missing:
        _save(moved(carrier, CarrierEvent.MISS), carrier.location, by=by, at=at)
        StockTakeLine.objects.create(
            stock_take=taken, barcode=carrier.barcode, carrier=carrier, outcome=Outcome.MISSING,
            why="Not scanned", at=at,
        )  # fmt: skip
    taken.finished_at = at
    taken.save(update_fields=["finished_at"])
    audit.record("stock_take.finished", taken, by=by, at=at, missing=len(missing))
    return taken


def still_to_find(taken: StockTake) -> "list[Carrier]":
    """Return the discs that should lie here and have not been scanned."""
    scanned = taken.lines.values("barcode")
    rows = Carrier.objects.filter(
        unit=taken.unit_id, location=taken.location, state=CarrierState.HELD
    )
    return list(rows.exclude(barcode__in=scanned).order_by("barcode"))


def _why_unexpected(taken: StockTake, carrier: Carrier | None) -> str:
    if carrier is None or carrier.unit_id != taken.unit_id:
        return "Not in this unit's register"
    if carrier.state in (CarrierState.RETURNED, CarrierState.DESTROYED):
        return f"Recorded as {carrier.get_state_display().lower()}"
    if carrier.state == CarrierState.MISSING:
        return "" if carrier.location == taken.location else "Was missing from another place"
    return "" if carrier.location == taken.location else "Recorded as being in another place"


def _save(carrier: Carrier, location: str, *, by: User | None, at: datetime) -> None:
    if carrier.location != location:
        # Each place that a disc lay in stands among its hand-overs, also one that nobody noted.
        HandOver.objects.create(
            carrier=carrier, from_place=carrier.location, to_place=location,
            to_kind=Receiver.UNIT, note="Found there in a stock-take", at=at, by=by,
        )  # fmt: skip
    carrier.location = location
    carrier.save(update_fields=["state", "location"])
    audit.record(f"disc.{carrier.state.lower()}", carrier, by=by, at=at)


def _open(taken: StockTake) -> StockTake:
    taken = StockTake.objects.select_for_update().get(pk=taken.pk)
    if taken.finished_at:
        raise StockRefused("This stock-take is finished. Begin another to count again.")
    return taken
