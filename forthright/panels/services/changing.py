"""Moves a meeting that is planned to another time or place, or calls it off."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta

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
from forthright.rules.words import day_words
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.web import clock
from forthright.web.meanwhile import by_whom, check_unchanged

# This service's own: a pack is read for some weeks and talked of within a month, and the next
# meeting comes after two.
MOST_OPEN_IN_ALL_DAYS = 90
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

    One whose marks are closed can be moved too until it begins; they stay closed.

    A pack that had closed by its day opens again to who promises anew; what they said stays.

    ``opened`` is the stamp that the page was filled from.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if its marks are closed and it has begun, it is called off, the days do
        not fit together, its pack would be open for too long, or the place names somebody of a case
    :raises ChangedMeanwhile: if somebody else changed it meanwhile
    """
    meeting = locked_meeting(meeting, by)
    check_may_move(meeting, at)
    check_unchanged(opened, stamp_of_plan(meeting), by_whom(meeting, "panel.moved"))
    is_open = meeting.state == Meeting.State.OPEN
    check_when(moved.starts_at, moved.pack_until, at, met=meeting.starts_at if is_open else None)
    if moved.starts_at <= at and moved.pack_until < clock.day_of(at):
        raise PanelRefused(
            "The meeting has begun, so all that changes is until when its letters are read. Choose "
            "today or a day to come."
        )
    _check_open_in_all(meeting, moved.pack_until)
    check_place(moved.place, meeting)
    before = meeting.starts_at
    if is_open and meeting.pack_until < clock.day_of(at):
        _ask_promise_anew(meeting, by=by, at=at)
    meeting.starts_at, meeting.place = moved.starts_at, moved.place
    meeting.pack_until, meeting.changed_at = moved.pack_until, at
    meeting.changes += 1
    meeting.save(update_fields=["starts_at", "place", "pack_until", "changed_at", "changes"])
    audit.record("panel.moved", meeting, by=by, at=at, starts_at=moved.starts_at, before=before,
                 pack_until=moved.pack_until)  # fmt: skip
    return meeting


def _check_open_in_all(meeting: Meeting, pack_until: date) -> None:
    """Refuse a pack that would be open for months since it was opened, however often it is moved.

    :raises PanelRefused: with the last day, and what to do instead
    """
    if meeting.opened_at is None:
        return
    opened = clock.day_of(meeting.opened_at)
    last = opened + timedelta(days=MOST_OPEN_IN_ALL_DAYS)
    if pack_until > last:
        raise PanelRefused(
            f"This pack was opened on {day_words(opened)}, and nobody should hold its letters for "
            f"more than {MOST_OPEN_IN_ALL_DAYS} days. Let it close by {day_words(last)}, or call "
            "the meeting off and plan another."
        )


def _ask_promise_anew(meeting: Meeting, *, by: User, at: datetime) -> None:
    """Take back the promises that were made until a day that is over, but for those on paper."""
    seats = meeting.seats.filter(declared_at__isnull=False, typed_by=None)
    asked = list(seats.values_list("pk", flat=True))
    seats.update(declared_at=None)
    audit.record("panel.opened_again", meeting, by=by, at=at, seats=asked,
                 pack_ended=meeting.pack_until)  # fmt: skip


@transaction.atomic
def cancel_meeting(meeting: Meeting, reason: str, *, by: User, at: datetime) -> Meeting:
    """Call a meeting off: its pack opens to nobody, and letters that nobody read can be drawn anew.

    :raises NotAllowed: if this person does not keep the panel
    :raises PanelRefused: if its marks are closed, it is called off, or the reason says nothing
    """
    meeting = locked_meeting(meeting, by)
    check_may_cancel(meeting, at)
    if not (said := reason_in(reason, least=LEAST_WEIGHED)):
        raise PanelRefused("Write why the meeting is called off; it stands on its page.")
    meeting.state, meeting.cancelled_at = Meeting.State.CANCELLED, at
    meeting.cancelled_because = said[:300]
    meeting.save(update_fields=["state", "cancelled_at", "cancelled_because"])
    audit.record("panel.cancelled", meeting, by=by, at=at, was_open=meeting.opened_at is not None)
    return meeting


def check_may_move(meeting: Meeting, at: datetime) -> None:
    """Refuse to change when or where a meeting is that is over or called off.

    :raises PanelRefused: with the reason
    """
    if meeting.state not in CHANGEABLE and not is_closed_early(meeting, at):
        raise PanelRefused(_nothing_changes(meeting))


def check_may_cancel(meeting: Meeting, at: datetime) -> None:
    """Refuse to call off a meeting that is over, called off, or whose marks are closed.

    :raises PanelRefused: with the reason
    """
    if is_closed_early(meeting, at):
        raise PanelRefused(
            "The marks of this meeting are closed and count, so it is not called off. Move it to "
            "another time by “Change when or where”."
        )
    if meeting.state not in CHANGEABLE:
        raise PanelRefused(_nothing_changes(meeting))


def is_closed_early(meeting: Meeting, at: datetime) -> bool:
    """Say whether the marks of a meeting are closed and it has not begun."""
    return meeting.state == Meeting.State.CLOSED and meeting.starts_at > at


def _nothing_changes(meeting: Meeting) -> str:
    was = "called off" if meeting.state == Meeting.State.CANCELLED else "over"
    return f"This meeting is {was}, so nothing of it changes. Plan another."
