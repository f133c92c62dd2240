"""What each version of a plan says, to be compared with the record of its making."""

from collections.abc import Iterator
from typing import Any

from forthright.audit.comparing import Frozen
from forthright.samples.models import PlanVersion

MADE = "plan.made"
CHANGED = "plan.changed"
MEND = (
    "Give the plan a new version that says what it should, and find out who had access to the "
    "database."
)


def frozen_plans() -> list[tuple[str, Iterator[Frozen]]]:
    """Return the first version of every plan, and every later one, as they are now."""
    versions = PlanVersion.objects.select_related("plan").order_by("plan", "number")
    return [
        (MADE, (_frozen(each) for each in versions.filter(number=1).iterator(200))),
        (CHANGED, (_frozen(each) for each in versions.exclude(number=1).iterator(200))),
    ]


def recorded(version: PlanVersion) -> dict[str, Any]:
    """Return what the event of a version's making says of it."""
    said = {"version": version.number}
    said |= {name: now for _, name, now in (*_always(version), *_later(version))}
    return said if version.number == 1 else {**said, "reason": version.reason}


def _frozen(version: PlanVersion) -> Frozen:
    is_first = version.number == 1
    reason = () if is_first else (("reason", "reason", version.reason),)
    return Frozen(
        subject_id=str(version.plan_id),
        words=f"Version {version.number} of the plan “{version.plan}”",
        kind="1" if is_first else str(version.number),
        told_apart_by="version",
        detail=(*_always(version), *reason),
        later=_later(version),
        event=(
            ("time it was made", "at", version.made_at),
            ("maker", "by_id", version.made_by_id),
        ),
        mend=MEND,
    )


def _always(version: PlanVersion) -> tuple[tuple[str, str, Any], ...]:
    return (
        ("marker", "marker", version.marker_id),
        ("number of letters drawn at random", "random_size", version.random_size),
        ("letters looked for on purpose", "targeted", version.targeted),
        ("cycle in weeks", "cycle_weeks", version.cycle_weeks),
    )


def _later(version: PlanVersion) -> tuple[tuple[str, str, Any], ...]:
    """Return what events of a plan did not say from the first."""
    return (
        ("what it samples", "of", str(version.plan.subject)),
        ("number of overruled stops", "overruled_at_most", version.overruled_at_most),
        ("groups", "strata", version.strata),
        ("way of sharing out", "share", str(version.share)),
        ("number of letters to cover drafters", "cover_at_most", version.cover_at_most),
    )
