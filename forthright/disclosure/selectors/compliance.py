"""The facts of a month's duties, read in two questions however many there are."""

from datetime import date, timedelta

from django.db.models import QuerySet

from forthright.disclosure.models import Delivery, DisclosureDuty, Serving
from forthright.rules.disclosure_compliance import (
    Compliance,
    DutyFacts,
    Month,
    ReturnFacts,
    comply,
)
from forthright.web import clock

COUNTED = ("items_total", "items_endorsed", "presumed_total", "presumed_given", "sensitive_total",
           "sensitive_settled")  # fmt: skip


def compliance_of(
    duties: "QuerySet[DisclosureDuty]", deliveries: "QuerySet[Delivery]", month: Month, today: date
) -> Compliance:
    """Return how the disclosure of a month complied, among some duties and deliveries.

    What is due on a day that is not over yet, and is not served, is not judged.
    """
    of_month = duties.filter(due_on__range=(month.first, month.last)).order_by()
    facts = [
        DutyFacts(key=pk, due_on=due_on)
        for pk, due_on in of_month.filter(served_at=None, due_on__lt=today).values_list(
            "pk", "due_on"
        )
    ]
    return comply(month, facts + _served(of_month), _deliveries(deliveries, month))


def _served(of_month: "QuerySet[DisclosureDuty]") -> list[DutyFacts]:
    first = Serving.objects.filter(
        duty__in=of_month.values("pk"), kind__in=[Serving.Kind.INITIAL, Serving.Kind.NIL]
    )
    rows = first.order_by().values_list(
        "duty", "due_on", "served_on", "kind", *COUNTED, "court_told_on"
    )
    nil = Serving.Kind.NIL.value
    # In the order of the facts: naming each of a hundred thousand takes longer than counting them.
    return [
        DutyFacts(duty, due_on, served_on, kind == nil, *rest)
        for duty, due_on, served_on, kind, *rest in rows.iterator(chunk_size=10_000)
    ]


def _deliveries(deliveries: "QuerySet[Delivery]", month: Month) -> list[ReturnFacts]:
    begin = clock.start_of(month.first)
    end = clock.start_of(month.last + timedelta(days=1))
    rows = deliveries.filter(triaged_at__gte=begin, triaged_at__lt=end).order_by("pk")
    return [
        ReturnFacts(
            key=pk,
            unit=unit or "",
            is_returned=state == Delivery.State.RETURNED,
            days=(clock.day_of(mended) - clock.day_of(sent)).days if mended and sent else None,
            was_in_time=clock.day_of(mended) <= answer_by if mended and answer_by else None,
        )
        for pk, unit, state, sent, answer_by, mended in rows.values_list(
            "pk", "police_unit__name", "state", "police_return__sent_at",
            "police_return__answer_by", "police_return__mended_by__received_at",
        )
    ]  # fmt: skip
