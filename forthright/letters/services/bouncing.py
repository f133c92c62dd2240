"""Takes in what mail servers say of e-mails that did not arrive."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.letters.bounces import read_bounces
from forthright.letters.models import Dispatch
from forthright.letters.services.delivery import NEXT, note_event

S = Dispatch.State


@transaction.atomic
def take_bounces(content: bytes, *, by: User | None, at: datetime) -> list[Dispatch]:
    """Write down each failure a mailbox tells of; one known already is passed over.

    Return the dispatches that are now known to have failed. A person's file touches their own
    Area only.

    :raises MailboxRefused: if the file holds no messages
    """
    failed = []
    for bounce in read_bounces(content, at=at):
        rows = Dispatch.objects.filter(key=bounce.key)
        rows = rows.filter(area=by.area_id) if by is not None else rows
        dispatch = rows.first()
        if dispatch is None or S.FAILED not in NEXT[S(dispatch.state)]:
            continue
        detail = f"The mail server of the person says that it cannot be delivered: {bounce.status}."
        happened_at = max(bounce.happened_at, dispatch.asked_at)
        failed.append(
            note_event(dispatch, S.FAILED, happened_at=happened_at, by=by, at=at, detail=detail)
        )
    return failed
