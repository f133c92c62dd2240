"""Ends a member's seat at a meeting: from a day on nothing of it opens for them."""

from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.audit import services as audit
from forthright.panels.models import Meeting, Seat
from forthright.panels.selectors.being_read import is_being_read
from forthright.panels.services.meeting import PanelRefused, held_seat
from forthright.rules.words import day_words
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.web import clock
from forthright.web.meanwhile import by_whom


def seats_end_at(meeting: Meeting, day: date) -> bool:
    """Say whether a meeting still has something on a day that its members can open."""
    return meeting.state == Meeting.State.CLOSED or is_being_read(meeting, day)


@transaction.atomic
def end_seat(seat: Seat, reason: str, on: date, *, by: User, at: datetime) -> Seat:
    """End a member's seat from a day on; what they handed in before stays and is counted.

    What they answered and have not handed in by then is not counted. An ending that is kept for a
    day to come can only be brought forward.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: if nothing of the meeting opens any more, the seat ends by then already,
        the day is over or after the last on which anything opens, or the reason says nothing
    """
    seat = held_seat(seat)
    check_can_end(seat, by=by, at=at)
    if not (said := reason_in(reason, least=LEAST_WEIGHED)):
        raise PanelRefused("Say why the seat is ended; it stands on the page of the meeting.")
    _check_day(seat, on, at)
    seat.ends_on, seat.ended_at, seat.ended_by = on, at, by
    seat.ends_because = said[:300]
    seat.save(update_fields=["ends_on", "ended_at", "ended_by", "ends_because"])
    audit.record("panel.seat_ended", seat, by=by, at=at, area=seat.meeting.area, ends_on=on,
                 was_handed_in=seat.handed_in_at is not None)  # fmt: skip
    return seat


def check_can_end(seat: Seat, *, by: User, at: datetime) -> None:
    """Refuse to end a seat of another's panel, of a meeting that is over, or that has ended.

    :raises NotAllowed: if this person does not keep this panel
    :raises PanelRefused: with the reason
    """
    check_has_permission(by, Permission.PANEL_KEEP)
    meeting = seat.meeting
    if by.area_id != meeting.area_id:
        raise NotAllowed("This is the panel of another Area.")
    if not seats_end_at(meeting, clock.day_of(at)):
        was = "was called off" if meeting.state == Meeting.State.CANCELLED else "is over"
        raise PanelRefused(f"This meeting {was}, so no seat at it is ended any more.")
    if seat.ends_on is not None and seat.has_ended(clock.day_of(at)):
        raise PanelRefused(
            f"The seat of {seat.member} ended on {day_words(seat.ends_on)}. It was ended"
            f"{by_whom(seat, 'panel.seat_ended')()}."
        )


@transaction.atomic
def see_seat(seat: Seat, *, by: User, at: datetime) -> None:
    """Record that somebody looked at how far a member has come."""
    audit.record("panel.seat_seen", seat, by=by, at=at, area=seat.meeting.area)


def _check_day(seat: Seat, on: date, at: datetime) -> None:
    today = clock.day_of(at)
    if on < today:
        raise PanelRefused(
            "The seat would end on a day that is over, and what the member read stays read. Choose "
            "today or a day to come."
        )
    if seat.ends_on is not None and on >= seat.ends_on:
        raise PanelRefused(
            f"The seat of {seat.member} was ended{by_whom(seat, 'panel.seat_ended')()}: it ends on "
            f"{day_words(seat.ends_on)}. It can only be brought forward, to an earlier day."
        )
    last = max(seat.meeting.pack_until, today)
    if on > last:
        raise PanelRefused(
            f"The pack closes for everybody after {day_words(last)}. Choose a day until then."
        )
