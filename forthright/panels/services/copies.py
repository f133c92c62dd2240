"""Keeps that a member's copy of a letter that was withdrawn came back."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels.models import BookletSaid, CopyBack, Meeting
from forthright.panels.selectors.copies import copies_out
from forthright.panels.services.meeting import PanelRefused, locked_meeting


@transaction.atomic
def copy_is_back(
    meeting: Meeting, release_id: int, seat_number: int, *, by: User, at: datetime
) -> CopyBack | BookletSaid:
    """Keep that a copy came back or was destroyed; said twice, or of its booklet, that stands.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if there is no such copy
    """
    meeting = locked_meeting(meeting, by)
    copies = copies_out(meeting)
    asked = (release_id, seat_number)
    copy = next((each for each in copies if (each.release.pk, each.seat.number) == asked), None)
    if copy is None:
        raise PanelRefused("There is no such copy to get back. Look at the page as it is now.")
    if copy.back is not None:
        return copy.back
    back = CopyBack.objects.create(release=copy.release, seat=copy.seat, said_at=at, said_by=by)
    audit.record("pack.copy_back", copy.seat, by=by, at=at, area=meeting.area,
                 letter=copy.letter.pk)  # fmt: skip
    return back
