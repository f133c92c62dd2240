"""Says of a firm, or of nobody, that it was recorded for a defendant by mistake.

From that moment it was never there: whoever it ended has the case again, or whoever follows it. The
figures of days before keep it, as it was known then, like every other correction; so two reports of
one week tell apart what was known when each was made.

What was shared with it stays a fact and is taken back: somebody who had no part in the case was
given it, and whether that is a personal data breach somebody decides who is told what was opened.
"""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Hearing, Representation, ShareRecord
from forthright.hard_media.services.hearings import HearingRefused
from forthright.hard_media.services.sharing import revoke_share
from forthright.hard_media.services.taking_back import locked_together
from forthright.rules.words import date_words, day_of
from forthright.rules.written import reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

BY_MISTAKE = "representation.by_mistake"


def mistake_stamp(firm: Representation) -> str:
    """Return a stamp of a firm and of what was shared with it, as its page shows it."""
    shares = ShareRecord.objects.filter(representation=firm)
    return f"{firm.pk} {shares.count()} {shares.filter(opened_on=None).count()}"


@transaction.atomic
def say_by_mistake(
    hearing: Hearing, firm: Representation, reason: str, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> Representation:  # fmt: skip
    """Keep that a firm was recorded by mistake; its links end at once, and what it has is revoked.

    :raises NotAllowed: if the case is another unit's
    :raises ChangedMeanwhile: if something was shared with it, or opened, since the page was opened
    :raises HearingRefused: if it is of another case, was said before, or nobody says why
    """
    policies.check_can_record(by, hearing)
    known = Representation.everything.select_for_update(of=("self",)).select_related("defendant")
    rows = list(known.filter(defendant=firm.defendant_id).order_by("pk"))
    firm = next(each for each in rows if each.pk == firm.pk)
    _check_can_be(hearing, firm, opened)
    if not (why := reason_in(reason)):
        raise HearingRefused("Say why, such as: it was entered for the wrong defendant.")
    standing = ShareRecord.objects.filter(representation=firm, revoked_at=None)
    locked_together(standing.values_list("item", flat=True))
    shares = list(standing.select_related("item").order_by("pk"))
    # Rows follow each other in the order in which they were kept, each until the next begins.
    earlier = [each for each in rows if each.pk < firm.pk and each.mistake_at is None]
    before = earlier[-1] if earlier else None
    firm.mistake_at, firm.mistake_by, firm.mistake_because = at, by, why
    firm.save(update_fields=["mistake_at", "mistake_by", "mistake_because"])
    if before is not None:
        before.ends_on = firm.ends_on
        before.save(update_fields=["ends_on"])
    for each in shares:
        words = f"{firm} was recorded for {firm.defendant} by mistake: {why}"
        revoke_share(each, reason=words, by=by, at=at)
    audit.record(
        BY_MISTAKE, firm, by=by, at=at, area=hearing.area, hearing=hearing.pk,
        before=before.pk if before else None, shares=[each.pk for each in shares],
        opened=[each.pk for each in shares if each.opened_on],
    )  # fmt: skip
    return firm


def _check_can_be(hearing: Hearing, firm: Representation, opened: str | None) -> None:
    """Refuse a firm, locked, of which nobody can say that it was recorded by mistake."""
    if firm.defendant.case_id != hearing.case_id:
        raise HearingRefused(f"{firm} is of another case. Open it on the page of that case.")
    if firm.mistake_at is not None:
        raise HearingRefused(
            f"It was said on {date_words(day_of(firm.mistake_at))} that {firm} was recorded by "
            "mistake. Nothing is left to put right."
        )
    check_unchanged(opened, mistake_stamp(firm), by_whom(firm, "representation.set"))
