"""How disclosure complied month after month, counted by the database in four questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import CharField, Count, F, FilteredRelation, Q, QuerySet
from django.db.models.functions import Cast, Substr, TruncMonth

from forthright.disclosure.models import Delivery, DisclosureDuty, Serving
from forthright.disclosure.selectors.compliance import with_decisions
from forthright.disclosure.selectors.ended import ended_on
from forthright.rules.disclosure_compliance import Month, read_month
from forthright.rules.disclosure_trends import MEASURES, MonthCount, MonthlyTrend, monthly_trend
from forthright.web import clock

MONTHS = 24
MONTH_LETTERS = 7  # "2026-10"
Counted = dict[Month, dict[str, MonthCount]]


def trends_of(
    duties: "QuerySet[DisclosureDuty]", deliveries: "QuerySet[Delivery]", today: date
) -> list[MonthlyTrend]:
    """Return each measure over the months that are over, the newest last."""
    months = _months_before(today)
    first = months[0].first
    counted = _duties(duties, first, months[-1].last)
    for month, shares in _deliveries(deliveries, first, months[-1].last).items():
        counted.setdefault(month, {}).update(shares)
    return [
        monthly_trend(measure, list(_counts(measure.figure, months, counted)))
        for measure in MEASURES
    ]


def _counts(figure: str, months: list[Month], counted: Counted) -> Iterable[MonthCount]:
    for month in months:
        found = counted.get(month, {}).get(figure)
        if found and found.n:
            yield found


def _months_before(today: date) -> list[Month]:
    months = [Month.of(today).before]
    while len(months) < MONTHS:
        months.append(months[-1].before)
    return months[::-1]


def _duties(duties: "QuerySet[DisclosureDuty]", first: date, last: date) -> Counted:
    is_first = Q(
        servings__kind__in=[Serving.Kind.INITIAL, Serving.Kind.NIL], servings__taken_back_at=None
    )
    due = duties.filter(due_on__range=(first, last)).order_by()
    # Where the case ended on the day or before, nothing had to be given.
    ended = ended_on(due)
    days = due.filter(pk__in=ended).values_list("pk", "due_on")
    spared = [pk for pk, due_on in days if ended[pk] <= due_on]
    counted = due.exclude(pk__in=spared).annotate(
        first=FilteredRelation("servings", condition=is_first),
        # The month as it is written: SQLite would call Python for each day to work it out.
        in_month=Substr(Cast("due_on", CharField()), 1, MONTH_LETTERS),
    )
    named = {
        "due": Count("pk"),
        "served": Count("first__pk"),
        "endorsed": Count("first__pk", filter=Q(first__items_endorsed=F("first__items_total"))),
        "in_time": Count("first__pk", filter=Q(first__served_on__lte=F("due_on"))),
        "told": Count("first__pk", filter=Q(first__court_told_on=F("first__served_on"))),
    }
    met_of = {"q1": ("endorsed", "due"), "q2": ("in_time", "due"), "q4": ("told", "served")}
    return _by_month(counted, named, met_of)


def _deliveries(deliveries: "QuerySet[Delivery]", first: date, last: date) -> Counted:
    begin, end = clock.start_of(first), clock.end_of(last)
    counted = (
        with_decisions(deliveries)
        .filter(decided_at__gte=begin, decided_at__lt=end)
        .order_by()
        .annotate(in_month=TruncMonth("decided_at", tzinfo=begin.tzinfo))
    )
    named = {
        "decided": Count("pk"), "back": Count("pk", filter=Q(went_back=True))
    }  # fmt: skip
    return _by_month(counted, named, {"returned_0": ("back", "decided")})


def _by_month(
    rows: "QuerySet[Any]", named: dict[str, Count], met_of: dict[str, tuple[str, str]]
) -> Counted:
    """Return each figure of each month, and how it stands in the cases that have more than one.

    :param named: what is counted, all first
    """
    every = next(iter(named))
    found: Counted = {}
    for row in rows.values("in_month").annotate(**named):
        month = _month(row["in_month"])
        found[month] = {
            figure: MonthCount(month=month, count=row[met], n=row[of])
            for figure, (met, of) in met_of.items()
        }
    shared: defaultdict[tuple[Month, str], list[tuple[int, int]]] = defaultdict(list)
    # In a month only a case that has several at all can have them, and most have one.
    with_several = rows.values("case").annotate(several=Count("pk")).filter(several__gt=1)
    of_several = rows.filter(case__in=with_several.values("case"))
    several = of_several.values("in_month", "case").annotate(**named)
    for row in several.filter(**{f"{every}__gt": 1}):
        for figure, (met, of) in met_of.items():
            shared[_month(row["in_month"]), figure].append((row[met], row[of]))
    for (month, figure), pairs in shared.items():
        found[month][figure] = replace(found[month][figure], shared=tuple(pairs))
    return found


def _month(told: date | str) -> Month:
    return read_month(told) if isinstance(told, str) else Month.of(told)
