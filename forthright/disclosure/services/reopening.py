"""Opens a closed duty again: closed by mistake, or the case goes on, as with a retrial."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.hearings import changes_since
from forthright.disclosure import policies
from forthright.disclosure.models import DateChange, DisclosureDuty
from forthright.disclosure.selectors.ended import OPENED_AGAIN, WAS_CLOSED
from forthright.disclosure.selectors.promises import requests_open
from forthright.disclosure.selectors.secrets import READERS_OF_DUTY, why_not_said
from forthright.disclosure.services.moving import locked, move
from forthright.disclosure.services.reckoning import DateRefused, reckon
from forthright.disclosure.services.starting import DutyRefused, take_what_came
from forthright.rules.disclosure_duty import DutyEvent
from forthright.rules.disclosure_limits import Court
from forthright.rules.written import reason_in
from forthright.web import clock


@transaction.atomic
def open_again(
    duty: DisclosureDuty, *, reason: str, by: User | None, at: datetime
) -> DisclosureDuty:
    """Open a closed duty again; it stands where what was done already leads.

    Before a service it waits for a second person again, whoever had approved it. Its figures count
    it again from then on, and say so. Who closed it may open it again: that makes no figure better.

    :raises NotAllowed: if it is not this person's, or not closed
    :raises DutyRefused: if there is no reason
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    event = DutyEvent.BEGIN_AGAIN if duty.served_at is None else DutyEvent.GO_ON
    policies.check_move(duty, event)
    if not (why := reason_in(reason)):
        raise DutyRefused("Write why it is opened again, such as the order of a retrial.")
    if against := why_not_said(duty, "why it is opened again", why, readers=READERS_OF_DUTY, by=by):
        raise DutyRefused(against)
    closed_at = duty.moved_at
    was_closed, duty.closed_because = duty.closed_because, ""
    if duty.served_at is None:
        duty.approved_at = duty.approved_by = None
    duty.save(update_fields=["closed_because", "approved_at", "approved_by"])
    DateChange.objects.create(
        duty=duty, title=WAS_CLOSED, old_day=clock.day_of(closed_at), new_day=None,
        reason=why, changed_at=at, changed_by=by,
    )  # fmt: skip
    audit.record(OPENED_AGAIN, duty, by=by, at=at, reason=why, was_closed=was_closed)
    move(duty, event, by=by, at=at)
    if event is DutyEvent.BEGIN_AGAIN:
        take_what_came(duty, by=by, at=at)
    else:
        go_on(duty, by=by, at=at)
    try:
        reckon(duty, _why_counted(duty, why, closed_at), by=by, at=at)
    except DateRefused as refusal:
        raise DutyRefused(str(refusal)) from None
    return duty


def _why_counted(duty: DisclosureDuty, why: str, closed_at: datetime) -> str:
    """Say why the dates are counted anew: also where the hearing moved while it was closed.

    Where both are too long, why it was opened again, which is kept in whole beside, is cut.
    """
    moved = changes_since(duty.case_id, closed_at) if duty.court == Court.CROWN else []
    return ". ".join([*(each.rstrip(". ") for each in moved), f"Opened again: {why}"])[:300]


def go_on(duty: DisclosureDuty, *, by: User | None, at: datetime) -> None:
    """Move a duty that was served to where notice, statement and answers have it."""
    first, last = duty.servings.order_by("pk").first(), duty.statements.order_by("pk").last()
    # A notice may have been taken back since a statement came; it waits by itself.
    if first is None or (first.court_told_at is None and last is None):
        return
    move(duty, DutyEvent.TELL_COURT, by=by, at=at)
    if last is None:
        return
    if last.received_on is None:
        move(duty, DutyEvent.STATE_NOTHING, by=by, at=at)
        return
    move(duty, DutyEvent.STATE, by=by, at=at)
    if not requests_open(duty).exists():
        move(duty, DutyEvent.ANSWER_LAST, by=by, at=at)
