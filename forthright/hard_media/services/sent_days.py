"""Enters or puts right on which day a case was sent to the Crown Court."""

from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Hearing, SentDayChange
from forthright.hard_media.services.hearings import HearingRefused, known_of, locked
from forthright.rules import hearing_days
from forthright.rules.words import day_of
from forthright.rules.written import reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

CHANGED = "hearing.sent_day"


def sent_stamp(hearing: Hearing) -> str:
    """Return a stamp of the day on which a case was sent."""
    return hearing.sent_on.isoformat() if hearing.sent_on else ""


@transaction.atomic
def put_sent_day_right(
    hearing: Hearing, day: date, reason: str, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> SentDayChange:  # fmt: skip
    """Give a case another day of sending; the old one and why stay.

    The first day that is entered needs no reason.

    :raises NotAllowed: if the case is another unit's
    :raises ChangedMeanwhile: if somebody changed it since the page was opened
    :raises HearingRefused: if it is the day it has, cannot be, or nobody says why
    """
    policies.check_can_record(by, hearing)
    hearing = locked(hearing)
    check_unchanged(opened, sent_stamp(hearing), by_whom(hearing, CHANGED))
    if hearing.sent_on == day:
        raise HearingRefused("The case was sent on that day already, as the register has it.")
    if hearing.sent_on is not None and not reason_in(reason):
        raise HearingRefused("Say why the day was wrong, such as: typed wrong, the notice says so.")
    known = known_of(hearing.case, day)
    if why_not := hearing_days.why_not_sent_then(day, known, today=day_of(at)):
        raise HearingRefused(why_not)
    if hearing.on and (why_not := hearing_days.why_impossible(hearing.on, known)):
        raise HearingRefused(f"The hearing cannot be before that: {why_not}")
    change = SentDayChange.objects.create(
        hearing=hearing, old_day=hearing.sent_on, new_day=day, reason=reason_in(reason),
        changed_at=at, changed_by=by,
    )  # fmt: skip
    hearing.sent_on = day
    hearing.save(update_fields=["sent_on"])
    audit.record(CHANGED, hearing, by=by, at=at, old_day=change.old_day, new_day=day,
                 change=change.pk)  # fmt: skip
    return change
