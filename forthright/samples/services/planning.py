"""Makes and changes sample plans; a change is a new version and touches no old sample."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, Unit, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import check_has_permission
from forthright.audit import services as audit
from forthright.rules.sampled import Subject as SubjectKind
from forthright.rules.words import moment_words
from forthright.rules.written import reason_in
from forthright.samples.models import Condition, Plan, PlanVersion
from forthright.samples.selectors import frozen_plans, plans
from forthright.standards.models import Subject
from forthright.web.meanwhile import check_unchanged

LARGEST = 500
STOPPED = ["is_active", "stopped_because", "stopped_at", "stopped_by"]


class PlanHasProblems(ValueError):
    """A plan cannot be kept as it stands; each problem is a sentence."""

    def __init__(self, problems: Iterable[str]) -> None:
        """Keep the problems one by one, for an error summary."""
        self.problems = tuple(problems)
        super().__init__(" ".join(self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSettings:
    """What one version of a plan says."""

    marker: User
    # What the plan draws from; a change of a plan keeps what it began with.
    subject: str = Subject.LETTERS.value
    random_size: int = 5
    strata: tuple[str, ...] = ()
    share: str = PlanVersion.Share.PROPORTIONAL
    # Pairs of a condition and how many letters it takes.
    targeted: tuple[tuple[str, int], ...] = ()
    cycle_weeks: int | None = 8
    cover_at_most: int = 2
    overruled_at_most: int = 3


@transaction.atomic
def make_plan(
    area: Area,
    *,
    by: User | None,
    at: datetime,
    name: str,
    unit: Unit | None = None,
    settings: PlanSettings,
) -> Plan:
    """Make a weekly sample of a unit's letters or disclosure, or of the whole Area's.

    :raises NotAllowed: if this person may not plan samples
    :raises PlanHasProblems: if the name is taken or the settings cannot be used
    """
    if by is not None:
        check_has_permission(by, Permission.SAMPLE_PLAN)
    problems = settings_problems(unit, settings)
    if Plan.objects.filter(area=area, name=name).exists():
        problems.append(f"There is a plan called “{name}” already. Give this one another name.")
    if problems:
        raise PlanHasProblems(problems)
    plan = Plan.objects.create(area=area, unit=unit, name=name, subject=settings.subject)
    version = _write_version(plan, settings, number=1, reason="", by=by, at=at)
    audit.record(frozen_plans.MADE, plan, by=by, at=at, **frozen_plans.recorded(version))
    return plan


@transaction.atomic
def change_plan(
    plan: Plan, *, by: User, at: datetime, settings: PlanSettings, reason: str,
    opened: str | None = None,
) -> PlanVersion:  # fmt: skip
    """Give a plan a new version, used from the next draw on.

    `opened` is the number of the version that the page was made from; without one, nothing is
    asked.

    :raises ChangedMeanwhile: if another version was made since the page was opened
    :raises NotAllowed: if this person may not plan samples
    :raises PlanHasProblems: if there is no reason or the settings cannot be used
    """
    check_has_permission(by, Permission.SAMPLE_PLAN)
    plan = Plan.objects.select_for_update(of=("self",)).select_related("unit").get(pk=plan.pk)
    settings = replace(settings, subject=plan.subject)
    problems = settings_problems(plan.unit, settings)
    if not reason_in(reason):
        problems.append("Say why the plan changes, so that a reader of later samples knows.")
    if problems:
        raise PlanHasProblems(problems)
    current = plans.version_in_use(plan)
    check_version(opened, current)
    number = current.number + 1
    version = _write_version(plan, settings, number=number, reason=reason_in(reason), by=by, at=at)
    audit.record(frozen_plans.CHANGED, plan, by=by, at=at, **frozen_plans.recorded(version))
    return version


def check_version(opened: str | None, current: PlanVersion) -> None:
    """Refuse to change a plan of which another version was made since the page was opened.

    :raises ChangedMeanwhile: with who made it, and how to choose
    """
    by = f" by {current.made_by}" if current.made_by else ""
    who = f"{by}, {moment_words(current.made_at)}"
    check_unchanged(opened, str(current.number), lambda: who)


@transaction.atomic
def stop_plan(plan: Plan, *, by: User, at: datetime, reason: str) -> Plan:
    """Draw no more samples by a plan, for a reason; what was drawn stays.

    :raises NotAllowed: if this person may not plan samples
    :raises PlanHasProblems: if there is no reason, or the plan is stopped already
    """
    plan = _locked(plan, by)
    if not reason_in(reason):
        raise PlanHasProblems(["Say why the plan is stopped. The reason stays with the plan."])
    if not plan.is_active:
        raise PlanHasProblems([f"“{plan}” has been stopped already."])
    plan.is_active = False
    plan.stopped_because, plan.stopped_at, plan.stopped_by = reason_in(reason), at, by
    plan.save(update_fields=STOPPED)
    audit.record("plan.stopped", plan, by=by, at=at, reason=plan.stopped_because)
    return plan


@transaction.atomic
def restart_plan(plan: Plan, *, by: User, at: datetime) -> Plan:
    """Draw samples by a plan again; why it was stopped stays in the record.

    :raises NotAllowed: if this person may not plan samples
    """
    plan = _locked(plan, by)
    plan.is_active = True
    plan.stopped_because, plan.stopped_at, plan.stopped_by = "", None, None
    plan.save(update_fields=STOPPED)
    audit.record("plan.restarted", plan, by=by, at=at)
    return plan


def settings_problems(unit: Unit | None, settings: PlanSettings) -> list[str]:
    """Return what is wrong with a plan's settings, one sentence each."""
    problems = []
    things = SubjectKind(settings.subject).words.things
    if not plans.reaches_to_mark(settings.marker, unit, settings.subject):
        whose = f"{things} of {unit}" if unit else f"{things} of every unit"
        problems.append(f"{settings.marker} may not mark {whose}. Choose somebody who may.")
    sizes = [
        settings.random_size,
        settings.overruled_at_most,
        *(size for _, size in settings.targeted),
    ]
    if not min(sizes) >= 0 or max(sizes) > LARGEST:
        problems.append(f"A size must lie between 0 and {LARGEST}.")
    fitting = {str(each) for each in Condition.of(settings.subject)}
    if any(name not in fitting for name, size in settings.targeted if size):
        problems.append(f"A condition of the part looked for on purpose is not one of {things}.")
    if settings.overruled_at_most and settings.subject == Subject.DISCLOSURE:
        problems.append("Only letters have stops that were overruled. Leave that size empty.")
    if not any(sizes) and settings.cycle_weeks is None:
        problems.append("The plan draws nothing. Give the random part a size of 1 or more.")
    if settings.cycle_weeks is not None and not 1 <= settings.cycle_weeks <= 52:
        problems.append("The cycle to cover every drafter must be between 1 and 52 weeks.")
    return problems


def _write_version(
    plan: Plan, settings: PlanSettings, *, number: int, reason: str, by: User | None, at: datetime
) -> PlanVersion:
    return PlanVersion.objects.create(
        plan=plan,
        number=number,
        marker=settings.marker,
        random_size=settings.random_size,
        strata=list(settings.strata),
        share=settings.share,
        targeted=[list(pair) for pair in settings.targeted if pair[1]],
        cycle_weeks=settings.cycle_weeks,
        cover_at_most=settings.cover_at_most,
        overruled_at_most=settings.overruled_at_most,
        reason=reason,
        made_at=at,
        made_by=by,
    )


def _locked(plan: Plan, by: User) -> Plan:
    check_has_permission(by, Permission.SAMPLE_PLAN)
    return Plan.objects.select_for_update().get(pk=plan.pk)
