"""The periods in force in an Area: the published ones, with what the Area has made its own."""

from django.db.models import QuerySet

from forthright.accounts.models import Area
from forthright.hard_media.models import MediaRules
from forthright.rules.clock_rules import Status
from forthright.rules.media_periods import MediaPeriods, Period, published_periods


def rules_of(area: Area) -> "QuerySet[MediaRules]":
    """Return every edition of an Area's own periods, the newest first."""
    return MediaRules.objects.filter(area=area).select_related("made_by")


def periods_stamp(newest: MediaRules | None) -> str:
    """Return a stamp of an Area's newest edition, or of its having none."""
    return str(newest.version) if newest else ""


def periods_of(area: Area) -> MediaPeriods:
    """Return the periods in force."""
    published = published_periods()
    own = rules_of(area).first()
    if own is None:
        return published
    periods = {
        name: _own(period, own.periods[name]) if name in own.periods else period
        for name, period in published.periods.items()
    }
    return MediaPeriods(f"{own.version}", periods)


def _own(period: Period, kept: dict[str, str]) -> Period:
    return Period(
        name=period.name,
        words=period.words,
        value=int(kept["value"]),
        source=kept["source"],
        status=Status(kept["status"]),
    )
