"""Whether a pack opens to its member, and whether it takes their answers."""

from datetime import datetime

from forthright.accounts.policies import NotAllowed
from forthright.panels.models import Meeting, Seat
from forthright.panels.selectors.asked import that_say_something
from forthright.panels.selectors.being_read import is_being_read
from forthright.panels.selectors.meetings import OVER, check_seat_stands
from forthright.rules.words import day_words
from forthright.web import clock


def check_is_readable(seat: Seat, at: datetime) -> None:
    """Refuse a pack of a seat that ended, that ran out, is not open, or is not declared for.

    That the marks are closed takes nothing away: members talk about letters that they can read.

    :raises NotAllowed: with words for the member
    """
    check_seat_stands(seat, clock.day_of(at))
    _check_is_read(seat.meeting, at)
    _check_promised(seat)


def check_takes_answers(seat: Seat, at: datetime) -> None:
    """Refuse to hand in at a seat that ended or is not declared for, or once the marks are closed.

    The last day of a pack is that of its letters: what was answered by then is handed in until
    the marks are closed.

    :raises NotAllowed: with words for the member
    """
    check_seat_stands(seat, clock.day_of(at))
    _check_is_not_called_off(seat.meeting)
    _check_marks_are_open(seat.meeting, at)
    _check_promised(seat)


def check_is_answered(seat: Seat, at: datetime) -> None:
    """Refuse an answer about a letter that the member cannot read, or once the marks are closed.

    :raises NotAllowed: with words for the member
    """
    check_takes_answers(seat, at)
    check_is_readable(seat, at)


def check_may_promise(seat: Seat, at: datetime) -> None:
    """Refuse the promise by which no letter opens; who answered before makes it to hand in.

    :raises NotAllowed: with words for the member
    """
    check_seat_stands(seat, clock.day_of(at))
    answered = that_say_something(seat.readings.all())
    if seat.meeting.state != Meeting.State.OPEN or not answered.exists():
        _check_is_read(seat.meeting, at)


def _check_promised(seat: Seat) -> None:
    if seat.declared_at is None:
        raise NotAllowed("Read the promise first and agree to it. Then the letters open.")


def _check_is_not_called_off(meeting: Meeting) -> None:
    if meeting.state == Meeting.State.CANCELLED:
        raise NotAllowed("This meeting was called off, so its letters are read by nobody.")


def _check_is_read(meeting: Meeting, at: datetime) -> None:
    _check_is_not_called_off(meeting)
    day = clock.day_of(at)
    if not is_being_read(meeting, day) or day > meeting.pack_until:
        raise NotAllowed(
            f"These letters could be read until {day_words(meeting.pack_until)}. They are closed "
            "now. Thank you for reading them."
        )


def _check_marks_are_open(meeting: Meeting, at: datetime) -> None:
    if meeting.state in OVER and meeting.closed_at is not None:
        on = day_words(clock.day_of(meeting.closed_at))
        still = (
            f" You can read the letters until {day_words(meeting.pack_until)}."
            if clock.day_of(at) <= meeting.pack_until
            else ""
        )
        raise NotAllowed(
            f"The marks were closed on {on}, so nothing is answered or handed in any more.{still}"
        )
