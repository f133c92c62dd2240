"""What was corrected of a month that is counted: days typed wrong, and what was taken back."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from forthright.disclosure.models import (
    DateChange,
    Delivery,
    DisclosureDuty,
    PoliceReturn,
    Serving,
)
from forthright.rules.disclosure_compliance import Month
from forthright.web import clock

JUDGED_BY = "Initial disclosure: the day by which it was due when it was served"
JUDGED_WHEN_OVER = "Initial disclosure: the day by which it was due, corrected once it was over"

SERVICE_DAY = "The day of a service, as it was typed"
NOTICE_DAY = "The day on which the court was told, as it was typed"
STATEMENT_DAY = "The day on which the defence statement came, as it was typed"
END_DAY = "The day on which the case ended, as it was typed"
# Of what never was; it has no right day.
SERVICE_TAKEN_BACK = "The day of a service that was taken back"
NOTICE_TAKEN_BACK = "The day on which the court was told, taken back"
STATEMENT_TAKEN_BACK = "The day on which a defence statement came, taken back"
NONE_CAME_TAKEN_BACK = "That no defence statement had come by that day, taken back"
MENDED = (SERVICE_DAY, NOTICE_DAY, STATEMENT_DAY, END_DAY, SERVICE_TAKEN_BACK, NOTICE_TAKEN_BACK,
          STATEMENT_TAKEN_BACK, NONE_CAME_TAKEN_BACK)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """By when a duty was due as it was typed when it was served or over, and by when it is now."""

    duty: DisclosureDuty
    typed: date
    now: date
    reason: str
    at: datetime | None
    who: str


def corrected_of(duty: DisclosureDuty) -> Corrected | None:
    """Return how the day of a served duty was corrected, or None where it never was."""
    found = next(iter(_corrected(DisclosureDuty.objects.filter(pk=duty.pk))), None)
    if found is not None:
        return found
    over = duty.date_changes.filter(title=JUDGED_WHEN_OVER).select_related("changed_by").first()
    return _of_change(over) if over else None


def corrected_in(duties: "QuerySet[DisclosureDuty]", month: Month) -> list[Corrected]:
    """Return the duties that were due in a month before or since their day was corrected."""
    days = (month.first, month.last)
    then, now = Q(due_on__range=days), Q(duty__due_on__range=days)
    served = list(_corrected(duties, then | now))
    known = {each.duty.pk for each in served}
    when_over = DateChange.objects.filter(
        Q(old_day__range=days) | Q(new_day__range=days),
        Exists(duties.order_by().filter(pk=OuterRef("duty"))),
        title=JUDGED_WHEN_OVER,
    )
    rows = when_over.exclude(duty__in=known).select_related(
        "duty__case", "duty__defendant", "changed_by"
    )
    return served + [_of_change(each) for each in rows.order_by("pk")]


def mended_in(duties: "QuerySet[DisclosureDuty]", month: Month) -> "QuerySet[DateChange]":
    """Return the days that were corrected or taken back, of duties that were due in a month."""
    due = duties.filter(due_on__range=(month.first, month.last)).order_by()
    # Few days were corrected and many duties were due: the database begins with the few.
    rows = DateChange.objects.filter(Exists(due.filter(pk=OuterRef("duty"))), title__in=MENDED)
    return rows.select_related("duty__case", "duty__defendant", "changed_by").order_by("pk")


def taken_back_in(
    deliveries: "QuerySet[Delivery]", month: Month
) -> "QuerySet[PoliceReturn]":  # fmt: skip
    """Return the returns to the police of a month that were taken back since as a mistake."""
    days = clock.start_of(month.first), clock.start_of(month.last + timedelta(days=1))
    rows = PoliceReturn.objects.filter(
        delivery__in=deliveries.order_by().values("pk"), sent_at__gte=days[0], sent_at__lt=days[1],
        taken_back_at__isnull=False,
    )  # fmt: skip
    return rows.select_related("delivery__case", "unit", "taken_back_by").order_by("pk")


def _of_change(change: DateChange) -> Corrected:
    return Corrected(
        duty=change.duty, typed=change.old_day or change.duty.due_on,
        now=change.new_day or change.duty.due_on, reason=change.reason, at=change.changed_at,
        who=str(change.changed_by or ""),
    )  # fmt: skip


def _corrected(
    duties: "QuerySet[DisclosureDuty]", of_days: Q | None = None
) -> Iterable[Corrected]:  # fmt: skip
    first = Q(kind__in=[Serving.Kind.INITIAL, Serving.Kind.NIL])
    theirs = Exists(duties.order_by().filter(pk=OuterRef("duty")))
    rows = Serving.objects.filter(first, of_days or Q(), theirs)
    rows = rows.exclude(due_on=F("duty__due_on")).select_related("duty__case", "duty__defendant")
    changes: dict[int, list[DateChange]] = {}
    found = list(rows.order_by("pk"))
    # Few days are corrected: to look for their duties once more would take as long again.
    of_these = DateChange.objects.filter(duty__in={each.duty_id for each in found})
    for change in of_these.select_related("changed_by"):
        changes.setdefault(change.duty_id, []).append(change)
    for serving in found:
        duty = serving.duty
        why = (each for each in changes.get(duty.pk, ())
               if each.new_day == duty.due_on and each.changed_at >= serving.served_at)  # fmt: skip
        newest = next(why, None)
        yield Corrected(
            duty=duty, typed=serving.due_on, now=duty.due_on,
            reason=newest.reason if newest else "", at=newest.changed_at if newest else None,
            who=str(newest.changed_by or "") if newest else "",
        )  # fmt: skip
