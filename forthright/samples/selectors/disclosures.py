"""Duties to disclose as the list of a sample holds them; no name is ever among them."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from forthright.disclosure.models import DisclosureDuty, Endorsement, Schedule, Serving, SetAside
from forthright.disclosure.selectors.ended import ended_on
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.frame import FrameRow
from forthright.rules.schedules.schedule import Form
from forthright.rules.weeks import Week
from forthright.samples.models import Condition, Plan
from forthright.web import clock

# Said in each list beside its digest, so that a later way of counting is not mistaken for this.
COUNTED_BY = "disclosure-frame 2026.2"
CLOSED_UNSERVED = "The case ended before its day, and nothing was served"
# The force and the unit that a URN begins with.
POLICE_UNIT = slice(0, 4)
FACTS = (
    "pk", "unit__name", "court", "remand", "state", "served_at", "due_on", "case__urn",
    "case__is_rasso", "case__is_domestic_abuse", "is_nil", "is_sensitive",
)  # fmt: skip


def duties_of_plan(plan: Plan) -> "QuerySet[DisclosureDuty]":
    """Return every duty to disclose that a plan looks at, in any week."""
    duties = DisclosureDuty.objects.filter(area=plan.area_id)
    return duties if plan.unit_id is None else duties.filter(unit=plan.unit_id)


def due_in(duties: "QuerySet[DisclosureDuty]", first: Week, last: Week) -> "QuerySet[Any]":
    """Return the duties whose initial disclosure was due from one week to another."""
    return duties.filter(due_on__range=(first.monday, last.sunday))


def owed(duties: "QuerySet[DisclosureDuty]") -> "QuerySet[DisclosureDuty]":
    """Leave out where the case ended by the day it was due: nothing was owed in the end.

    Where it ended later, disclosure was owed and not given, as the figures of the month count it.
    The duties may be part of a greater question, so what is left out is asked for by itself.
    """
    return duties.exclude(pk__in=_spared(DisclosureDuty.objects.all()))


def _spared(duties: "QuerySet[DisclosureDuty]") -> set[int]:
    """Return the duties of which nothing was served and whose case ended by its day."""
    closed = duties.filter(state=DutyState.CLOSED.value, served_at=None).order_by()
    due = dict(closed.values_list("pk", "due_on"))
    ended = ended_on(closed)
    return {pk for pk, day in due.items() if ended.get(pk, day) <= day}


def rows_of_week(plan: Plan, week: Week, at: datetime) -> list[FrameRow]:
    """Return a row for every duty whose initial disclosure was due in a week, served or not."""
    first = Serving.objects.filter(
        duty=OuterRef("pk"), kind__in=[Serving.Kind.INITIAL, Serving.Kind.NIL]
    )
    sensitive = Schedule.objects.filter(
        delivery__case=OuterRef("case"), form=Form.MG6D.value, is_live=True, items__isnull=False
    )
    due = due_in(duties_of_plan(plan), week, week)
    spared = _spared(due)
    wanted = due.annotate(
        is_nil=Exists(first.filter(kind=Serving.Kind.NIL)),
        is_sensitive=Exists(sensitive),
    )
    facts = list(wanted.values(*FACTS).order_by("pk"))
    prosecutors = prosecutors_of([row["pk"] for row in facts])
    return [_row(each, prosecutors.get(each["pk"]), at, spared) for each in facts]


def prosecutors_of(duties: Collection[int]) -> dict[int, int]:
    """Return by duty who wrote most of its endorsements, the first of them where two did alike.

    Where nobody endorsed anything it is who approved it; where nobody did, nobody.
    """
    found: dict[int, int] = {
        pk: person
        for pk, person in DisclosureDuty.objects.filter(pk__in=duties).values_list(
            "pk", "approved_by"
        )
        if person is not None
    }
    rows = (
        Endorsement.objects.filter(duty__in=duties, made_by__isnull=False)
        .order_by()
        .values_list("duty", "made_by")
        .annotate(number=Count("pk"))
    )
    most: dict[int, tuple[int, int]] = {}
    for duty, person, number in rows:
        most[duty] = max(most.get(duty, (0, 0)), (number, -person))
    return found | {duty: -person for duty, (_, person) in most.items()}


def endorsers_of(duties: Collection[int]) -> dict[int, set[int]]:
    """Return by duty who ever endorsed an item of it or set one aside."""
    found: dict[int, set[int]] = {duty: set() for duty in duties}
    for model in (Endorsement, SetAside):
        rows = model._default_manager.filter(duty__in=duties, made_by__isnull=False).order_by()
        for duty, person in rows.values_list("duty", "made_by").distinct():
            found[duty].add(person)
    return found


def servers_of(duties: Iterable[int]) -> dict[int, set[int]]:
    """Return by duty who served anything on the defence."""
    found: dict[int, set[int]] = {duty: set() for duty in duties}
    rows = Serving.objects.filter(duty__in=found, served_by__isnull=False).order_by()
    for duty, person in rows.values_list("duty", "served_by"):
        found[duty].add(person)
    return found


def _row(
    facts: Mapping[str, Any], prosecutor: int | None, at: datetime, spared: Collection[int]
) -> FrameRow:
    served = facts["served_at"]
    is_served = served is not None and served <= at
    return FrameRow(
        reference=f"D{facts['pk']}",
        unit=facts["unit__name"],
        letter_type=str(DisclosureDuty.Court(facts["court"]).label),
        entitlement=str(DisclosureDuty.Remand(facts["remand"]).label),
        drafter=f"P{prosecutor}" if prosecutor is not None else "",
        is_sent=is_served,
        is_late=is_served and clock.day_of(served) > facts["due_on"],
        flags=_flags(facts, is_served=is_served),
        excluded_because=CLOSED_UNSERVED if facts["pk"] in spared else "",
        police_unit=facts["case__urn"][POLICE_UNIT],
    )


def _flags(facts: Mapping[str, Any], *, is_served: bool) -> tuple[str, ...]:
    holds = {
        Condition.RASSO: facts["case__is_rasso"],
        Condition.DOMESTIC_ABUSE: facts["case__is_domestic_abuse"],
        Condition.NIL: is_served and facts["is_nil"],
        Condition.SENSITIVE: facts["is_sensitive"],
    }
    return tuple(sorted(str(each) for each, holding in holds.items() if holding))
