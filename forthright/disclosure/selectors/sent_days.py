"""On which days the defendants of a case were sent, and where the register says another day."""

from dataclasses import dataclass
from datetime import date

from forthright.cases.hearings import listed_of
from forthright.disclosure.models import DisclosureDuty
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.disclosure_limits import Court


@dataclass(frozen=True, slots=True)
class TwoDays:
    """That a duty and the register of recordings have the case sent on different days."""

    here: date
    register: date


def sent_days_in_duties(case_id: int) -> list[date]:
    """Return on which days defendants of a case were sent to the Crown Court, by their duties."""
    rows = DisclosureDuty.objects.filter(case=case_id, court=Court.CROWN)
    return sorted(set(rows.values_list("triggered_on", flat=True)))


def sent_otherwise(duty: DisclosureDuty) -> TwoDays | None:
    """Return the two days where the register has the case sent on a day that no duty of it has.

    Defendants of one case may be sent on different days, and the register keeps one of them. Of a
    duty that is closed nobody is asked.
    """
    if duty.court != Court.CROWN or duty.stands is DutyState.CLOSED:
        return None
    listed = listed_of(duty.case_id)
    if listed is None or listed.sent_on is None:
        return None
    if listed.sent_on in sent_days_in_duties(duty.case_id):
        return None
    return TwoDays(here=duty.triggered_on, register=listed.sent_on)
