"""Cases that ended for everybody: nobody waits for what the police were asked in them before.

What is asked once a case has ended, of what came to light since, is waited for as ever.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from forthright.audit.models import Event
from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.ended import CLOSED, END_CORRECTED, ENDED, OPENED_AGAIN
from forthright.rules.disclosure_duty import DutyState
from forthright.web import clock

BEGUN = "disclosure.begun"


@dataclass(frozen=True, slots=True)
class CaseEnd:
    """The day on which a case ended for everybody, and the moment at which that was recorded."""

    day: date
    at: datetime

    def ends(self, sent_at: datetime | None) -> bool:
        """Say whether nobody waits any more for what was asked at a moment."""
        return sent_at is not None and sent_at <= self.at


def open_in_case(case: str) -> Exists:
    """Return of which rows a duty of their case is open, or open again.

    :param case: the way from a row to its case
    """
    duties = DisclosureDuty.objects.filter(case=OuterRef(case))
    return Exists(duties.exclude(state=DutyState.CLOSED.value))


def is_asked_still() -> Q:
    """Return which returns are waited for: their case goes on, or had ended when they were sent."""
    ended_since = DisclosureDuty.objects.filter(
        case=OuterRef("delivery__case"), moved_at__gte=OuterRef("sent_at")
    )
    return Q(open_in_case("delivery__case")) | ~Q(Exists(ended_since))


def over_on(cases: Collection[int], *, known_before: date | None = None) -> dict[int, CaseEnd]:
    """Return by case when the last of its duties closed, of cases with none open.

    :param known_before: the day from which what was recorded counts as not known yet
    """
    if not cases:
        return {}
    case_of = dict(DisclosureDuty.objects.filter(case__in=cases).values_list("pk", "case"))
    events = Event.objects.filter(
        subject_kind=DisclosureDuty._meta.label, subject_id__in=[str(pk) for pk in case_of],
        name__in=(BEGUN, CLOSED, ENDED, END_CORRECTED, OPENED_AGAIN),
    )  # fmt: skip
    closed: dict[int, CaseEnd] = {}
    later: set[int] = set()
    for event in events.order_by("sequence"):
        pk, day = int(event.subject_id), clock.day_of(event.at)
        if known_before is not None and day >= known_before:
            later |= {pk} if event.name == BEGUN else set()
        elif event.name == OPENED_AGAIN:
            closed.pop(pk, None)
        elif event.name != BEGUN:
            said = event.detail.get("day")
            # A day that was corrected since changes nothing of when it was closed.
            at = closed[pk].at if event.name == END_CORRECTED and pk in closed else event.at
            closed[pk] = CaseEnd(date.fromisoformat(said) if said else day, at)
    ends: defaultdict[int, list[CaseEnd | None]] = defaultdict(list)
    for pk, case in case_of.items():
        if pk not in later:
            ends[case].append(closed.get(pk))
    known = {case: [end for end in each if end] for case, each in ends.items()}
    return {
        case: CaseEnd(max(end.day for end in each), max(end.at for end in each))
        for case, each in known.items()
        if len(each) == len(ends[case])
    }
