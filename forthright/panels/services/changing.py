"""Moves a meeting that is planned to another time or place, or calls it off."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels.models import Meeting
from forthright.panels.services.meeting import (
    PanelRefused,
    check_place,
    check_when,
    locked_meeting,
)
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

CHANGEABLE = (Meeting.State.PLANNED, Meeting.State.DRAWN, Meeting.State.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """When and where a meeting is now, and until when its pack stays open."""

    starts_at: datetime
    place: str
    pack_until: date


def stamp_of_plan(meeting: Meeting) -> str:
    """Return what is another once somebody changed when or where a meeting is."""
    said = f"{meeting.starts_at.isoformat()} {meeting.place} {meeting.pack_until} {meeting.state}"
    return hashlib.sha256(said.encode()).hexdigest()[:16]


@transaction.atomic
def move_meeting(
    meeting: Meeting, moved: Moved, *, opened: str | None = None, by: User, at: datetime
) -> Meeting:
    """Move a meeting to another time or place; its letters and what is asked of them stay.

    ``opened`` is the stamp that the page was filled from.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if its marks are closed, it is called off, the days do not fit together,
        or the place names somebody of a case
    :raises ChangedMeanwhile: if somebody else changed it meanwhile
    """
    meeting = locked_meeting(meeting, by)
    check_is_to_come(meeting)
    check_unchanged(opened, stamp_of_plan(meeting), by_whom(meeting, "panel.moved"))
    check_when(moved.starts_at, moved.pack_until, at)
    check_place(moved.place, meeting)
    before = meeting.starts_at
    meeting.starts_at, meeting.place = moved.starts_at, moved.place
    meeting.pack_until, meeting.changed_at = moved.pack_until, at
    meeting.changes += 1
    meeting.save(update_fields=["starts_at", "place", "pack_until", "changed_at", "changes"])
    audit.record("panel.moved", meeting, by=by, at=at, starts_at=moved.starts_at, before=before,
                 pack_until=moved.pack_until)  # fmt: skip
    return meeting


@transaction.atomic
def cancel_meeting(meeting: Meeting, reason: str, *, by: User, at: datetime) -> Meeting:
    """Call a meeting off: its pack opens to nobody, and letters that nobody read can be drawn anew.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if its marks are closed, it is called off, or the reason says nothing
    """
    meeting = locked_meeting(meeting, by)
    check_is_to_come(meeting)
    if not (said := reason_in(reason, least=LEAST_WEIGHED)):
        raise PanelRefused("Write why the meeting is called off; it stands on its page.")
    meeting.state, meeting.cancelled_at = Meeting.State.CANCELLED, at
    meeting.cancelled_because = said[:300]
    meeting.save(update_fields=["state", "cancelled_at", "cancelled_because"])
    audit.record("panel.cancelled", meeting, by=by, at=at, was_open=meeting.opened_at is not None)
    return meeting


def check_is_to_come(meeting: Meeting) -> None:
    """Refuse to change a meeting that is over or called off.

    :raises PanelRefused: with the reason
    """
    if meeting.state not in CHANGEABLE:
        was = "called off" if meeting.state == Meeting.State.CANCELLED else "over"
        raise PanelRefused(f"This meeting is {was}, so nothing of it changes. Plan another.")
