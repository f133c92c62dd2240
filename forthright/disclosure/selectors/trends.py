"""How disclosure complied month after month, counted by the database in two questions."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, FilteredRelation, Q, QuerySet
from django.db.models.functions import TruncMonth

from forthright.disclosure.models import Delivery, DisclosureDuty, Serving
from forthright.disclosure.selectors.ended import ended_on
from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_trends import MEASURES, MonthCount, MonthlyTrend, monthly_trend
from forthright.web import clock

MONTHS = 24
Counted = dict[Month, dict[str, tuple[int, int]]]


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
        count, n = counted.get(month, {}).get(figure, (0, 0))
        if n:
            yield MonthCount(month=month, count=count, n=n)


def _months_before(today: date) -> list[Month]:
    months = [Month.of(today).before]
    while len(months) < MONTHS:
        months.append(months[-1].before)
    return months[::-1]


def _duties(duties: "QuerySet[DisclosureDuty]", first: date, last: date) -> Counted:
    is_first = Q(servings__kind__in=[Serving.Kind.INITIAL, Serving.Kind.NIL])
    due = duties.filter(due_on__range=(first, last)).order_by()
    # Where the case ended on the day or before, nothing had to be given.
    ended = ended_on(due)
    days = due.filter(pk__in=ended).values_list("pk", "due_on")
    spared = [pk for pk, due_on in days if ended[pk] <= due_on]
    rows = (
        due.exclude(pk__in=spared)
        .annotate(
            first=FilteredRelation("servings", condition=is_first), in_month=TruncMonth("due_on")
        )
        .values("in_month")
        .annotate(
            due=Count("pk"),
            served=Count("first__pk"),
            endorsed=Count("first__pk", filter=Q(first__items_endorsed=F("first__items_total"))),
            in_time=Count("first__pk", filter=Q(first__served_on__lte=F("due_on"))),
            told=Count("first__pk", filter=Q(first__court_told_on=F("first__served_on"))),
        )
    )  # fmt: skip
    return {
        Month.of(row["in_month"]): {
            "q1": (row["endorsed"], row["due"]),
            "q2": (row["in_time"], row["due"]),
            "q4": (row["told"], row["served"]),
        }
        for row in rows
    }


def _deliveries(deliveries: "QuerySet[Delivery]", first: date, last: date) -> Counted:
    begin, end = clock.start_of(first), clock.end_of(last)
    rows = (
        deliveries.filter(triaged_at__gte=begin, triaged_at__lt=end)
        .order_by()
        .annotate(in_month=TruncMonth("triaged_at", tzinfo=begin.tzinfo))
        .values("in_month")
        .annotate(
            decided=Count("pk"), back=Count("pk", filter=Q(state=Delivery.State.RETURNED))
        )
    )  # fmt: skip
    return {
        Month.of(row["in_month"]): {"returned_0": (row["back"], row["decided"])} for row in rows
    }
