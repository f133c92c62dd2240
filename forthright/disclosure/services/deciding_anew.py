"""Takes a decision on an item back: from then on it is not decided yet, and all stays beside."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import DisclosureDuty, Endorsement
from forthright.disclosure.selectors.standings import Line
from forthright.disclosure.services.endorsing import (
    EndorsementRefused,
    check_is_told_nothing,
    check_still_stands,
    standing_line,
)
from forthright.disclosure.services.moving import locked, move_by_items
from forthright.rules.endorsements import LONGEST_REASON, RULED, Endorsed
from forthright.rules.written import LEAST_WEIGHED, reason_in


@transaction.atomic
def take_decision_back(
    duty: DisclosureDuty, item_id: int, *, reason: str, by: User | None, at: datetime,
    opened: str | None = None,
) -> Endorsement:  # fmt: skip
    """Take the decision on an item back, so that it is not decided yet; it stays in the history.

    An approval that rested on it is gone, as it is where a decision is changed.

    :param opened: the stamp of the decision that the page showed; None comes from no page
    :raises NotAllowed: if it is not this person's, or not the time
    :raises EndorsementRefused: if nothing is decided of it, a court ruled on it, it was served, or
        there is no reason or one that tells of what is sensitive
    :raises ChangedMeanwhile: if somebody endorsed it since the page was opened
    """
    duty = locked(duty)
    line = standing_line(duty, item_id, by=by)
    policies.check_can_endorse(by, duty, line.item)
    stands = line.endorsement
    check_still_stands(stands, opened)
    if stands is None or (why := why_not_taken_back(line)):
        raise EndorsementRefused(why if stands else NOT_DECIDED)
    said = reason_in(reason, least=LEAST_WEIGHED)
    if not said or len(said) > LONGEST_REASON:
        raise EndorsementRefused(
            f"Write why the decision is taken back, in at most {LONGEST_REASON} letters and spaces."
        )
    check_is_told_nothing(duty, line, said, by=by)
    made = Endorsement.objects.create(
        duty=duty, item_id=line.item.thing_id, version=line.item, code=Endorsed.TAKEN_BACK.value,
        reason=said, since_served=line.beside.value, made_at=at, made_by=by,
    )  # fmt: skip
    audit.record("item.endorsed", duty, by=by, at=at, item=line.item.pk,
                 code=Endorsed.TAKEN_BACK.value, before=stands.code)  # fmt: skip
    move_by_items(duty, by=by, at=at)
    return made


NOT_DECIDED = "This item is not decided, so there is no decision to take back."


def may_be_taken_back(line: Line) -> bool:
    """Return whether somebody decided an item, and nothing that happened since rests on that."""
    return not why_not_taken_back(line)


def why_not_taken_back(line: Line) -> str:
    """Say why the decision on an item stays; nothing where it may be taken back."""
    if not line.standing.is_decided:
        return NOT_DECIDED
    if line.is_served:
        return f"{line.standing.named} was served, and what was served stays so."
    if line.standing.code in RULED:
        return (
            "A court ruled on this item, and that is no decision of yours to take back. Where the "
            "ruling was recorded wrong, record what the court ruled."
        )
    return ""
