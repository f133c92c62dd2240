"""Which letters of a draw were left out of the pack, by whom and why."""

from dataclasses import dataclass
from datetime import datetime

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.panels.models import Meeting, PackLetter

LEFT_OUT = "panel.letter_left_out"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A letter that was left out, with who did it, when and why.

    `had_part` says that whoever did it had a part in the letter, as nobody else could.
    """

    position: int
    because: str
    by: User | None
    at: datetime | None
    had_part: bool


def left_out(meeting: Meeting) -> list[LeftOut]:
    """Return the letters of a draw that are left out, in their order."""
    letters = list(meeting.letters.exclude(left_out_because="").order_by("position"))
    events = Event.objects.filter(
        name=LEFT_OUT, subject_kind=PackLetter._meta.label,
        subject_id__in=[str(each.pk) for each in letters],
    )  # fmt: skip
    last = {each.subject_id: each for each in events.select_related("by").order_by("sequence")}
    return [_told(each, last.get(str(each.pk))) for each in letters]


def _told(letter: PackLetter, event: Event | None) -> LeftOut:
    return LeftOut(
        position=letter.position,
        because=letter.left_out_because,
        by=event.by if event else None,
        at=event.at if event else None,
        had_part=bool(event and event.detail.get("had_part")),
    )
