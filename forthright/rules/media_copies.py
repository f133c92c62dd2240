"""Each copy of a recording that came, and whether it plays, as it was recorded by a moment.

A recording that is asked for again begins anew, and what was found of the copy before stands for it
no longer; that such a copy came, and did not play, stays so all the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from forthright.rules.media_history import BEGINS_ANEW, Turn, before
from forthright.rules.media_states import MediaEvent
from forthright.rules.words import day_of

CAME = (MediaEvent.RECEIVE_PHYSICAL, MediaEvent.RECEIVE_LINK, MediaEvent.VERIFY)
NEVER_CAME = (MediaEvent.NOT_THERE, MediaEvent.NOT_THERE_AS_ASKED)
# What is known by each step of whether a copy plays; None: it is to be tried anew.
PLAYS = {
    MediaEvent.PLAY: True,
    MediaEvent.MAKE_DERIVATIVE: True,
    MediaEvent.FAIL_TO_PLAY: False,
    MediaEvent.VERIFY: None,
    MediaEvent.UNTRIED_THERE: None,
    MediaEvent.HERE_AS_A_FILE: None,
}
# After these nothing is here; what comes next is another copy.
ENDS = frozenset({*BEGINS_ANEW, *NEVER_CAME})
# All that is asked of a recording for this.
TRYING = frozenset({*CAME, *PLAYS, *ENDS})


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy of a recording: when it came, and whether it plays; None where nobody has tried."""

    received_on: date
    plays: bool | None = None


def copies_of(
    turns: Sequence[Turn], end: datetime, present_on: date | None = None
) -> tuple[Copy, ...]:  # fmt: skip
    """Return each copy that had come by a moment, the first first.

    :param turns: the steps of a recording in their order, with those that followed that moment
    :param present_on: when that came which is here now, as it stands; of a copy before it counts
        when that was recorded
    """
    gone: list[Copy] = []
    copy: Copy | None = None
    by_then = before(turns, end)
    for each in by_then:
        if copy is not None and each.event in BEGINS_ANEW:
            gone.append(copy)
        copy = _after(copy, each)
    if copy is None:
        return tuple(gone)
    is_here = not any(each.event in ENDS for each in turns[len(by_then) :])
    if is_here and present_on is not None:
        copy = replace(copy, received_on=present_on)
    return (*gone, copy)


def _after(copy: Copy | None, turn: Turn) -> Copy | None:
    """Return the copy that is here after a step; None where nothing is."""
    if turn.event in ENDS:
        return None
    if copy is None and turn.event in CAME:
        copy = Copy(day_of(turn.at))
    if copy is None or turn.event not in PLAYS:
        return copy
    return replace(copy, plays=PLAYS[turn.event])
