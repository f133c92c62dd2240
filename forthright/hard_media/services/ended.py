"""Records that a case has ended for a defendant, and that it goes on after all."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Defendant
from forthright.hard_media import policies
from forthright.hard_media.models import CaseEnd, Hearing
from forthright.hard_media.services.hearings import known_of, locked
from forthright.rules.media_ended import why_not_ended_then
from forthright.rules.words import day_of, day_words
from forthright.rules.written import reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

ENDED, GOES_ON = "media.case_ended", "media.case_goes_on"


class EndRefused(ValueError):
    """A case cannot have ended so; the message says why."""


@dataclass(frozen=True)
class End:
    """On which day a case ended, and how."""

    on: date
    reason: str


def end_of(defendant: Defendant) -> CaseEnd | None:
    """Return the end of their case that stands, if it has ended for them."""
    return CaseEnd.objects.filter(defendant=defendant, undone_at=None).first()


def end_stamp(present: CaseEnd | None) -> str:
    """Return a stamp of the end of a case that stands, or of its going on."""
    return str(present.pk) if present else ""


@transaction.atomic
def record_end(
    hearing: Hearing, defendant: Defendant, end: End, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> CaseEnd:  # fmt: skip
    """Record that the case has ended for a defendant: nothing is owed to them from that day.

    :raises NotAllowed: if the case is another unit's
    :raises ChangedMeanwhile: if somebody recorded it since the page was opened
    :raises EndRefused: if it has ended already, the day cannot be, or nobody says how it ended
    """
    policies.check_can_record(by, hearing)
    hearing = locked(hearing)
    present = end_of(defendant)
    check_unchanged(opened, end_stamp(present), by_whom(present, ENDED))
    if present is not None:
        raise EndRefused(f"It is recorded already that it ended on {day_words(present.ended_on)}.")
    if not reason_in(end.reason):
        raise EndRefused("Say how it ended, such as: discontinued, no evidence offered.")
    charged_on = known_of(hearing.case, hearing.sent_on).charged_on
    if why := why_not_ended_then(end.on, hearing.case.urn, charged_on, today=day_of(at)):
        raise EndRefused(why)
    kept = CaseEnd.objects.create(
        area=hearing.area, defendant=defendant, ended_on=end.on, reason=reason_in(end.reason),
        recorded_at=at, recorded_by=by,
    )  # fmt: skip
    audit.record(ENDED, kept, by=by, at=at, area=hearing.area, on=end.on, hearing=hearing.pk)
    return kept


@transaction.atomic
def undo_end(
    hearing: Hearing, defendant: Defendant, reason: str, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> CaseEnd:  # fmt: skip
    """Record that the case goes on for a defendant after all; what was recorded stays to be seen.

    :raises NotAllowed: if the case is another unit's
    :raises ChangedMeanwhile: if another end of it was recorded since the page was opened
    :raises EndRefused: if it goes on already, or nobody says why
    """
    policies.check_can_record(by, hearing)
    hearing = locked(hearing)
    present = end_of(defendant)
    if present is not None:
        check_unchanged(opened, end_stamp(present), by_whom(present, ENDED))
    if present is None:
        raise EndRefused("The case goes on for them: there is nothing to take back.")
    if not (why := reason_in(reason)):
        raise EndRefused("Say why the case goes on.")
    present.undone_at, present.undone_by, present.undone_because = at, by, why
    present.save(update_fields=["undone_at", "undone_by", "undone_because"])
    audit.record(GOES_ON, present, by=by, at=at, area=hearing.area, hearing=hearing.pk)
    return present
