"""Whether a disc or stick comes again by a barcode that is in the register already."""

from datetime import date

from forthright.accounts.models import Unit
from forthright.hard_media.models import Carrier
from forthright.hard_media.selectors.registered import the_last_first
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.rules.media_states import CarrierState
from forthright.rules.words import date_words

# What to do with one that comes by the barcode of one that is recorded so; the other page is ours.
_OURS = {
    CarrierState.HELD: "as held. If this is it and it went back in between, record on its page "
    "first that it was returned, and take it in again then; if it never went, say there what is "
    "on it.",
    CarrierState.MISSING: "as missing. If this is it, record on its page that it was found.",
    CarrierState.DESTROYED: "as destroyed. If this is it, it was not: say so on its page, which "
    "makes its certificate void, and say there what is on it.",
}
# The same, where that is of another unit and nobody here can open its page.
_THEIRS = {
    CarrierState.HELD: "as held. If this is it, have them hand it over to this unit on its page; "
    "if it went back in between, have them record there that it was returned, and take it in then.",
    CarrierState.MISSING: "as missing. If this is it, have them record on its page that it was "
    "found, and hand it over to this unit there.",
    CarrierState.DESTROYED: "as destroyed. If this is it, have them say on its page that it was "
    "not, and hand it over to this unit there.",
}


class OfTheSameCode(CarrierRefused):
    """Another record of the same barcode stands in the way.

    :ivar disc: that one
    """

    def __init__(self, disc: Carrier, words: str) -> None:
        """Say what to do, and keep which record it is."""
        super().__init__(words)
        self.disc = disc


class BarcodeTaken(OfTheSameCode):
    """What is taken in has the barcode of one that has not ended, or that was destroyed."""

    def __init__(self, disc: Carrier, unit: Unit) -> None:
        """Say what to do, by how that one stands and whether this unit can do it."""
        is_ours = disc.unit_id == unit.pk
        ways = _OURS if is_ours else _THEIRS
        # One that was returned this moment was held when its barcode was in the way.
        way = ways.get(CarrierState(disc.state), ways[CarrierState.HELD])
        where = "in the register already" if is_ours else f"in the register of {disc.unit}"
        super().__init__(
            disc,
            f"A disc or stick with the barcode {disc.barcode} is {where}, {way} If this "
            "is another, leave the barcode empty: it is given one.",
        )


class TakenInAgain(OfTheSameCode):
    """One that is to be held again was taken in by its barcode since, and has another record."""

    def __init__(self, disc: Carrier, unit: Unit) -> None:
        """Say what to do where it came back, is another, or is the same and never went."""
        code = disc.barcode
        where = "" if disc.unit_id == unit.pk else f" in the register of {disc.unit}"
        whose = ", on its page" if disc.unit_id == unit.pk else ": have them do that on its page"
        super().__init__(
            disc,
            f"The barcode {code} is of another record{where} by now, since it was taken in again. "
            "If it came back in between, this one ended as it says. If that is another disc or "
            f"stick, put the barcode of that one right first{whose}. If it never went and was "
            f"taken in twice, do so as well: call that record for example {code} TWICE, and say "
            "why there. Then say here that it did not go, and what is on it; the other record "
            "has no disc or stick: a manager of its unit says on its page that it was taken in "
            "twice.",
        )


class BeforeItWent(OfTheSameCode):
    """The day on which one came is before that on which it went when it was here the last time."""

    def __init__(self, disc: Carrier, went_on: date, unit: Unit) -> None:
        """Say when it went, and what to do where either day is wrong."""
        is_ours = disc.unit_id == unit.pk
        whose = "its record before" if is_ours else f"its record before, of {disc.unit}"
        say = "say on its page" if is_ours else "have them say on its page"
        super().__init__(
            disc,
            f"What has the barcode {disc.barcode} was {disc.get_state_display().lower()} on "
            f"{date_words(went_on)}, by {whose}, so it came again on that day or later. "
            f"Enter the day on which it came this time. If the day of that record is wrong, {say} "
            "that it was not returned or destroyed, and record it anew there.",
        )


def last_with(area: int, barcode: str, *, but: Carrier | None = None) -> Carrier | None:
    """Return the disc of an Area that has a barcode, or the last that had it before it ended."""
    rows = Carrier.objects.filter(area=area, barcode=barcode).select_related("unit")
    return the_last_first(rows.exclude(pk=but.pk) if but else rows).first()


def check_may_come_again(unit: Unit, barcode: str, came_on: date) -> None:
    """Refuse to take in by its barcode what was destroyed, or what had not gone by then.

    :raises BarcodeTaken: with the record that says that it was destroyed
    :raises BeforeItWent: with the record that says when it went
    """
    last = last_with(unit.area_id, barcode)
    if last is not None and last.state == CarrierState.DESTROYED:
        raise BarcodeTaken(last, unit)
    check_had_gone(last, came_on, unit)


def check_had_gone(before: Carrier | None, came_on: date, unit: Unit) -> None:
    """Refuse a day on which one that is here by the same barcode had not gone yet.

    :raises BeforeItWent: with when it went
    """
    if before is not None and before.ended_on is not None and came_on < before.ended_on:
        raise BeforeItWent(before, before.ended_on, unit)
