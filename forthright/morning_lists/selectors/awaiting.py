"""Which letters and decisions of a unit wait, each list answered by an index."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from forthright.accounts.covering import away_until
from forthright.accounts.models import Unit
from forthright.accounts.permissions import TABLE, Permission, Reach, reach_of
from forthright.cases.models import Decision
from forthright.letters.models import ReasonsNote
from forthright.letters.selectors.notes import is_explained
from forthright.morning_lists.models import NobodyToTell
from forthright.morning_lists.selectors.covers import covers_on
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
# Whose role drafts no letters, also where they are the drafter of some by a role they had before.
DRAFT_NOTHING = frozenset(role for role in TABLE if Permission.LETTER_DRAFT not in TABLE[role])
# Whose role drafts those of their own unit alone, or in the Victim Liaison Unit of every unit.
DRAFT_IN_UNIT = frozenset(
    role for role in TABLE if reach_of(role, Permission.LETTER_DRAFT) is Reach.UNIT
)


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
    waiting = duties.filter(drafted_at=None, explained_at=None)
    return waiting.exclude(decision__kind=Decision.Kind.CHARGED).filter(~_written())


def with_nobody_to_tell(unit: Unit, rule_sets: list[RuleSet]) -> "QuerySet[Decision]":
    """Return the decisions of a unit for which a letter would be owed, were anybody to be told.

    Each stays until somebody to tell is recorded, or somebody said why nobody is; however long ago
    it was made, and however late it was entered. The newest come first.
    """
    duties = Duty.objects.filter(decision=OuterRef("pk"))
    said = standing().filter(decision=OuterRef("pk"))
    # Of a million decisions these few are found by the index of those that nobody is told of yet.
    untold = Decision.objects.filter(
        area=unit.area_id, who_is_told_is_known=False, kind__in=_ever_owed(rule_sets)
    )
    made = untold.filter(_owed_by(rule_sets), case__unit=unit)
    waiting = made.filter(~Exists(duties), ~Exists(said))
    rows = waiting.select_related("case", "made_by").only(
        "kind", "made_at", "made_by_name", "case__urn", "case__urn_suffix",
        "made_by__full_name", "made_by__is_active",
    )  # fmt: skip
    return rows.order_by("-made_at", "-pk")


def standing() -> "QuerySet[NobodyToTell]":
    """Return what was said of decisions with nobody to tell and was not taken back."""
    return NobodyToTell.objects.filter(taken_back_at=None)


def said_of_nobody(unit: Unit) -> "QuerySet[NobodyToTell]":
    """Return what was ever said in a unit of decisions with nobody to tell, the newest first."""
    rows = NobodyToTell.objects.filter(area=unit.area_id, decision__case__unit=unit)
    related = ("decision__case", "said_by", "taken_back_by")
    return rows.select_related(*related).order_by("-said_at", "-pk")


def new_letters(unit: Unit, days: Days) -> "QuerySet[Duty]":
    """Return the letters of new decisions that nobody was told of.

    Neither was the Victim Liaison Unit told nor has it the reasons. Those due by tomorrow stand
    among what is due.
    """
    later = not_sent(unit).filter(due_on__gt=days.after, drafted_at=None)
    return later.filter(_untold(days), explained_at=None).order_by("due_on", "pk")


def not_taken_up(unit: Unit, days: Days) -> "QuerySet[Duty]":
    """Return the letters due after tomorrow that are explained and that nobody is here to draft.

    No drafter is named, or one whose account is closed, whose role drafts no letters, who is of
    another unit by now and covers for nobody here, or who is away today; however long ago it was
    decided.
    """
    later = not_sent(unit).filter(due_on__gt=days.after, drafted_at=None)
    nobody = Q(drafter=None, drafter_name="") | Q(drafter__is_active=False)
    nobody |= Q(drafter__role__in=DRAFT_NOTHING) | drafter_moved(days.today)
    nobody |= Q(drafter__in=list(away_until(unit.area_id, days.today)))
    waiting = later.filter(nobody, is_explained()).exclude(_untold(days), explained_at=None)
    return waiting.order_by("due_on", "pk")


def drafter_moved(today: date) -> Q:
    """Say of which letters the drafter is of another unit by now and can open none of theirs."""
    covering = covers_on(today).filter(unit=OuterRef("unit"), deputy=OuterRef("drafter"))
    here = Q(drafter__unit=F("unit")) | Q(drafter__unit__kind=Unit.Kind.VLU)
    return Q(drafter__role__in=DRAFT_IN_UNIT) & ~here & ~Q(Exists(covering))


def _untold(days: Days) -> Q:
    return Q(told_at=None, decided_at__gte=clock.start_of(days.before))


def _written() -> Exists:
    return Exists(ReasonsNote.objects.filter(decision=OuterRef("decision")))


def bounded(rows: "QuerySet[Any]") -> int:
    """Count rows up to one more than are counted."""
    return rows.order_by()[: MOST_COUNTED + 1].count()


def _ever_owed(rule_sets: list[RuleSet]) -> set[str]:
    """Return the kinds of decision for which the rules of any day owe a letter."""
    return {kind for each in rule_sets for kind in each.qualifying_kinds}


def _owed_by(rule_sets: list[RuleSet]) -> Q:
    """Return which decisions have a letter owed by the rules of their day; none without rules."""
    owed, until = Q(pk__in=[]), None
    for each in sorted(rule_sets, key=lambda rules: rules.in_force_from, reverse=True):
        begins = clock.start_of(each.in_force_from)
        of_its_days = Q(made_at__gte=begins, kind__in=each.qualifying_kinds)
        owed |= of_its_days & Q(made_at__lt=until) if until else of_its_days
        until = begins
    return owed
