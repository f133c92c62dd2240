"""What the list of meetings says of each: the letters that were read, and who answered."""

from collections.abc import Iterable

from forthright.panels.models import Meeting
from forthright.panels.selectors.meetings import OVER, readings_that_count


def read_at(meetings: Iterable[Meeting]) -> dict[int, tuple[int, int]]:
    """Return of each meeting whose marks are closed how many letters were read and by how many."""
    over = [each for each in meetings if each.state in OVER]
    letters: dict[int, set[int]] = {each.pk: set() for each in over}
    seats: dict[int, set[int]] = {each.pk: set() for each in over}
    rows = readings_that_count(over).values_list("seat__meeting", "letter", "seat")
    for meeting, letter, seat in rows:
        letters[meeting].add(letter)
        seats[meeting].add(seat)
    return {pk: (len(letters[pk]), len(seats[pk])) for pk in letters}
