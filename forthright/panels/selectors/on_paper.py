"""Which letters a member who reads on paper has before them."""

from forthright.panels.models import PackLetter, Reading, Seat
from forthright.panels.selectors.meetings import letters_to_read


def is_printed(seat: Seat, letter: PackLetter) -> bool:
    """Say whether a letter is in a booklet of this member, as far as it is known what is."""
    return seat.printed is None or letter.position in seat.printed


def letters_on_paper(seat: Seat) -> list[tuple[PackLetter, Reading | None]]:
    """Return the letters that a member can have answered for on paper, each with what they said."""
    return [
        (letter, said)
        for letter, said, is_gone in letters_to_read(seat)
        if not is_gone and is_printed(seat, letter)
    ]
