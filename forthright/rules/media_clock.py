"""Times inside a recording, as a player shows them and as people write them."""

import re
from math import ceil

# The fastest speed that the player offers, see _player.html.
FASTEST = 4
WRITTEN = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d{1,3})?)")


class NotATime(ValueError):
    """That is no time inside a recording; the message says how to write one."""


def clock_words(seconds: float) -> str:
    """Return a time inside a recording as its player shows it: "1:02:03.500"."""
    thousandths = round(seconds * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest // 1000:02}.{rest % 1000:03}"


def read_clock(text: str) -> float:
    """Return the seconds of a time that is written like 1:02:03.5, 2:03 or 12.

    :raises NotATime: if it is none
    """
    found = WRITTEN.fullmatch(text.strip())
    if found is None:
        raise NotATime("Write the time like 0:12:30 or 12:30")
    hours, minutes, seconds = found.groups()
    if (minutes and float(seconds) >= 60) or (hours and int(minutes) >= 60):
        raise NotATime("Minutes and seconds go up to 59, like 1:12:30")
    return (int(hours or 0) * 60 + int(minutes or 0)) * 60 + float(seconds)


def played_at_most(seconds: int, *, lasts: float | None, since: float) -> int:
    """Return how much of a recording can have been played, of the seconds that a browser says.

    No more than it lasts, where that is known, and no more than the time since it was opened
    leaves at the fastest speed of the player. Both count one second more, for rounding.

    :param lasts: how long the recording is, in seconds
    :param since: seconds since it was opened
    """
    most = since * FASTEST
    if lasts is not None:
        most = min(most, lasts)
    return max(min(seconds, ceil(most) + 1), 0)
