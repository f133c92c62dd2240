"""What of the panel is due, or was left lying: a meeting, its marks, its findings, its note."""

from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.accounts.models import User
from forthright.panels.models import Meeting, PanelFinding
from forthright.panels.selectors.meetings import OVER, meetings_of
from forthright.rules.panel_map import next_meeting_on
from forthright.web import clock

TO_COME = (Meeting.State.PLANNED, Meeting.State.DRAWN, Meeting.State.OPEN)


def next_due(user: User) -> date | None:
    """Return when the next meeting is due after the last that took place, if any did."""
    rows = Meeting.objects.filter(area=user.area_id)
    now = clock.now()
    # Where its marks are not closed yet, a meeting took place if its letters could be read for it.
    took_place = rows.filter(Q(state__in=OVER) | Q(state=Meeting.State.OPEN, starts_at__lte=now))
    last = took_place.order_by("-starts_at").first()
    return next_meeting_on(clock.day_of(last.starts_at)) if last else None


def meeting_to_come(user: User) -> Meeting | None:
    """Return the nearest meeting that is planned for a moment to come."""
    rows = Meeting.objects.filter(area=user.area_id, state__in=TO_COME, starts_at__gt=clock.now())
    return rows.order_by("starts_at").first()


def day_proposed(user: User) -> date | None:
    """Return the day that a new meeting is offered: two months after the last, planned ones too."""
    rows = Meeting.objects.filter(area=user.area_id).exclude(state=Meeting.State.CANCELLED)
    last = rows.order_by("-starts_at").first()
    day = next_meeting_on(clock.day_of(last.starts_at)) if last else None
    return day if day is None or day > clock.today() else None


def never_held(user: User, now: datetime) -> "QuerySet[Meeting]":
    """Return the meetings whose moment is over without their pack having been opened."""
    states = (Meeting.State.PLANNED, Meeting.State.DRAWN)
    return meetings_of(user).filter(state__in=states, starts_at__lt=now)


def run_out(user: User, today: date) -> "QuerySet[Meeting]":
    """Return the meetings whose pack nobody can read any more and whose marks are not closed."""
    return meetings_of(user).filter(state=Meeting.State.OPEN, pack_until__lt=today)


def without_note(user: User) -> "list[tuple[Meeting, bool]]":
    """Return the meetings without a published note, each with whether it has a finding."""
    found = Exists(PanelFinding.objects.filter(meeting=OuterRef("pk")))
    rows = meetings_of(user).filter(state=Meeting.State.CLOSED).annotate(is_found=found)
    return [(each, each.is_found) for each in rows]
