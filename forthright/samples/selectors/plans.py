"""Plans, the version of each now in use, and what a sample of that size can show."""

from dataclasses import dataclass
from datetime import date
from statistics import median_low
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, Role, Unit, User
from forthright.accounts.permissions import Permission, Reach, reach_of
from forthright.accounts.policies import is_of_liaison_unit, within_reach
from forthright.rules.figures import FEWEST_FOR_A_RATE, Proportion, chance_of_seeing
from forthright.rules.sample_worth import what_a_sample_shows
from forthright.rules.sampling import SamplePlan, Share, StratumField, Target
from forthright.rules.weeks import Week, week_of
from forthright.rules.words import local
from forthright.samples.models import Condition, Draw, Plan, PlanVersion
from forthright.samples.selectors import frames
from forthright.standards.models import Subject

Row = TypeVar("Row", Plan, Draw)
# So many of the weeks just gone are counted to say what a usual week holds.
WEEKS_COUNTED = 8
SIZES_COMPARED = (5, 10, 20, 40)


def unit_held_to(user: User) -> Unit | None:
    """Return the unit whose letters alone this person sees of samples, or None for no such limit.

    A plan of the whole Area draws from that unit too, so its people see that it exists, and
    their own letters of it.
    """
    is_held = reach_of(user.role, Permission.SAMPLE_SEE) is Reach.UNIT
    return user.unit if is_held and not is_of_liaison_unit(user) else None


def seen_in_samples(user: User, rows: QuerySet[Row]) -> QuerySet[Row]:
    """Return the plans or draws within a person's reach, and those of the whole Area.

    Disclosure is not the work of the Victim Liaison Unit, so its people see none of its samples.
    """
    reached = within_reach(user, Permission.SAMPLE_SEE, rows)
    if is_of_liaison_unit(user) and reach_of(user.role, Permission.SAMPLE_SEE) is Reach.UNIT:
        subject = "subject" if rows.model is Plan else "plan__subject"
        reached = reached.exclude(**{subject: Subject.DISCLOSURE})
    held_to = unit_held_to(user) if user.is_active else None
    if held_to is None:
        return reached
    return rows.filter(Q(unit=held_to) | Q(unit=None), area=user.area_id)


def plans_visible_to(user: User) -> QuerySet[Plan]:
    """Return the plans this person may see, those in use first."""
    plans = seen_in_samples(user, Plan.objects.all())
    return plans.select_related("area", "unit", "stopped_by").order_by("-is_active", "name")


def plan_for(user: User, plan_id: int) -> Plan:
    """Return a plan this person may see.

    :raises Http404: if there is none, or it is hidden from them
    """
    plan = plans_visible_to(user).filter(pk=plan_id).first()
    if plan is None:
        raise Http404
    return plan


def active_plans(area: Area, unit: Unit | None = None) -> QuerySet[Plan]:
    """Return the plans drawn each week in an Area, or for one unit of it."""
    plans = Plan.objects.filter(area=area, is_active=True).select_related("area", "unit")
    return plans if unit is None else plans.filter(unit=unit)


def version_in_use(plan: Plan) -> PlanVersion:
    """Return the newest version of a plan."""
    return plan.versions.select_related("marker", "made_by").latest("number")


def versions_in_use(plans: list[Plan]) -> dict[int, PlanVersion]:
    """Return the newest version of each plan, by plan, in one question."""
    versions = PlanVersion.objects.filter(plan__in=plans).select_related("marker")
    return {version.plan_id: version for version in versions.order_by("number")}


def first_week_of(plan: Plan) -> Week:
    """Return the week in which a plan was made: the first whose letters it draws in any case."""
    return week_of(local(plan.versions.earliest("number").made_at).date())


def drawn_instead_by(plan: Plan, week: Week) -> Plan | None:
    """Return the other plan that drew a plan's letters of a week that ended before it was made."""
    if week >= first_week_of(plan):
        return None
    others = Draw.objects.filter(
        area=plan.area_id, week=week.monday, plan__subject=plan.subject
    ).exclude(plan=plan)
    if plan.unit_id is not None:
        others = others.filter(Q(unit=plan.unit_id) | Q(unit=None))
    other = others.select_related("plan").order_by("drawn_at", "pk").first()
    return other.plan if other is not None else None


def rule_plan(version: PlanVersion) -> SamplePlan:
    """Return a plan version as the rules for drawing read it."""
    return SamplePlan(
        random_size=version.random_size,
        strata=tuple(StratumField(each) for each in version.strata),
        share=Share(version.share),
        targets=tuple(
            target_of(name, size, version.plan.subject) for name, size in version.targeted
        ),
        cover_every_drafter_within_weeks=version.cycle_weeks,
        cover_at_most=version.cover_at_most,
        overruled_at_most=version.overruled_at_most,
        whole=f"all {version.plan.words.things}",
    )


def target_of(name: str, size: int, subject: str = Subject.LETTERS.value) -> Target:
    """Return a condition of the targeted part as the rules read it."""
    condition = Condition(name)
    label = condition.words_for(subject)
    if condition is Condition.LATE:
        return Target(name=label, size=size, is_late=True)
    if condition is Condition.NEVER_SENT:
        return Target(name=label, size=size, never_sent=True)
    return Target(name=label, size=size, any_flag=(str(condition),))


def scope_words(plan: Plan) -> str:
    """Say whose letters a plan looks at."""
    return f"{plan.unit}" if plan.unit else f"the whole of {plan.area}"


def markers_for(area: Area, unit: Unit | None, subject: str = Subject.LETTERS.value) -> list[User]:
    """Return who may mark a sample of a unit, or of the whole Area."""
    people = User.objects.filter(area=area, is_active=True).select_related("unit")
    return [person for person in people if reaches_to_mark(person, unit, subject)]


def permission_to_mark(subject: str) -> Permission:
    """Return what a person must be allowed to mark what a plan samples."""
    is_disclosure = subject == Subject.DISCLOSURE
    return Permission.DISCLOSURE_MARK if is_disclosure else Permission.REVIEW_MARK


def roles_to_mark(subject: str) -> list[str]:
    """Return the roles that mark letters, or disclosure."""
    permission = permission_to_mark(subject)
    return [role for role in Role.values if reach_of(role, permission)]


def reaches_to_mark(person: User, unit: Unit | None, subject: str = Subject.LETTERS.value) -> bool:
    """Return whether a person's permission to mark reaches a unit, or all units.

    The Victim Liaison Unit writes letters for all units; disclosure is not its work.
    """
    reach = reach_of(person.role, permission_to_mark(subject))
    if reach is None or not person.is_active:
        return False
    of_liaison = person.unit is not None and person.unit.kind == Unit.Kind.VLU
    writes_for_all = of_liaison and subject == Subject.LETTERS
    if reach is Reach.AREA or writes_for_all:
        return True
    return unit is not None and person.unit_id == unit.pk


@dataclass(frozen=True, slots=True)
class SizeRow:
    """What one size of random sample can tell of a usual week."""

    size: int
    is_planned: bool
    chance: str
    unseen: str
    rate: str


@dataclass(frozen=True, slots=True)
class Worth:
    """What a plan's random part can and cannot show, from the numbers of the weeks just gone."""

    numbers: list[int]
    usual: int
    sentences: tuple[str, ...]
    table: list[SizeRow]

    @property
    def lowest(self) -> int:
        """Return the smallest number of letters owed in a week."""
        return min(self.numbers, default=0)

    @property
    def highest(self) -> int:
        """Return the largest number of letters owed in a week."""
        return max(self.numbers, default=0)


def worth_of(plan: Plan, random_size: int, *, today: date) -> Worth:
    """Say beforehand what so many letters drawn at random from this plan's weeks can show."""
    this_monday = week_of(today).monday
    numbers = frames.weekly_numbers(plan, this_monday, weeks=WEEKS_COUNTED)
    owed = [number for number in numbers if number]
    usual = median_low(owed) if owed else 0
    if not usual:
        return Worth(numbers, 0, (), [])
    sizes = sorted({*SIZES_COMPARED, random_size, usual})
    rows = [_size_row(size, random_size, usual) for size in sizes if 0 < size <= usual]
    said = what_a_sample_shows(random_size, usual, things=plan.words.things)
    return Worth(numbers, usual, said, rows)


def _size_row(size: int, planned: int, usual: int) -> SizeRow:
    good = Proportion(round(0.8 * size), size)
    spread = good.wilson()
    if size == usual:
        chance, unseen, rate = "certain", "none", "the whole week is counted"
    else:
        chance = f"{min(round(100 * chance_of_seeing(0.1, size)), 99)}%"
        unseen = f"up to {100 * Proportion(0, size).wilson().high:.0f}%"
        rate = f"{100 * spread.low:.0f}% to {100 * spread.high:.0f}%"
    if size < FEWEST_FOR_A_RATE and size != usual:
        rate = "too few to say"
    return SizeRow(size, size == min(planned, usual), chance, unseen, rate)
