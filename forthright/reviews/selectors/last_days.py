"""Which last days to dispute a mark or to decide a dispute another calendar moves, to where."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db.models import QuerySet

from forthright.accounts.models import Area
from forthright.reviews.models import Dispute, Feedback
from forthright.rules.deadlines import DisputeDeadline
from forthright.schemes.selectors.area_clock import AreaClock
from forthright.web import clock


@dataclass(frozen=True, slots=True)
class LastDayMove:
    """One open feedback or dispute whose last day would be another."""

    feedback: Feedback
    # None where it is the drafter's own last day, to dispute a mark.
    dispute: Dispute | None
    limit: DisputeDeadline

    @property
    def verb(self) -> Literal["dispute", "decide"]:
        """Return what the day is the last one for."""
        return "decide" if self.dispute else "dispute"

    @property
    def old_day(self) -> date:
        """Return the last day as it stands."""
        return self.dispute.decide_by if self.dispute else self.feedback.dispute_by

    @property
    def words(self) -> str:
        """Say what the day is the last one for."""
        return (
            f"Decide the dispute of {self.dispute.mark.criterion.code}"
            if self.dispute
            else "Dispute a mark"
        )

    @property
    def reference(self) -> str:
        """Return the letter it is about."""
        return str(self.feedback.review.drawn_letter.called)


def moves(area: Area, rules: AreaClock, *, today: date) -> list[LastDayMove]:
    """Return every last day still to come that another calendar moves; one that passed stays.

    :raises CalendarTooShort: if the calendar does not reach a last day
    """
    found = []
    for feedback in open_feedback(area, today):
        limit = rules.dispute_limit(clock.day_of(feedback.told_at))
        found.append(LastDayMove(feedback, None, limit))
    for dispute in open_disputes(area, today):
        limit = rules.decision_limit(clock.day_of(dispute.raised_at))
        found.append(LastDayMove(dispute.feedback, dispute, limit))
    return [each for each in found if each.limit.day != each.old_day]


def open_feedback(area: Area, today: date) -> QuerySet[Feedback]:
    """Return the feedback that its drafter may still answer with a dispute."""
    waiting = Feedback.objects.filter(area=area, acknowledged_at=None, dispute_by__gte=today)
    return waiting.select_related(
        "review__drawn_letter__duty__case", "review__drawn_letter__disclosure__case"
    ).order_by("pk")


def open_disputes(area: Area, today: date) -> QuerySet[Dispute]:
    """Return the disputes that wait to be decided in time."""
    waiting = Dispute.objects.filter(
        feedback__area=area, outcome=Dispute.Outcome.OPEN, decide_by__gte=today
    )
    about = ("mark__criterion", "feedback__review__drawn_letter__duty__case",
             "feedback__review__drawn_letter__disclosure__case")  # fmt: skip
    return waiting.select_related(*about).order_by("pk")
