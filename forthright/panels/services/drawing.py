"""Draws a meeting's letters again for whoever asks, and hands out the list they came from."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels.models import Meeting
from forthright.panels.selectors.drawn_again import DrawnAgain, drawn_again
from forthright.panels.services.meeting import PanelRefused
from forthright.rules.frame import FrameRow
from forthright.samples.selectors.frames import rows_kept


@transaction.atomic
def check_drawing(meeting: Meeting, *, by: User | None, at: datetime) -> DrawnAgain:
    """Draw a meeting's letters again and record whether they came out the same.

    :raises PanelRefused: if none are drawn yet
    """
    _check_is_drawn(meeting)
    found = drawn_again(meeting)
    audit.record("panel.verified", meeting, by=by, at=at, is_same=found.is_same)
    return found


@transaction.atomic
def hand_out_list(meeting: Meeting, *, by: User, at: datetime, form: str) -> list[FrameRow]:
    """Record that the list of a meeting was handed out as a file, and return its rows.

    :raises PanelRefused: if none are drawn yet, or the list is not what the record says was drawn
    """
    _check_is_drawn(meeting)
    found = drawn_again(meeting)
    if not found.is_same:
        raise PanelRefused(
            f"The list of this meeting is not handed out. {' '.join(found.differences)}"
        )
    rows = rows_kept(meeting.rows)
    audit.record("panel.list_exported", meeting, by=by, at=at, form=form, rows=len(rows))
    return rows


def _check_is_drawn(meeting: Meeting) -> None:
    if meeting.drawn_at is None:
        raise PanelRefused("No letters are drawn for this meeting yet. Draw them first.")
