"""Before which courts a duty was, the first first, and what began it before each."""

from dataclasses import dataclass

from forthright.disclosure.models import DisclosureDuty, EarlierCourt
from forthright.rules.disclosure_deadlines import Stood


@dataclass(frozen=True, slots=True)
class Stage:
    """A court before which a duty was or is.

    :param left: what was kept of the court before it when the case came from there; None of the
        first
    """

    stood: Stood
    left: EarlierCourt | None


def stages_of(duty: DisclosureDuty) -> list[Stage]:
    """Return each court before which a duty was, the one before which it is now last."""
    rows = list(duty.earlier_courts.all())
    stood = [Stood(day=row.triggered_on, court=row.court, remand=row.remand) for row in rows]
    lefts: list[EarlierCourt | None] = [None, *rows]
    return [Stage(*pair) for pair in zip([*stood, stood_now(duty)], lefts, strict=True)]


def stood_now(duty: DisclosureDuty) -> Stood:
    """Return what began a duty as it stands."""
    return Stood(day=duty.triggered_on, court=duty.court, remand=duty.remand)
