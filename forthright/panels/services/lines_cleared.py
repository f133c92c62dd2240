"""Asks the gate about the letters of a pack before it is printed."""

from collections.abc import Iterable
from datetime import datetime

from forthright.panels.selectors.meetings import PackLine
from forthright.panels.services.releasing import those_still_clear


def lines_still_clear(lines: Iterable[PackLine], *, at: datetime) -> list[PackLine]:
    """Return the letters of a pack that pass the gate this minute; withdraw those that do not."""
    kept = [(each, each.anonymised) for each in lines]
    clear = those_still_clear([taken for _, taken in kept if taken is not None], at=at)
    return [line for line, taken in kept if taken is not None and taken.pk in clear]
