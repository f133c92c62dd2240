"""Counts the dates of a case anew when its hearing got another day in the register."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.cases.hearings import HearingChange, NotFollowed
from forthright.disclosure.services.moving import locked_of_case
from forthright.disclosure.services.reckoning import DateRefused, reckon
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.disclosure_limits import Court


@transaction.atomic
def follow_hearing(change: HearingChange, *, by: User | None, at: datetime) -> None:
    """Count anew each open duty of a case in the Crown Court; the reason stands beside each date.

    :raises NotFollowed: if a date cannot be counted
    """
    for duty in locked_of_case(change.case_id):
        if duty.court != Court.CROWN or duty.stands is DutyState.CLOSED:
            continue
        try:
            reckon(duty, change.why[:300], by=by, at=at)
        except DateRefused as refusal:
            raise NotFollowed(f"The dates of disclosure cannot follow: {refusal}") from None
