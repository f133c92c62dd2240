"""When the police handed in what mends a return, whether anybody has taken it in yet or not."""

from collections import defaultdict
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from forthright.disclosure.models import Delivery, PoliceReturn, Schedule
from forthright.rules.schedules.answering import forms_mend


def first_hand_ins(returns: "QuerySet[PoliceReturn]") -> dict[int, datetime]:
    """Return by return when the police first handed in what mends it; none where they did not.

    From then on it was not they who were waited for, even if they put a better one in its place.
    """
    of_these = returns.order_by().values("pk")
    came = Delivery.objects.filter(answers__in=of_these)
    rows = came.order_by("checked_at", "pk").values_list(
        "answers",
        "answers__delivery",
        "answers__requests",
        "checked_at",
        "pk",
        "schedules__form",
        "forms_then",
        "answers__delivery__received_at",
    )
    handed: dict[tuple[int, int], tuple[int, list[str], bool, datetime, set[str]]] = {}
    for returned, back, requests, at, pk, form, then, received in rows:
        reasons = [asked["reason"] for asked in requests]
        # Of what was handed in anew before it was taken in, the forms that came in it then.
        forms = handed.setdefault((returned, pk), (back, reasons, received is not None, at, set()))[
            -1
        ]
        forms.update([form] if form else then)
    if not handed:
        return {}
    answered = Delivery.objects.filter(answers=OuterRef("pk"))
    went_back = returns.filter(Exists(answered)).order_by().values("delivery")
    before: defaultdict[int, set[str]] = defaultdict(set)
    for pk, form in Schedule.objects.filter(delivery__in=went_back).values_list("delivery", "form"):
        before[pk].add(form)
    found: dict[int, datetime] = {}
    for (returned, _), (back, reasons, was_taken_in, at, forms) in handed.items():
        if forms_mend(before[back], forms, reasons=reasons, was_taken_in=was_taken_in):
            found.setdefault(returned, at)
    return found
