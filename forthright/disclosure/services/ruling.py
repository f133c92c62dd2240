"""Keeps what a court ruled on public interest immunity for an item."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import DisclosureDuty, Endorsement
from forthright.disclosure.selectors.standings import Line, line_of
from forthright.disclosure.services.endorsing import EndorsementRefused
from forthright.disclosure.services.moving import locked, move_by_items
from forthright.rules.endorsements import LONGEST_REASON, RULED, Endorsed
from forthright.rules.written import reason_in
from forthright.web import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the court ruled of an item, on which day, and what shows it."""

    item_id: int
    is_granted: bool
    ruled_on: date
    reason: str


@transaction.atomic
def record_ruling(
    duty: DisclosureDuty, ruling: Ruling, *, by: User | None, at: datetime
) -> Endorsement:
    """Keep a ruling beside what stands against the item; the duty moves on by it.

    Where immunity was refused the item is still to be decided: it is disclosed, by another
    schedule, or the case does not go on.

    :raises NotAllowed: if it is not this person's, who may see what is sensitive, or not the time
    :raises EndorsementRefused: if no immunity is applied for, the day cannot be, or there is no
        reason
    """
    duty = locked(duty)
    line = line_of(duty, ruling.item_id)
    if line is None or not may_be_ruled(line):
        raise EndorsementRefused(
            "A court rules on an item for which immunity is applied for: endorse it PII first."
        )
    policies.check_can_endorse(by, duty, line.item)
    if not duty.triggered_on <= ruling.ruled_on <= clock.day_of(at):
        raise EndorsementRefused(
            "The court ruled today or before, and not before the day on which the duty began."
        )
    reason = reason_in(ruling.reason)
    if not reason or len(reason) > LONGEST_REASON:
        raise EndorsementRefused(
            f"Write what the court ordered, in at most {LONGEST_REASON} letters and spaces."
        )
    code = Endorsed.IMMUNITY_GRANTED if ruling.is_granted else Endorsed.IMMUNITY_REFUSED
    before = line.endorsement.code if line.endorsement else ""
    made = Endorsement.objects.create(
        duty=duty, item_id=line.item.thing_id, version=line.item, code=code.value,
        reason=reason, ruled_on=ruling.ruled_on, made_at=at, made_by=by,
    )  # fmt: skip
    audit.record("item.endorsed", duty, by=by, at=at, item=line.item.pk, code=code.value,
                 before=before, ruled_on=ruling.ruled_on)  # fmt: skip
    move_by_items(duty, by=by, at=at)
    return made


def may_be_ruled(line: Line) -> bool:
    """Return whether immunity is applied for, or the court ruled and may have ruled again."""
    return line.standing.is_sensitive and line.standing.code in {Endorsed.IMMUNITY, *RULED}
