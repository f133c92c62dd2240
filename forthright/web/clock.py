"""The one place that asks what time it is."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Return this moment, with its time zone."""
    return timezone.localtime(timezone.now())  # noqa: TID251 - the one place that may ask


def today() -> date:
    """Return today's date in London."""
    return now().date()
