"""On which days a court set the hearing of a case, as its duties have it."""

from datetime import date

from forthright.disclosure.models import DisclosureDuty
from forthright.disclosure.selectors.orders import standing_orders
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.disclosure_limits import HEARING, Court


def hearings_set_in_duties(case_id: int) -> list[date]:
    """Return for which days the hearing of a case is set in its open duties in the Crown Court."""
    rows = DisclosureDuty.objects.filter(case=case_id, court=Court.CROWN)
    rows = rows.exclude(state=DutyState.CLOSED).prefetch_related("court_dates", "earlier_courts")
    days = (hearing_set_in(duty) for duty in rows)
    return [day for day in days if day is not None]


def hearing_set_in(duty: DisclosureDuty) -> date | None:
    """Return for which day the hearing is set in a duty; nothing where the register says it."""
    order = standing_orders(duty).get(HEARING)
    return order.day if order else None
