"""Discs and sticks that are missing or lost, and what may be in wrong hands with them."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.accounts.models import Area
from forthright.hard_media.models import Carried, Carrier, WriteOff
from forthright.hard_media.selectors.discs import secret_on
from forthright.rules.media_states import CarrierState


def missing_discs(rows: "QuerySet[Carrier]") -> "QuerySet[Carrier]":
    """Return those that are missing or lost, and that nobody wrote off since.

    One of which nobody said what is on it may hold any recording.
    """
    return rows.filter(is_missing()).order_by("barcode", "pk")


def is_missing() -> Q:
    """Say which discs are missing or lost, and that nobody wrote off since."""
    return ~is_written_off() & Q(state=CarrierState.MISSING)


def is_written_off() -> Q:
    """Say which discs a manager wrote off, and that were not found since."""
    return Q(Exists(WriteOff.objects.filter(carrier=OuterRef("pk"), ended_at=None)))


def with_secrets(
    rows: "QuerySet[Carrier]", area: Area, secret: Collection[str]
) -> "QuerySet[Carrier]":
    """Return those with something sensitive on them.

    :param secret: the SHA-256 of all that is of sensitive recordings
    """
    on_it = Carried.objects.filter(carrier=OuterRef("pk"))
    return rows.filter(Exists(secret_on(on_it, area, secret)))
