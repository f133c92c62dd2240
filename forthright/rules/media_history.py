"""What was so of a recording, and who was known to represent somebody, by a moment of the past.

What was so at the end of a day is reckoned from what was recorded by then: what changes later
makes no hearing missed that was ready, and none ready that was missed.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from forthright.rules.media_facts import MAY_BE_SHARED, WAITED_FOR, Classification
from forthright.rules.media_states import MediaEvent, MediaState

# After these a recording is here; what was decided of it is no bar to its having come.
NOT_HERE = frozenset(
    {MediaState.WITHDRAWN, MediaState.EXPECTED, MediaState.REQUESTED, MediaState.QUARANTINED}
)
# With these a recording begins anew: what was decided of the copy before is not said of the next.
BEGINS_ANEW = frozenset({MediaEvent.REQUEST, MediaEvent.REINSTATE})


@dataclass(frozen=True, slots=True)
class Turn:
    """One step of a recording: when, what it was then, and what it was classified as by it."""

    at: datetime
    event: MediaEvent
    after: MediaState
    kind: Classification | None = None


def before(turns: Sequence[Turn], end: datetime) -> list[Turn]:
    """Return the steps that were recorded before a moment, in their order."""
    return [each for each in turns if each.at < end]


def state_of(turns: Sequence[Turn]) -> MediaState:
    """Return the state after some steps; before the first, a recording is expected."""
    return turns[-1].after if turns else MediaState.EXPECTED


def kind_of(turns: Sequence[Turn]) -> Classification:
    """Return what a recording is classified as after some steps.

    One that was asked for again or taken up again is not assessed: nobody knows what comes.
    """
    kind = Classification.NOT_ASSESSED
    for each in turns:
        if each.event in BEGINS_ANEW:
            kind = Classification.NOT_ASSESSED
        elif each.kind is not None:
            kind = each.kind
    return kind


def asked_again_at(turns: Sequence[Turn]) -> datetime | None:
    """Return when a recording was last asked for; what was shared before is of another copy."""
    return next((e.at for e in reversed(turns) if e.event is MediaEvent.REQUEST), None)


def may_be_shared_since(turns: Sequence[Turn]) -> datetime | None:
    """Return since when, without a break, it stands that a recording may go out, or None.

    One that was found sensitive or not relevant, or asked for again or taken up again, begins
    anew: what anybody had of it before was taken back.
    """
    since = None
    for each in turns:
        if each.event in BEGINS_ANEW:
            since = None
        elif each.kind is not None:
            since = (since or each.at) if each.kind in MAY_BE_SHARED else None
    return since


def for_nobody_since(turns: Sequence[Turn], since: datetime) -> bool:
    """Say whether a recording was found to be for nobody, from a moment on, whatever came then."""
    return any(
        each.event is MediaEvent.WITHDRAW or (each.kind is not None and each.kind.is_taken_back)
        for each in turns
        if each.at >= since
    )


def not_needed_since(turns: Sequence[Turn]) -> Turn | None:
    """Return the step since which, without a break, nobody waits for a recording any more.

    None where somebody waits for it, as for one that was asked for again or taken up again. One
    decision after another that it is not needed, such as unused and then not relevant, moves no
    day.
    """
    since = None
    for place, each in enumerate(turns):
        so_far = turns[: place + 1]
        is_needed = state_of(so_far) is not MediaState.WITHDRAWN and kind_of(so_far) in WAITED_FOR
        since = None if is_needed else since or each
    return since


class Recorded(Protocol):
    """Who represents a defendant from a day on, and when that was recorded.

    What was recorded by mistake has the moment of saying so. Of one defendant they follow each
    other by their number, each until the next begins.
    """

    @property
    def id(self) -> int: ...

    @property
    def starts_on(self) -> date: ...

    @property
    def recorded_at(self) -> datetime: ...

    @property
    def mistake_at(self) -> datetime | None: ...


Firm = TypeVar("Firm", bound=Recorded)


@dataclass(frozen=True, slots=True)
class Known(Generic[Firm]):
    """Who represents a defendant between two days, as it was known at a moment."""

    firm: Firm
    starts_on: date
    ends_on: date | None


def known_by(
    firms: Iterable[Firm], end: datetime, *, started: Callable[[Firm], date] | None = None
) -> "list[Known[Firm]]":
    """Return who was recorded by a moment; an end that was only recorded later is not known yet.

    What was said by then to be recorded by mistake was never there; before that it was, and whoever
    it had ended had ended.

    :param started: since when each had the case as it was recorded by then; none: as it is now
    """
    # An end is never read from a row: the row has what became of it since, as it was put right.
    by_then = sorted((each for each in firms if _stood(each, end)), key=lambda each: each.id)
    starts = [started(each) if started else each.starts_on for each in by_then]
    ends = [*starts[1:], None]
    return [Known(each, on, until) for each, on, until in zip(by_then, starts, ends, strict=False)]


def _stood(firm: Recorded, end: datetime) -> bool:
    """Say whether somebody was recorded by a moment, and not yet said to be so by mistake."""
    return firm.recorded_at < end and (firm.mistake_at is None or firm.mistake_at >= end)
