"""Asks the gate about the letters of a pack, and who may judge them, before it is printed."""

from collections.abc import Iterable
from datetime import datetime

from forthright.panels.models import Seat
from forthright.panels.selectors.meetings import PackLine, not_given_to
from forthright.panels.services.conflicting import keep_back
from forthright.panels.services.releasing import those_still_clear


def lines_still_clear(seat: Seat, lines: Iterable[PackLine], *, at: datetime) -> list[PackLine]:
    """Return the letters of a member's pack that pass the gate this minute, and are theirs to read.

    Those that do not pass are withdrawn, and what the member should not judge by now is kept back.
    """
    kept = [(each, each.anonymised) for each in lines]
    clear = those_still_clear([taken for _, taken in kept if taken is not None], at=at)
    keep_back(seat.meeting, seat=seat, known=clear, at=at)
    aside = not_given_to(seat)
    return [
        line
        for line, taken in kept
        if taken is not None and taken.pk in clear and line.letter.pk not in aside
    ]
