"""Which last days to dispute what was found, or to decide that, another calendar moves."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from forthright.accounts.models import Area
from forthright.peer_checks.models import PartTold
from forthright.rules.deadlines import DisputeDeadline
from forthright.schemes.selectors.area_clock import AreaClock
from forthright.web import clock

Outcome = PartTold.Outcome


@dataclass(frozen=True, slots=True)
class PartDayMove:
    """One part that may still be disputed, or waits to be decided, with another last day."""

    part: PartTold
    old_day: date
    limit: DisputeDeadline

    @property
    def is_of_decision(self) -> bool:
        """Say whether it is the day to decide a dispute, or its reader's own to dispute."""
        return self.part.is_disputed

    @property
    def words(self) -> str:
        """Say what the day is the last one for."""
        is_reasons = self.part.about == PartTold.About.REASONS
        what = "of the reasons" if is_reasons else "in the letter"
        if self.is_of_decision:
            return f"Decide the dispute of what was found {what}"
        return f"Dispute what was found {what}"

    @property
    def reference(self) -> str:
        """Return the letter it is about."""
        return str(self.part.version.letter.duty.reference)


def part_moves(area: Area, rules: AreaClock, *, today: date) -> list[PartDayMove]:
    """Return every last day still to come that another calendar moves; one that passed stays.

    :raises CalendarTooShort: if the calendar does not reach a last day
    """
    found = []
    for part in open_parts(area, today):
        if part.disputed_at is None or part.decide_by is None:
            limit = rules.dispute_limit(clock.day_of(part.told_at))
            found.append(PartDayMove(part, part.dispute_by, limit))
        else:
            limit = rules.decision_limit(clock.day_of(part.disputed_at))
            found.append(PartDayMove(part, part.decide_by, limit))
    return [each for each in found if each.limit.day != each.old_day]


def open_parts(area: Area, today: date) -> QuerySet[PartTold]:
    """Return the parts that may still be disputed, and those whose dispute waits in time."""
    may_dispute = Q(disputed_at=None, dispute_by__gte=today)
    waits = Q(outcome=Outcome.OPEN, decide_by__gte=today)
    rows = PartTold.objects.filter(may_dispute | waits, area=area)
    return rows.select_related("version__letter__duty__case").order_by("pk")
