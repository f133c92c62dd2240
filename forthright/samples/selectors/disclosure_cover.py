"""Whose disclosure has been sampled in the cycle: prosecutors by what they endorsed most of."""

from collections import defaultdict
from datetime import date

from django.db.models import QuerySet

from forthright.accounts.models import Unit, User
from forthright.rules.weeks import Week, week_of
from forthright.samples.models import DrawnLetter, Plan
from forthright.samples.selectors import disclosures

Owed = dict[int, date]


def counted(
    plan: Plan, between: tuple[date, date], unit: Unit | None
) -> tuple[dict[str, tuple[str, int]], dict[str, tuple[int, date]]]:
    """Return by prosecutor their name and how many duties they had, and how many were drawn."""
    owed = _owed(plan, between, unit)
    by_code = _by_code(owed)
    names = _names(by_code)
    drawn = set(
        drawn_of(plan, unit).filter(disclosure__in=owed).values_list("disclosure", flat=True)
    )
    return (
        {code: (names[code], len(duties)) for code, duties in by_code.items()},
        {
            code: (len(found), max(week_of(owed[pk]).monday for pk in found))
            for code, duties in by_code.items()
            if (found := drawn.intersection(duties))
        },
    )


def weeks_since_sampled(plan: Plan, week: Week) -> dict[str, int]:
    """Return by prosecutor how many weeks ago their newest drawn disclosure was due."""
    rows = drawn_of(plan, None).filter(disclosure__due_on__lte=week.sunday)
    newest: dict[str, date] = {}
    for prosecutor, due in rows.values_list("prosecutor", "disclosure__due_on"):
        if prosecutor is not None:
            newest[f"P{prosecutor}"] = max(newest.get(f"P{prosecutor}", due), due)
    return {code: (week.monday - week_of(due).monday).days // 7 for code, due in newest.items()}


def duties_by_code(
    plan: Plan, between: tuple[date, date], unit: Unit | None
) -> dict[str, list[int]]:
    """Return by prosecutor the duties of a plan's units that were due in some weeks."""
    return _by_code(_owed(plan, between, unit))


def drawn_of(plan: Plan, unit: Unit | None) -> "QuerySet[DrawnLetter]":
    """Return the drawn disclosures of a plan's units, drawn by any plan and not replaced."""
    drawn = DrawnLetter.objects.filter(disclosure__area=plan.area_id)
    drawn = drawn.exclude(state=DrawnLetter.State.SUBSTITUTED)
    for whose in (plan.unit_id, unit.pk if unit else None):
        drawn = drawn if whose is None else drawn.filter(disclosure__unit=whose)
    return drawn


def _owed(plan: Plan, between: tuple[date, date], unit: Unit | None) -> Owed:
    duties = disclosures.owed(disclosures.duties_of_plan(plan))
    duties = disclosures.due_in(duties, week_of(between[0]), week_of(between[1]))
    duties = duties if unit is None else duties.filter(unit=unit)
    return dict(duties.values_list("pk", "due_on"))


def _by_code(owed: Owed) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for duty, prosecutor in disclosures.prosecutors_of(owed).items():
        found[f"P{prosecutor}"].append(duty)
    return dict(found)


def _names(codes: dict[str, list[int]]) -> dict[str, str]:
    people = User.objects.filter(pk__in=[int(code[1:]) for code in codes])
    return {f"P{pk}": name for pk, name in people.values_list("pk", "full_name")}
