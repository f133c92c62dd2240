"""Which packs members read: until their marks are closed, and from then to the end of the pack."""

from datetime import date

from django.db.models import Q

from forthright.panels.models import Meeting
from forthright.panels.selectors.meetings import OVER


def being_read(day: date, meeting: str = "") -> Q:
    """Return what the meetings have in common whose packs are read on a day.

    `meeting` is the field that leads to a meeting from what is asked for.
    """
    to = f"{meeting}__" if meeting else ""
    is_open = Q(**{f"{to}state": Meeting.State.OPEN})
    return is_open | Q(**{f"{to}state__in": OVER, f"{to}pack_until__gte": day})


def is_being_read(meeting: Meeting, day: date) -> bool:
    """Say the same of one meeting."""
    is_open = meeting.state == Meeting.State.OPEN
    return is_open or (meeting.state in OVER and day <= meeting.pack_until)
