"""Who of a panel has not handed in, and whether by that something of theirs is not counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.panels.models import Meeting, Reading, Recognition, Seat
from forthright.panels.selectors.asked import that_say_something
from forthright.panels.selectors.meetings import letters_to_read
from forthright.rules.words import day_words, list_words


@dataclass(frozen=True, slots=True)
class NotHandedIn:
    """A member who can hand in still, and whether they have answered anything."""

    seat: Seat
    has_answered: bool


def lost_by(seat: Seat) -> str:
    """Say by what a pack opens to its member no more, or nothing where it does.

    It does neither to a closed account nor to whoever has another role, or is of another Area, by
    now.
    """
    member = seat.member
    if not member.is_active:
        return "their account is closed"
    if member.area_id != seat.meeting.area_id or not has_permission(member, Permission.PANEL_READ):
        return "they are no member of this panel any more"
    return ""


def unfinished_at(meeting: Meeting) -> list[Seat]:
    """Return who answered something, on the screen or on paper, and has not handed in.

    What they answered of a letter that they put aside is nothing to wait for. Whoever's booklet
    somebody began to type in has answered.
    """
    aside = Recognition.objects.filter(seat=OuterRef("seat"), letter=OuterRef("letter"))
    answered = that_say_something(Reading.objects.filter(~Exists(aside), seat=OuterRef("pk")))
    rows = meeting.seats.filter(Exists(answered) | Q(typed_by__isnull=False), handed_in_at=None)
    return list(rows.select_related("member").order_by("number"))


def not_handed_in(meeting: Meeting, day: date) -> list[NotHandedIn]:
    """Return whose marks an open meeting would be closed without, but for seats that ended.

    Whoever reads no more and answered nothing cannot hand in, and whoever put every letter aside
    has nothing to.
    """
    answered = {each.pk for each in unfinished_at(meeting)}
    rows = meeting.seats.filter(handed_in_at=None).select_related("member").order_by("number")
    return [
        NotHandedIn(each, each.pk in answered)
        for each in rows
        if not each.has_ended(day)
        and (each.pk in answered or (not lost_by(each) and _has_letters(each)))
    ]


def _has_letters(seat: Seat) -> bool:
    return any(not is_gone for _, _, is_gone in letters_to_read(seat))


def left_words(left: Sequence[NotHandedIn], meeting: Meeting, today: date) -> str:
    """Say who has not handed in and until when they have, before the marks are closed without."""
    lost = [each for each in left if each.seat.typed_by_id is None and lost_by(each.seat)]
    left = [each for each in left if each not in lost]
    begun = [str(each.seat.member) for each in left if each.has_answered]
    not_begun = [str(each.seat.member) for each in left if not each.has_answered]
    until = day_words(meeting.pack_until) if today <= meeting.pack_until else ""
    said = [
        f"{each.seat.member} answered and can hand in no more, as {lost_by(each.seat)}, so what "
        "they answered would not be counted."
        for each in lost
    ]
    if begun:
        said.append(
            f"{list_words(begun)} answered and {_has(begun)} not handed in, so what they answered "
            "would not be counted."
        )
    if not_begun:
        still = f" and {_has(not_begun)} until {until}" if until else ""
        said.append(f"{list_words(not_begun)} {_has(not_begun)} answered nothing yet{still}.")
    if not left:
        said.append("Tick of each that the marks are closed without theirs.")
        return " ".join(said)
    ask = f"Ask {list_words(begun + not_begun)}" if lost else "Ask them"
    said.append(
        f"{ask} to hand in, which whoever answered all can do still, or tick of each that the "
        "marks are closed without theirs."
    )
    if until and not lost:
        said.append(f"They can read the letters on until {until}, and answer nothing more.")
    return " ".join(said)


def _has(people: Sequence[str]) -> str:
    return "has" if len(people) == 1 else "have"
