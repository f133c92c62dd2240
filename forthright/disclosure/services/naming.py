"""Lets a withheld item wait again where the police name it only after disclosure was served.

Whoever decided it, and whoever approved that, had not read why the police name it.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from forthright.audit import services as audit
from forthright.disclosure.models import Delivery, DisclosureDuty, Endorsement
from forthright.disclosure.selectors.named import NamedHere
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.moving import move_by_items
from forthright.rules.disclosure_duty import SERVED_OR_LATER, DutyState
from forthright.rules.endorsements import NOT_MET, Endorsed

# What they say stands beside the item, for the lawyers of the unit alone.
NAMED_SINCE = (
    "The police say since, in {delivery}, that it may undermine the prosecution or assist the "
    "defence. Read why, and decide it anew."
)
# For each defendant, by the id under which a thing is endorsed: where the police name it, and why.
Told = Mapping[tuple[int, int], frozenset[NamedHere]]


def told_of(duties: Collection[DisclosureDuty]) -> Told:
    """Return what the police say of the items of those of some duties that were served."""
    return {
        (duty.pk, line.item.thing_id): frozenset(line.named)
        for duty in duties
        if _goes_on(duty)
        for line in lines_of(duty)
        if line.named
    }


def wait_for_named(
    delivery: Delivery, duties: Collection[DisclosureDuty], before: Told, *, at: datetime
) -> int:
    """Let what is withheld and named anew wait for a decision; return of how many it does.

    :param duties: the locked duties of the case of a delivery that was taken in just now
    :param before: what was told of their items before that
    """
    number = 0
    for duty in duties:
        if not _goes_on(duty):
            continue
        lines = [
            line
            for line in lines_of(duty)
            if line.standing.code in NOT_MET
            and not line.is_served
            and set(line.named) - before.get((duty.pk, line.item.thing_id), frozenset())
        ]
        for line in lines:
            Endorsement.objects.create(
                duty=duty, item_id=line.item.thing_id, version=line.item, code=Endorsed.QUERY.value,
            since_served=line.beside.value,
                made_at=at, reason=NAMED_SINCE.format(delivery=delivery),
            )  # fmt: skip
            audit.record("item.endorsed", duty, by=None, at=at, item=line.item.pk,
                         code=Endorsed.QUERY.value, before=line.standing.code or "")  # fmt: skip
        if lines:
            move_by_items(duty, by=None, at=at)
        number += len(lines)
    return number


def _goes_on(duty: DisclosureDuty) -> bool:
    return duty.stands in SERVED_OR_LATER - {DutyState.CLOSED}
