"""Which letters a member who reads on paper has before them, and who is asked after handing in."""

from datetime import datetime

from forthright.panels.models import Meeting, PackLetter, Reading, Release, Seat
from forthright.panels.selectors.asked import is_whole, questions_by_letter
from forthright.panels.selectors.meetings import letters_to_read
from forthright.web.meanwhile import newest_event


def is_printed(seat: Seat, letter: PackLetter) -> bool:
    """Say whether a letter is in a booklet of this member, as far as it is known what is.

    It is not where other words of it were released since their last booklet was printed.
    """
    if seat.printed is None:
        return True
    if letter.position not in seat.printed:
        return False
    printed = newest_event(seat, "pack.booklet_taken_out")
    return printed is None or not _is_otherwise_since(letter, printed.at)


def _is_otherwise_since(letter: PackLetter, at: datetime) -> bool:
    """Say whether the words of a letter that were released last are others than by a moment."""
    rows = Release.objects.filter(letter__duty=letter.duty_id).exclude(sha256="")
    released = list(rows.order_by("released_at", "pk").values_list("sha256", "released_at"))
    then = [words for words, released_at in released if released_at and released_at <= at]
    return bool(then) and then[-1] != released[-1][0]


def letters_on_paper(seat: Seat) -> list[tuple[PackLetter, Reading | None]]:
    """Return the letters that a member can have answered for on paper, each with what they said.

    Of who has handed in these are the letters that are asked of them since.
    """
    anew = {each.pk for each in asked_after_handing_in(seat)}
    return [
        (letter, said)
        for letter, said, is_gone in letters_to_read(seat)
        if not is_gone
        and is_printed(seat, letter)
        and (seat.handed_in_at is None or letter.pk in anew)
    ]


def asked_after_handing_in(seat: Seat) -> list[PackLetter]:
    """Return the letters that wait for an answer of a member who has handed in.

    Each was released again, in other words or after they had handed in, or given to them since.
    """
    if seat.handed_in_at is None or seat.meeting.state != Meeting.State.OPEN:
        return []
    lines = [(letter, said) for letter, said, is_gone in letters_to_read(seat) if not is_gone]
    asked = questions_by_letter(seat.meeting, [letter for letter, _ in lines])
    return [
        letter
        for letter, said in lines
        if not is_whole(asked[letter.pk], said)
        and (seat.typed_by_id is None or is_printed(seat, letter))
    ]
