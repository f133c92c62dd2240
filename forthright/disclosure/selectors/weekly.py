"""What the weekly report is told of disclosure."""

from datetime import date

from forthright.accounts.models import Area
from forthright.cases.models import Case
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import duty_facts_as_of, return_facts
from forthright.disclosure.selectors.not_begun import not_begun_in
from forthright.rules.weekly_report.disclosure import POOLED_WEEKS
from forthright.rules.weekly_report.disclosure_facts import DisclosureFacts
from forthright.rules.weeks import Week


def disclosure_of_week(area: Area, week: Week, *, as_of: date) -> DisclosureFacts | None:
    """Return the disclosure of a week and those before it, or None where none was ever begun."""
    duties = DisclosureDuty.objects.filter(area=area)
    if not duties.exists():
        return None
    first = week.plus(1 - POOLED_WEEKS).monday
    deliveries = Delivery.objects.filter(area=area)
    return DisclosureFacts(
        duties=tuple(duty_facts_as_of(duties, first, week.sunday, as_of)),
        deliveries=tuple(return_facts(deliveries, first, week.sunday, as_of=as_of)),
        not_begun=not_begun_in(Case.objects.filter(area=area)).count(),
    )
