"""Cases that ended for everybody: nobody waits for what the police were asked in them any more."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef

from forthright.audit.models import Event
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.ended import CLOSED, END_CORRECTED, ENDED, OPENED_AGAIN
from forthright.rules.disclosure_duty import DutyState
from forthright.web import clock

BEGUN = "disclosure.begun"


def goes_on(case: str) -> Exists:
    """Return of which rows the case goes on for anybody: a duty of it is open, or open again.

    :param case: the way from a row to its case
    """
    duties = DisclosureDuty.objects.filter(case=OuterRef(case))
    return Exists(duties.exclude(state=DutyState.CLOSED.value))


def over_on(cases: Collection[int], *, known_before: date | None = None) -> dict[int, date]:
    """Return by case on which day the last of its duties closed, of cases with none open.

    :param known_before: the day from which what was recorded counts as not known yet
    """
    if not cases:
        return {}
    case_of = dict(DisclosureDuty.objects.filter(case__in=cases).values_list("pk", "case"))
    events = Event.objects.filter(
        subject_kind=DisclosureDuty._meta.label, subject_id__in=[str(pk) for pk in case_of],
        name__in=(BEGUN, CLOSED, ENDED, END_CORRECTED, OPENED_AGAIN),
    )  # fmt: skip
    closed: dict[int, date] = {}
    later: set[int] = set()
    for event in events.order_by("sequence"):
        pk, day = int(event.subject_id), clock.day_of(event.at)
        if known_before is not None and day >= known_before:
            later |= {pk} if event.name == BEGUN else set()
        elif event.name == OPENED_AGAIN:
            closed.pop(pk, None)
        elif event.name != BEGUN:
            closed[pk] = date.fromisoformat(event.detail["day"]) if "day" in event.detail else day
    days: defaultdict[int, list[date | None]] = defaultdict(list)
    for pk, case in case_of.items():
        if pk not in later:
            days[case].append(closed.get(pk))
    known = {case: [day for day in each if day] for case, each in days.items()}
    return {case: max(each) for case, each in known.items() if len(each) == len(days[case])}
