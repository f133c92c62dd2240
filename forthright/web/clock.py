"""The one place that asks what time it is."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone


def now() -> datetime:
    """Return this moment, with its time zone."""
    return timezone.localtime(timezone.now())  # noqa: TID251 - the one place that may ask


def today() -> date:
    """Return today's date in London."""
    return now().date()


def day_of(moment: datetime) -> date:
    """Return the day in London on which a moment falls."""
    return timezone.localtime(moment).date()


def start_of(day: date) -> datetime:
    """Return the first moment of a day in London."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """Return the first moment after a day in London."""
    return start_of(day + timedelta(days=1))
