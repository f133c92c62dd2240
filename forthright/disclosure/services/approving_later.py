"""Lets a second person look at what was decided after the first service."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import Approval, DisclosureDuty
from forthright.disclosure.selectors.standings import Line, lines_of, makers_of
from forthright.disclosure.services.moving import locked
from forthright.disclosure.services.serving import (
    check_all_is_read,
    check_as_shown,
    check_looked_again,
    keep_approval,
)


def waiting_among(lines: Collection[Line]) -> list[Line]:
    """Return the items that wait for a second person."""
    return [line for line in lines if line.standing.waits_for_second]


def check_may_approve(by: User | None, duty: DisclosureDuty, waiting: Collection[Line]) -> None:
    """Refuse whoever decided some of what waits for a second person, or where nothing waits.

    :raises NotAllowed: with the reason
    """
    things = [line.item.thing_id for line in waiting]
    policies.check_can_approve_later(by, duty, makers_of(duty, things) if things else None)


@transaction.atomic
def approve_later(
    duty: DisclosureDuty, *, looked_again: Collection[int] = (), released: Collection[int] = (),
    by: User | None, at: datetime, opened: str | None = None,
) -> Approval:  # fmt: skip
    """Approve what was decided since the last approval, as a second person; no state moves.

    :raises NotAllowed: if this person decided some of it, or nothing waits for approval
    :raises ServingRefused: if a presumed item that is withheld was not looked at again, or the
        words of one that was held back were not released; or the police handed something in that
        nobody has read
    :raises ChangedMeanwhile: if an item was endorsed otherwise since the page was opened
    """
    duty = locked(duty)
    lines = waiting_among(lines_of(duty))
    check_may_approve(by, duty, lines)
    check_all_is_read(duty)
    check_as_shown(duty, lines, opened, "Read the list below as it stands now, then approve it.")
    again = check_looked_again(lines, looked_again, released)
    approval = keep_approval(duty, by=by, at=at)
    audit.record("disclosure.approved_later", duty, by=by, at=at, items=len(lines),
                 looked_again=again.looked_again, released=again.released)  # fmt: skip
    return approval
