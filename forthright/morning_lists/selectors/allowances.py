"""How long each step may take in an Area: the published settings with its own in their place."""

from django.db.models import QuerySet

from forthright.accounts.models import Area
from forthright.morning_lists.models import AllowanceEdition
from forthright.rules.stage_allowances import (
    StageAllowances,
    changed_allowances,
    published_allowances,
)


def editions_of(area: Area) -> "QuerySet[AllowanceEdition]":
    """Return every edition of an Area's own settings, the newest first."""
    return AllowanceEdition.objects.filter(area=area).select_related("made_by")


def allowances_stamp(newest: AllowanceEdition | None) -> str:
    """Return a stamp of an Area's newest edition, or of its having none."""
    return str(newest.version) if newest else ""


def allowances_of(area: Area) -> StageAllowances:
    """Return the settings in force."""
    own = AllowanceEdition.objects.filter(area=area).first()
    if own is None:
        return published_allowances()
    return changed_allowances(published_allowances(), own.allowances, version=str(own.version))
