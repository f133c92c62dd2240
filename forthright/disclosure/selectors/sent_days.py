"""On which days the defendants of a case were sent to the Crown Court, by their duties."""

from datetime import date

from forthright.disclosure.models import DisclosureDuty
from forthright.rules.disclosure_limits import Court


def sent_days_in_duties(case_id: int) -> list[date]:
    """Return on which days defendants of a case were sent to the Crown Court, by their duties."""
    rows = DisclosureDuty.objects.filter(case=case_id, court=Court.CROWN)
    return list(rows.values_list("triggered_on", flat=True))
