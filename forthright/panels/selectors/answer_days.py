"""Until which day members answer, where whoever keeps the panel planned one before its meeting."""

from datetime import date

from forthright.panels.models import Meeting
from forthright.rules.words import day_words


def last_to_answer(meeting: Meeting) -> date:
    """Return the last day on which a member can answer, unless the marks are closed before."""
    until = meeting.answers_until
    return meeting.pack_until if until is None else min(until, meeting.pack_until)


def is_late(meeting: Meeting, day: date) -> bool:
    """Say whether the planned day of the answers is over and the marks are not closed by hand."""
    until = meeting.answers_until
    return until is not None and day > until and meeting.state == Meeting.State.OPEN


def why_not_answered_until(until: date | None, meets_on: date) -> str:
    """Say why answers cannot be taken until a day; nothing where they can."""
    if until is None or until <= meets_on:
        return ""
    return (
        "Answers would be taken after the meeting, where they are talked about. Choose "
        f"{day_words(meets_on)} or a day before, or leave it empty."
    )


def late_words(meeting: Meeting) -> str:
    """Say that the planned day of the answers is over."""
    if meeting.answers_until is None:
        return ""
    return f"Answers were taken until {day_words(meeting.answers_until)}, and that day is over."
