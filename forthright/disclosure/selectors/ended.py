"""Duties whose case ended before anything was served, and those that were opened again since."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet

from forthright.audit.models import Event
from forthright.disclosure.models import DateChange, DisclosureDuty
from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_duty import DutyState
from forthright.web import clock

CLOSED = "disclosure.closed"
ENDED = "disclosure.ended"
END_CORRECTED = "disclosure.end_corrected"
OPENED_AGAIN = "disclosure.opened_again"
# The title under which it is kept that a closed duty was opened again.
WAS_CLOSED = "The day on which the duty was closed"


def ended_on(
    duties: "QuerySet[DisclosureDuty]", *, known_before: date | None = None
) -> dict[int, date]:
    """Return by duty the day on which its case ended, of those of which nothing was served by then.

    What was said last counts: an end that was corrected has another day, and a duty that was opened
    again has none.

    :param known_before: the day from which what was recorded counts as not known yet
    """
    open_ones = duties.filter(served_at=None).order_by()
    wanted = set(open_ones.filter(state=DutyState.CLOSED.value).values_list("pk", flat=True))
    if known_before is not None:
        # What is open again by now, or was served since, may have been closed then.
        every = duties.order_by().values("pk")
        again = DateChange.objects.filter(title=WAS_CLOSED, duty__in=every)
        wanted |= set(again.values_list("duty", flat=True))
    found: dict[int, date] = {}
    for event in _events(wanted, ENDED, END_CORRECTED, OPENED_AGAIN):
        if known_before is not None and clock.day_of(event.at) >= known_before:
            continue
        if event.name == OPENED_AGAIN:
            found.pop(int(event.subject_id), None)
        else:
            found[int(event.subject_id)] = date.fromisoformat(event.detail["day"])
    return found


def end_of(duty: DisclosureDuty) -> date | None:
    """Return the day on which the case of a closed duty ended, where it ended with its case."""
    if duty.stands is not DutyState.CLOSED:
        return None
    return ends_of([duty.pk]).get(duty.pk)


def end_before(duty: DisclosureDuty) -> date | None:
    """Return the day on which the case ended as it was said last, though it was opened again."""
    last = _events([duty.pk], ENDED, END_CORRECTED).last()
    return date.fromisoformat(last.detail["day"]) if last else None


def ends_of(duties: Collection[int]) -> dict[int, date]:
    """Return by duty the day on which its case ended, of closed ones that ended with it."""
    found: dict[int, date] = {}
    for event in _events(duties, ENDED, END_CORRECTED, OPENED_AGAIN, CLOSED):
        if event.name in {ENDED, END_CORRECTED}:
            found[int(event.subject_id)] = date.fromisoformat(event.detail["day"])
        else:
            found.pop(int(event.subject_id), None)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAgain:
    """That a closed duty was opened again: when, by whom and why."""

    duty: DisclosureDuty
    at: datetime
    who: str
    reason: str


def opened_again_in(duties: "QuerySet[DisclosureDuty]", month: Month) -> list[OpenedAgain]:
    """Return the duties due in a month that were closed and opened again, each time of it."""
    due = duties.filter(due_on__range=(month.first, month.last)).order_by()
    # Few were opened again and many were due: the database begins with the few.
    return _opened_again(DateChange.objects.filter(Exists(due.filter(pk=OuterRef("duty")))))


def opened_again_of(duty: DisclosureDuty) -> OpenedAgain | None:
    """Return how a duty was opened again the last time, or None where it never was."""
    found = _opened_again(DateChange.objects.filter(duty=duty))
    return found[-1] if found else None


def _opened_again(changes: "QuerySet[DateChange]") -> list[OpenedAgain]:
    rows = changes.filter(title=WAS_CLOSED).select_related(
        "duty__case", "duty__defendant", "changed_by"
    )
    return [
        OpenedAgain(
            duty=each.duty, at=each.changed_at, who=str(each.changed_by or ""), reason=each.reason
        )
        for each in rows.order_by("pk")
    ]


def _events(wanted: Iterable[int], *names: str) -> "QuerySet[Event]":
    events = Event.objects.filter(
        subject_kind=DisclosureDuty._meta.label, subject_id__in=list(map(str, wanted)),
        name__in=names,
    )  # fmt: skip
    return events.order_by("sequence")
