"""Whose letters have been sampled in the cycle, and whose have not."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Max

from forthright.accounts.models import Unit
from forthright.rules.weeks import Week
from forthright.rules.words import count_words
from forthright.samples.models import DrawnLetter, Plan
from forthright.samples.selectors import frames
from forthright.schemes.models import Duty


@dataclass(frozen=True, slots=True)
class DrafterCover:
    """One drafter: letters owed in the cycle, letters sampled, and when last."""

    name: str
    owed: int
    sampled: int
    last_week: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every drafter of a plan's letters in the last weeks, those not sampled first."""

    weeks: int
    drafters: list[DrafterCover]

    @property
    def weeks_words(self) -> str:
        """Say how long a time is looked at."""
        return count_words(self.weeks, "week")

    @property
    def covered(self) -> int:
        """Return how many drafters had a letter sampled."""
        return sum(1 for each in self.drafters if each.sampled)

    @property
    def missing(self) -> int:
        """Return how many drafters had none sampled."""
        return len(self.drafters) - self.covered


def coverage_of(plan: Plan, week: Week, *, weeks: int, unit: Unit | None = None) -> Coverage:
    """Return the cover of drafters over so many weeks, up to and with the one given.

    With a unit, only of its letters.
    """
    first = week.monday - timedelta(weeks=weeks - 1)
    duties = frames.duties_of_plan(plan).filter(due_week__range=(first, week.monday))
    duties = duties if unit is None else duties.filter(unit=unit)
    owed = (
        duties.exclude(state=Duty.State.NOT_REQUIRED)
        .exclude(drafter=None, drafter_name="")
        .values_list("drafter", "drafter__full_name", "drafter_name")
        .annotate(Count("pk"))
    )
    letters = DrawnLetter.objects.filter(
        area=plan.area_id, draw__week__range=(first, week.monday)
    ).exclude(state=DrawnLetter.State.SUBSTITUTED)
    letters = letters if unit is None else letters.filter(unit=unit)
    sampled = {
        (drafter, "" if drafter else name): (count, last)
        for drafter, name, count, last in letters.values_list(
            "duty__drafter", "duty__drafter_name"
        ).annotate(Count("pk"), Max("draw__week"))
    }
    totals: dict[tuple[int | None, str], tuple[str, int]] = {}
    for drafter, full_name, name, count in owed:
        key = (drafter, "" if drafter else name)
        totals[key] = (full_name or name, totals.get(key, ("", 0))[1] + count)
    drafters = [
        DrafterCover(name, count, *sampled.get(key, (0, None)))
        for key, (name, count) in totals.items()
    ]
    return Coverage(weeks, sorted(drafters, key=lambda each: (each.sampled, each.name)))
