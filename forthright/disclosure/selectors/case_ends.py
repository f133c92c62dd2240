"""On which day cases ended for defendants, by the duties that were closed with them."""

from collections.abc import Collection
from datetime import date

from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.ended import ends_of
from forthright.rules.disclosure_duty import DutyState


def ended_in_duties(cases: Collection[int]) -> dict[int, date]:
    """Return by defendant on which day the case ended for them, by their closed duties."""
    rows = DisclosureDuty.objects.filter(case__in=cases, state=DutyState.CLOSED.value)
    closed = dict(rows.values_list("pk", "defendant"))
    return {closed[duty]: on for duty, on in ends_of(closed).items()} if closed else {}
