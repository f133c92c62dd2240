"""Letters owed as this person may see them, and the door to one of them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from forthright.accounts.models import Area, Unit, User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import within_reach
from forthright.cases.models import Decision
from forthright.rules.weeks import Week
from forthright.rules.working_days import CalendarTooShort, add_working_days
from forthright.schemes.models import Duty
from forthright.schemes.selectors.area_clock import AreaNotStarted, calendar_of, rule_sets_of
from forthright.web import clock


@dataclass(frozen=True)
class Waiting:
    """What is waiting for this person: counts, and the letters, the most urgent first."""

    overdue: int
    due_today: int
    due_tomorrow: int
    tomorrow: date
    most_urgent: "QuerySet[Duty]"


@dataclass(frozen=True)
class DecidedInWeek:
    """How many qualifying decisions a week saw, and those of them with nobody to tell."""

    of: int
    decisions: tuple[int, ...]


def duties_visible_to(user: User) -> "QuerySet[Duty]":
    """Return the letters owed that this person may see."""
    return within_reach(user, Permission.DUTY_SEE, Duty.objects.all(), own=Q(drafter=user.pk))


def duty_for(user: User, duty_id: int) -> Duty:
    """Return one letter owed with what its page shows.

    :raises Http404: if there is none, or none that this person may see
    """
    rows = duties_visible_to(user).select_related(
        "area", "unit", "case", "decision__defendant", "decision__made_by", "person", "drafter",
        "rule_set", "not_required_by",
    )  # fmt: skip
    duty = rows.filter(pk=duty_id).first()
    if duty is None:
        raise Http404("No such letter")
    return duty


def duties_due_in_week(area: Area, week: Week, unit: Unit | None = None) -> "QuerySet[Duty]":
    """Return the letters that were or are due in a week, sent or not."""
    rows = Duty.objects.filter(area=area, due_week=week.monday)
    return rows.filter(unit=unit) if unit is not None else rows


def decisions_with_nobody_to_tell(area: Area, week: Week) -> DecidedInWeek:
    """Return the qualifying decisions of a week for which no letter is owed to anybody.

    They are no part of any count of letters, so that a report must tell of them apart.
    """
    rule_sets = list(rule_sets_of(area))  # the newest first
    made = Decision.objects.filter(
        area=area,
        made_at__gte=clock.start_of(week.monday),
        made_at__lt=clock.start_of(week.plus(1).monday),
    ).annotate(is_owed=Exists(Duty.objects.filter(decision=OuterRef("pk"))))
    of, without = 0, []
    for pk, kind, made_at, is_owed in made.values_list("pk", "kind", "made_at", "is_owed"):
        day = clock.day_of(made_at)
        rules = next((each for each in rule_sets if each.in_force_from <= day), None)
        if rules is not None and kind in rules.qualifying_kinds:
            of += 1
            without += [] if is_owed else [pk]
    return DecidedInWeek(of, tuple(sorted(without)))


def duties_waiting(user: User, today: date) -> Waiting:
    """Return what needs this person: how much is overdue, due today and due tomorrow."""
    rows = duties_visible_to(user).filter(state=Duty.State.OPEN)
    tomorrow = next_working_day(user.area, today)
    soon = rows.filter(due_on__lte=tomorrow)
    counts = soon.aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=today)),
        due_today=Count("pk", filter=Q(due_on=today)),
        due_tomorrow=Count("pk", filter=Q(due_on__gt=today)),
    )
    urgent = soon.select_related("case", "person", "unit").defer("due_because")
    return Waiting(
        **counts,
        tomorrow=tomorrow,
        most_urgent=urgent.order_by("due_on", "pk"),
    )


def next_working_day(area: Area, today: date) -> date:
    """Return the next day that counts; past the calendar's end, simply the next weekday."""
    try:
        return add_working_days(today, 1, calendar_of(area))
    except (AreaNotStarted, CalendarTooShort):
        ahead = {4: 3, 5: 2}.get(today.weekday(), 1)
        return date.fromordinal(today.toordinal() + ahead)
