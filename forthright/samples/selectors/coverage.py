"""Whose letters have been sampled in the cycle, and whose have not."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from forthright.accounts.models import Unit, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.disclosure.models import DisclosureDuty
from forthright.rules.sampled import SubjectWords
from forthright.rules.weeks import Week
from forthright.rules.words import count_words, day_words
from forthright.samples.models import DrawnLetter, Plan
from forthright.samples.selectors import disclosure_cover, frames, plans
from forthright.schemes.models import Duty
from forthright.standards.models import Subject


@dataclass(frozen=True, slots=True)
class DrafterCover:
    """One drafter: letters owed in the cycle, how many of those were drawn, and the newest."""

    code: str
    name: str
    owed: int
    sampled: int
    # The Monday of the week in which the newest drawn one was due.
    last_week: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every drafter of a plan's letters in the last weeks, those not sampled first."""

    weeks: int
    week: Week
    first: date
    last: date
    whose: str
    drafters: list[DrafterCover]
    words: SubjectWords

    @property
    def weeks_words(self) -> str:
        """Say how long a time is looked at."""
        return count_words(self.weeks, "week")

    @property
    def days_words(self) -> str:
        """Say the days in which the letters were due."""
        return f"{day_words(self.first)} to {day_words(self.last)}"

    @property
    def owed(self) -> int:
        """Return how many letters were owed, each counted once."""
        return sum(each.owed for each in self.drafters)

    @property
    def sampled(self) -> int:
        """Return how many of those letters were drawn, each counted once."""
        return sum(each.sampled for each in self.drafters)

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

    Both numbers are of the same letters: owed by the plan's units and due in those weeks, each
    counted once, whoever drew it. With a unit, only of its letters.
    """
    first = week.plus(1 - weeks)
    of_disclosure = plan.subject == Subject.DISCLOSURE
    counted = disclosure_cover.counted if of_disclosure else _counted
    totals, drawn = counted(plan, (first.monday, week.monday), unit)
    drafters = [
        DrafterCover(code, name, count, *drawn.get(code, (0, None)))
        for code, (name, count) in totals.items()
    ]
    return Coverage(
        weeks,
        week,
        first.monday,
        week.sunday,
        f"{unit}" if unit else plans.scope_words(plan),
        sorted(drafters, key=lambda each: (each.sampled, each.name)),
        plan.words,
    )


@dataclass(frozen=True, slots=True)
class CountedLetter:
    """One letter or disclosure behind the cover of a drafter, and where it was drawn."""

    owed: Duty | DisclosureDuty
    called: str
    drawn_by: list[DrawnLetter]


def letters_counted(
    user: User, plan: Plan, week: Week, *, weeks: int, code: str
) -> list[CountedLetter]:
    """Return the letters behind one drafter's cover that a person may see, the newest due first."""
    between = (week.plus(1 - weeks).monday, week.monday)
    if plan.subject == Subject.DISCLOSURE:
        return _disclosures_counted(user, plan, between, code)
    owed = _owed(plan, between, plans.unit_held_to(user))
    whose = Q()
    for drafter, name in owed.values_list("drafter", "drafter_name").distinct():
        if code and frames.drafter_code(drafter, name, plan.area_id) == code:
            whose |= Q(drafter=drafter) if drafter else Q(drafter=None, drafter_name=name)
    if not whose:
        return []
    seen = within_reach(user, Permission.DUTY_SEE, owed.filter(whose))
    duties = list(seen.select_related("case", "drafter", "unit").order_by("-due_on", "pk"))
    drawn: dict[int, list[DrawnLetter]] = {}
    of_these = _drawn(plan, None).filter(duty__in=duties).select_related("draw__plan", "duty")
    for letter in of_these.order_by("draw__week", "pk"):
        drawn.setdefault(letter.owed.pk, []).append(letter)
    return [CountedLetter(duty, duty.reference, drawn.get(duty.pk, [])) for duty in duties]


def name_behind(code: str, owed: Duty | DisclosureDuty) -> str:
    """Return the name of who is behind a code of the cover, by one of what they had."""
    if isinstance(owed, Duty):
        return owed.drafter.full_name if owed.drafter else owed.drafter_name
    return User.objects.get(pk=int(code[1:]), area=owed.area_id).full_name


def _disclosures_counted(
    user: User, plan: Plan, between: tuple[date, date], code: str
) -> list[CountedLetter]:
    """Return the duties to disclose behind one prosecutor's cover that a person may see."""
    unit = plans.unit_held_to(user)
    by_code = disclosure_cover.duties_by_code(plan, between, unit)
    rows = DisclosureDuty.objects.filter(pk__in=by_code.get(code, []))
    seen = within_reach(user, Permission.DISCLOSURE_SEE, rows, liaison_reaches_all=False)
    drawn: dict[int, list[DrawnLetter]] = {}
    of_these = disclosure_cover.drawn_of(plan, None).filter(disclosure__in=rows)
    for letter in of_these.select_related("draw__plan").order_by("draw__week", "pk"):
        drawn.setdefault(letter.disclosure_id or 0, []).append(letter)
    return [
        CountedLetter(duty, f"{duty.case} D{duty.pk}", drawn.get(duty.pk, []))
        for duty in seen.select_related("case", "unit").order_by("-due_on", "pk")
    ]


def _owed(plan: Plan, between: tuple[date, date], unit: Unit | None) -> QuerySet[Duty]:
    """Return the letters owed by a plan's units, due in the weeks from one Monday to another."""
    owed = frames.duties_of_plan(plan).exclude(state=Duty.State.NOT_REQUIRED)
    owed = owed.filter(due_week__range=between)
    return owed if unit is None else owed.filter(unit=unit)


def weeks_since_sampled(plan: Plan, week: Week) -> dict[str, int]:
    """Return by drafter how many weeks ago their newest drawn letter of the plan's units was due.

    0 is the week itself: another plan drew one of its letters.
    """
    if plan.subject == Subject.DISCLOSURE:
        return disclosure_cover.weeks_since_sampled(plan, week)
    drawn = _drawn(plan, None).filter(duty__due_week__lte=week.monday)
    return {
        code: (week.monday - due).days // 7
        for code, (_, due) in _drawn_by_drafter(plan, drawn).items()
    }


def _drawn(plan: Plan, unit: Unit | None) -> QuerySet[DrawnLetter]:
    """Return the drawn letters that a plan's units owe, drawn by any plan and not replaced."""
    drawn = DrawnLetter.objects.filter(duty__area=plan.area_id)
    drawn = drawn.exclude(state=DrawnLetter.State.SUBSTITUTED)
    drawn = drawn.exclude(duty__state=Duty.State.NOT_REQUIRED)
    for whose in (plan.unit_id, unit.pk if unit else None):
        drawn = drawn if whose is None else drawn.filter(duty__unit=whose)
    return drawn


def _drawn_by_drafter(plan: Plan, drawn: QuerySet[DrawnLetter]) -> dict[str, tuple[int, date]]:
    """Return by drafter how many different letters were drawn, and when the newest was due."""
    found: dict[str, tuple[int, date]] = {}
    rows = drawn.values_list("duty__drafter", "duty__drafter_name").annotate(
        Count("duty", distinct=True), Max("duty__due_week")
    )
    for drafter, name, count, due in rows:
        code = frames.drafter_code(drafter, name, plan.area_id)
        before, newest = found.get(code, (0, due))
        found[code] = (before + count, max(newest, due))
    found.pop("", None)
    return found


def _counted(
    plan: Plan, between: tuple[date, date], unit: Unit | None
) -> tuple[dict[str, tuple[str, int]], dict[str, tuple[int, date]]]:
    """Return by drafter their name and letters owed, and how many of these were drawn."""
    owed = _owed(plan, between, unit)
    drawn = _drawn_by_drafter(plan, _drawn(plan, unit).filter(duty__due_week__range=between))
    totals: dict[str, tuple[str, int]] = {}
    for drafter, full_name, name, count in owed.values_list(
        "drafter", "drafter__full_name", "drafter_name"
    ).annotate(Count("pk")):
        code = frames.drafter_code(drafter, name, plan.area_id)
        totals[code] = (full_name or name, totals.get(code, ("", 0))[1] + count)
    totals.pop("", None)
    return totals, drawn
