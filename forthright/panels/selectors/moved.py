"""Which members have not read yet that their meeting was moved."""

from datetime import date

from django.db.models import F, Q

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.panels.models import Meeting, Seat
from forthright.panels.selectors.meetings import seats_of
from forthright.web import clock


def moved_unread(user: User, day: date) -> list[Seat]:
    """Return a member's seats at meetings to come that were moved since they opened their page.

    Whoever was invited after that was told the new day and place with the invitation.
    """
    seats = seats_of(user).filter(
        meeting__state__in=(Meeting.State.OPEN, Meeting.State.CLOSED),
        meeting__starts_at__gte=clock.start_of(day),
        meeting__changed_at__gte=F("meeting__opened_at"),
    )
    return [each for each in seats if not _knows(each)]


def _knows(seat: Seat) -> bool:
    opened = Q(
        name="pack.seen", subject_kind=seat._meta.label, subject_id=str(seat.pk), by=seat.member_id
    )
    invited = Q(
        name="panel.seats_added", subject_kind=Meeting._meta.label,
        subject_id=str(seat.meeting_id),
    )  # fmt: skip
    since = Event.objects.filter(opened | invited, at__gt=seat.meeting.changed_at)
    return any(
        each.name == "pack.seen" or seat.member_id in each.detail["members"] for each in since
    )
