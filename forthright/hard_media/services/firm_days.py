"""Puts right from which day a firm has a case; what stood before, and why it was wrong, stays."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Defendant
from forthright.hard_media import policies
from forthright.hard_media.models import Hearing, Representation, StartChange
from forthright.hard_media.services.firms import odd_and_right
from forthright.hard_media.services.hearings import HearingRefused
from forthright.rules.firm_days import why_not_from
from forthright.rules.words import day_words
from forthright.rules.written import reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

CHANGED = "representation.start_put_right"


@dataclass(frozen=True)
class Start:
    """The right day, why the old one was wrong, and why it is right though it is odd."""

    on: date
    reason: str
    odd_because: str = ""


def start_stamp(present: Representation | None) -> str:
    """Return a stamp of the day from which a firm has a case."""
    return f"{present.pk} {present.starts_on:%Y%m%d}" if present else ""


@transaction.atomic
def put_start_right(
    hearing: Hearing, defendant: Defendant, start: Start, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> StartChange:  # fmt: skip
    """Give whoever represents a defendant last another first day; whoever was before ends with it.

    What was reckoned as of a day before this is recorded stays as it was.

    :raises NotAllowed: if the case is another unit's
    :raises ChangedMeanwhile: if somebody changed it since the page was opened
    :raises HearingRefused: if nobody is recorded, it is the day it has, cannot be, or nobody says
        why
    :raises OddDay: if the day is more likely a slip, and nobody says why it is right
    """
    policies.check_can_record(by, hearing)
    rows = Representation.objects.select_for_update().filter(defendant=defendant)
    present = rows.filter(ends_on__isnull=True).first()
    who = by_whom(present, CHANGED, "representation.set")
    check_unchanged(opened, start_stamp(present), who)
    if present is None:
        raise HearingRefused("Nobody is recorded, so there is no day to put right.")
    old = present.starts_on
    if start.on == old:
        raise HearingRefused(f"{present} is recorded since {day_words(old)} already.")
    if not reason_in(start.reason):
        raise HearingRefused("Say why the day was wrong, such as: the year was typed wrong.")
    before = rows.filter(ends_on=old).exclude(pk=present.pk).order_by("-starts_on", "-pk").first()
    if before and (why_not := why_not_from(start.on, str(before), before.starts_on)):
        raise HearingRefused(why_not)
    odd = odd_and_right(hearing, start.on, start.odd_because, at=at)
    change = StartChange.objects.create(
        representation=present, old_day=old, new_day=start.on, reason=reason_in(start.reason),
        changed_at=at, changed_by=by,
    )  # fmt: skip
    present.starts_on, present.odd = start.on, list(odd)
    present.odd_because = reason_in(start.odd_because) if odd else ""
    present.save(update_fields=["starts_on", "odd", "odd_because"])
    if before:
        before.ends_on = start.on
        before.save(update_fields=["ends_on"])
    audit.record(
        CHANGED, present, by=by, at=at, old_day=old, new_day=start.on, change=change.pk,
        odd=list(odd), before=before.pk if before else None,
    )  # fmt: skip
    return change
