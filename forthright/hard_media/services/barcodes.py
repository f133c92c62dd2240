"""The numbers that discs and sticks without a barcode of their own, and certificates, get."""

from datetime import datetime
from itertools import count

from forthright.accounts.models import Unit
from forthright.hard_media.models import Carrier

LAST_NUMBER = 999_999


def next_barcode(unit: Unit, at: datetime) -> str:
    """Return a barcode that no disc of the Area has: the year and the number after the highest.

    Past the last number of six figures, it takes the first that is free.
    """
    start = f"FM{at:%y}"
    rows = Carrier.objects.filter(area=unit.area)
    of_six = rows.filter(barcode__regex=rf"^{start}[0-9]{{6}}$").order_by("-barcode")
    last = of_six.values_list("barcode", flat=True).first()
    number = int(last[len(start) :]) + 1 if last else 1
    if number > LAST_NUMBER:
        every = rows.filter(barcode__regex=rf"^{start}[0-9]{{6,}}$")
        taken = {int(each[len(start) :]) for each in every.values_list("barcode", flat=True)}
        number = next(each for each in count(1) if each not in taken)
    return f"{start}{number:06d}"


def next_certificate(carrier: Carrier) -> str:
    """Return the number of the next certificate of a disc; that of one that is void stays its."""
    number, void = f"C{carrier.pk:06d}", carrier.changes.exclude(old_certificate="").count()
    return f"{number}-{void + 1}" if void else number
