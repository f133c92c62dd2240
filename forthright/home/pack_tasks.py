"""The lines of the overview for a member of the panel: what they read, hand in and give back."""

from datetime import date

from django.urls import reverse

from forthright.accounts.models import User
from forthright.home.task import Task
from forthright.panels.models import Meeting, Seat
from forthright.panels.selectors import meetings
from forthright.panels.selectors.asked import that_say_something
from forthright.panels.selectors.copies import copies_to_give_back
from forthright.panels.selectors.moved import moved_unread
from forthright.panels.selectors.named import place_shown
from forthright.panels.selectors.on_paper import asked_after_handing_in
from forthright.rules.words import day_words, list_words, moment_words
from forthright.web import clock


def reading_tasks(user: User, today: date) -> list[Task]:
    """Return what a member gives back, reads and hands in, and the meetings moved or called off."""
    called_off = meetings.seats_of(user).filter(
        meeting__state=Meeting.State.CANCELLED, meeting__starts_at__gte=clock.start_of(today)
    )
    return [
        *_to_give_back(user),
        *(
            Task(
                words="The panel of "
                f"{day_words(clock.day_of(each.meeting.starts_at))} was called off",
                address=reverse("panels:pack", args=[each.pk]),
                hint="Take it out of your calendar; its letters are read by nobody.",
            )
            for each in called_off
        ),
        *_moved(user, today),
        *_to_read(user, today),
        *_to_hand_in(user, today),
    ]


def _to_give_back(user: User) -> list[Task]:
    """Return the withdrawn letters of which a member may have a copy still."""
    return [
        Task(
            words=f"Please give back your copy of {_letters(positions)} of the panel of "
            f"{day_words(clock.day_of(seat.meeting.starts_at))}",
            address=reverse("panels:pack", args=[seat.pk]),
            hint="It was withdrawn. Delete each file that holds it, show it to nobody, and bring "
            "what is printed of it back to whoever invited you.",
        )
        for seat, positions in copies_to_give_back(meetings.seats_of(user))
    ]


def _letters(positions: list[int]) -> str:
    words = "letter" if len(positions) == 1 else "letters"
    return f"{words} {list_words([str(each) for each in positions])}"


def _moved(user: User, today: date) -> list[Task]:
    """Return the meetings that were moved, until the member opened the page that says so."""
    return [
        Task(
            words="The day, time or place of the panel of "
            f"{day_words(clock.day_of(each.meeting.starts_at))} was changed",
            address=reverse("panels:pack", args=[each.pk]),
            hint=f"It begins {moment_words(each.meeting.starts_at)}: {place_shown(each.meeting)}. "
            "Put it in your calendar again.",
        )
        for each in moved_unread(user, today)
    ]


def _to_read(user: User, today: date) -> list[Task]:
    seats = meetings.seats_of(user).filter(
        meeting__state=Meeting.State.OPEN, meeting__pack_until__gte=today
    )
    return [
        Task(
            words=f"{what} for the panel of {day_words(clock.day_of(each.meeting.starts_at))}",
            address=reverse("panels:pack", args=[each.pk]),
            hint=f"Please read {them} by {day_words(each.meeting.pack_until)}.",
        )
        for each in seats
        for what, them in _asked_of(each)
    ]


def _to_hand_in(user: User, today: date) -> list[Task]:
    """Return the packs whose letters are closed and whose answers a member can hand in still."""
    seats = meetings.seats_of(user).filter(
        meeting__state=Meeting.State.OPEN, meeting__pack_until__lt=today,
        handed_in_at=None, typed_by=None, declared_at__isnull=False,
    )  # fmt: skip
    return [
        Task(
            words="Your answers for the panel of "
            f"{day_words(clock.day_of(each.meeting.starts_at))} are not handed in",
            address=reverse("panels:pack", args=[each.pk]),
            hint="They are not counted until you hand them in.",
        )
        for each in seats
        if not each.has_ended(today) and that_say_something(each.readings.all()).exists()
    ]


def _asked_of(seat: Seat) -> list[tuple[str, str]]:
    """Say what a member has to read and how it is called after, at most one line."""
    if seat.handed_in_at is None:
        return [("Letters to read", "them")]
    anew = asked_after_handing_in(seat)
    return [(f"Letter {each.position} to read after you handed in", "it") for each in anew[:1]]
