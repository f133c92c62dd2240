"""An invitation that any calendar reads (iCalendar, RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

LONGEST_LINE = 75


@dataclass(frozen=True, slots=True)
class Invitation:
    """What stands in the calendar."""

    uid: str
    title: str
    place: str
    about: str
    starts_at: datetime
    minutes: int
    written_at: datetime
    # How often it was changed; a calendar takes the one that was changed most often.
    changes: int = 0
    is_cancelled: bool = False


def ics_of(invitation: Invitation) -> bytes:
    """Return the invitation as a calendar file."""
    ends_at = invitation.starts_at + timedelta(minutes=invitation.minutes)
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Forthright//Panel//EN", "METHOD:PUBLISH",
        "BEGIN:VEVENT", f"UID:{invitation.uid}", f"DTSTAMP:{_moment(invitation.written_at)}",
        f"SEQUENCE:{invitation.changes}",
        f"STATUS:{'CANCELLED' if invitation.is_cancelled else 'CONFIRMED'}",
        f"DTSTART:{_moment(invitation.starts_at)}", f"DTEND:{_moment(ends_at)}",
        f"SUMMARY:{_escaped(invitation.title)}", f"LOCATION:{_escaped(invitation.place)}",
        f"DESCRIPTION:{_escaped(invitation.about)}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line broken where it is longer than a calendar need read, never within a letter."""
    parts, part = [], ""
    for character in line:
        if len((part + character).encode()) >= LONGEST_LINE:
            parts.append(part)
            part = " "
        part += character
    return "\r\n".join([*parts, part])
