"""On which day a case ended for a defendant, told between rooms that stand beside each other.

Disclosure keeps when a duty ended with its case, and the register of recordings offers that day.
Neither room knows the other, so each answers here and asks here, as in `hearings`.
"""

from collections.abc import Callable, Collection
from datetime import date

AsksEnded = Callable[[Collection[int]], dict[int, date]]

_ended: dict[str, AsksEnded] = {}


def answer_ended(room: str, asked: AsksEnded) -> None:
    """Let a room say of some cases for which defendants they ended, and on which day."""
    _ended[room] = asked


def ended_in(cases: Collection[int]) -> dict[int, date]:
    """Return by defendant on which day a case ended for them, as other rooms keep it."""
    found: dict[int, date] = {}
    for asked in _ended.values():
        found |= asked(cases)
    return found
