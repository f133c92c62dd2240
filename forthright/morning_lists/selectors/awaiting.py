"""Which letters and decisions of a unit wait, each list answered by an index."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.accounts.models import Unit
from forthright.cases.models import Decision
from forthright.letters.models import ReasonsNote
from forthright.rules.working_days import (
    ONE_DAY,
    Calendar,
    CalendarTooShort,
    add_working_days,
    is_working_day,
)
from forthright.schemes.models import Duty, RuleSet
from forthright.web import clock

# More than these are counted as "more than": nobody works through a longer list in a day.
MOST_COUNTED = 1_000
MOST_DECISIONS = 500


@dataclass(frozen=True, slots=True)
class Days:
    """The working days around a morning."""

    before: date
    today: date
    after: date


def days_around(today: date, calendar: Calendar) -> Days:
    """Return the working day before a day and the one after it; past the calendar, the next."""
    try:
        before = today - ONE_DAY
        while not is_working_day(before, calendar):
            before -= ONE_DAY
        return Days(before, today, add_working_days(today, 1, calendar))
    except CalendarTooShort:
        return Days(today - ONE_DAY, today, today + ONE_DAY)


def not_sent(unit: Unit) -> "QuerySet[Duty]":
    """Return the letters of a unit that are owed and have not gone out."""
    return Duty.objects.filter(area=unit.area_id, unit=unit, state=Duty.State.OPEN, sent_at=None)


def overdue(unit: Unit, days: Days) -> "QuerySet[Duty]":
    """Return the letters that were due before today, the longest overdue first."""
    return not_sent(unit).filter(due_on__lt=days.today).order_by("due_on", "pk")


def due_on(unit: Unit, first: date, last: date) -> "QuerySet[Duty]":
    """Return the letters due between two days, with both."""
    return not_sent(unit).filter(due_on__gte=first, due_on__lte=last).order_by("due_on", "pk")


def unexplained_later(unit: Unit, days: Days) -> "QuerySet[Duty]":
    """Return the letters due after tomorrow whose decision nobody has explained.

    Those of new decisions that nobody was told of stand among what is new.
    """
    later = not_sent(unit).filter(due_on__gt=days.after).exclude(_untold(days))
    return unexplained(later).order_by("due_on", "pk")


def unexplained(duties: "QuerySet[Duty]") -> "QuerySet[Duty]":
    """Return those letters that wait for the prosecutor's explanation."""
    written = ReasonsNote.objects.filter(decision=OuterRef("decision"))
    waiting = duties.filter(drafted_at=None, explained_at=None)
    return waiting.exclude(decision__kind=Decision.Kind.CHARGED).filter(~Exists(written))


def decided_since(unit: Unit, days: Days, rule_sets: list[RuleSet]) -> list[Decision]:
    """Return the decisions since the last working day for which somebody is owed a letter.

    `has_duty` of each says whether a letter is owed to anybody.
    """
    duties = Duty.objects.filter(decision=OuterRef("pk"))
    made = Decision.objects.filter(
        area=unit.area_id, case__unit=unit, made_at__gte=clock.start_of(days.before)
    ).annotate(has_duty=Exists(duties))
    rows = made.select_related("case", "made_by").only(
        "kind", "made_at", "made_by_name", "case__urn", "case__urn_suffix",
        "made_by__full_name", "made_by__is_active",
    )  # fmt: skip
    found = rows.order_by("made_at", "pk")[:MOST_DECISIONS]
    return [each for each in found if _qualifies(each, rule_sets)]


def untold(unit: Unit, days: Days) -> "QuerySet[Duty]":
    """Return the letters of new decisions that the Victim Liaison Unit was not told of.

    Those due by tomorrow stand among what is due.
    """
    later = not_sent(unit).filter(due_on__gt=days.after, explained_at=None, drafted_at=None)
    return later.filter(_untold(days)).order_by("due_on", "pk")


def _untold(days: Days) -> Q:
    return Q(told_at=None, decided_at__gte=clock.start_of(days.before))


def bounded(rows: "QuerySet[Duty]") -> int:
    """Count rows up to one more than are counted."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def _qualifies(decision: Decision, rule_sets: list[RuleSet]) -> bool:
    """Say whether a decision's letter is owed by the rules of its day; the newest come first."""
    day = clock.day_of(decision.made_at)
    rules = next((each for each in rule_sets if each.in_force_from <= day), None)
    return rules is not None and decision.kind in rules.qualifying_kinds
