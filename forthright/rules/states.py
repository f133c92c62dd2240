"""The only moves a letter or a review may make, and what a table of such moves is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from forthright.rules.words import list_words


class MoveNotAllowed(ValueError):
    """The thing is not in a state that this can happen in."""


class LetterState(StrEnum):
    OPEN = "OPEN"
    DRAFTED = "DRAFTED"
    RETURNED = "RETURNED"
    APPROVED = "APPROVED"
    SENT = "SENT"
    REACHED = "REACHED"
    NOT_REACHED = "NOT_REACHED"
    NOT_REQUIRED = "NOT_REQUIRED"


class LetterEvent(StrEnum):
    DRAFT = "DRAFT"
    RETURN = "RETURN"
    APPROVE = "APPROVE"
    SEND = "SEND"
    REACH = "REACH"
    FAIL_TO_REACH = "FAIL_TO_REACH"
    NOT_REQUIRE = "NOT_REQUIRE"
    REOPEN = "REOPEN"


class ReviewState(StrEnum):
    TO_MARK = "TO_MARK"
    MARKING = "MARKING"
    MARKED = "MARKED"
    TOLD = "TOLD"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    DISPUTED = "DISPUTED"
    DECIDED = "DECIDED"
    REPLACED = "REPLACED"


class ReviewEvent(StrEnum):
    BEGIN = "BEGIN"
    LOCK = "LOCK"
    TELL = "TELL"
    ACKNOWLEDGE = "ACKNOWLEDGE"
    DISPUTE = "DISPUTE"
    DECIDE = "DECIDE"
    REPLACE = "REPLACE"


# Each machine has its own states and events: letters and reviews here, recordings and disclosure
# in files of their own.
State = StrEnum
Event = StrEnum


@dataclass(frozen=True, slots=True)
class Machine:
    """One table of moves, with the words for its states and events."""

    thing: str
    moves: Mapping[tuple[State, Event], State]
    state_words: Mapping[State, str]
    event_words: Mapping[Event, str]
    # The states in which an act is plainly behind it, so that a refusal says "already".
    done_in: Mapping[Event, Collection[State]]
    # What to say of what comes next, where the list of events alone would mislead.
    next_words: Mapping[State, str] = field(default_factory=dict)


LETTER = Machine(
    thing="letter",
    moves={
        (LetterState.OPEN, LetterEvent.DRAFT): LetterState.DRAFTED,
        (LetterState.OPEN, LetterEvent.NOT_REQUIRE): LetterState.NOT_REQUIRED,
        (LetterState.RETURNED, LetterEvent.DRAFT): LetterState.DRAFTED,
        (LetterState.RETURNED, LetterEvent.NOT_REQUIRE): LetterState.NOT_REQUIRED,
        (LetterState.DRAFTED, LetterEvent.RETURN): LetterState.RETURNED,
        (LetterState.DRAFTED, LetterEvent.APPROVE): LetterState.APPROVED,
        (LetterState.DRAFTED, LetterEvent.NOT_REQUIRE): LetterState.NOT_REQUIRED,
        (LetterState.APPROVED, LetterEvent.RETURN): LetterState.RETURNED,
        (LetterState.APPROVED, LetterEvent.SEND): LetterState.SENT,
        (LetterState.APPROVED, LetterEvent.NOT_REQUIRE): LetterState.NOT_REQUIRED,
        (LetterState.SENT, LetterEvent.REACH): LetterState.REACHED,
        (LetterState.SENT, LetterEvent.FAIL_TO_REACH): LetterState.NOT_REACHED,
        (LetterState.NOT_REACHED, LetterEvent.REACH): LetterState.REACHED,
        (LetterState.NOT_REACHED, LetterEvent.SEND): LetterState.SENT,
        (LetterState.NOT_REQUIRED, LetterEvent.REOPEN): LetterState.OPEN,
    },
    state_words={
        LetterState.OPEN: "not started",
        LetterState.DRAFTED: "drafted",
        LetterState.RETURNED: "returned to the drafter",
        LetterState.APPROVED: "approved",
        LetterState.SENT: "sent",
        LetterState.REACHED: "known to have reached the person",
        LetterState.NOT_REACHED: "sent but not delivered",
        LetterState.NOT_REQUIRED: "not required",
    },
    event_words={
        LetterEvent.DRAFT: "drafted",
        LetterEvent.RETURN: "returned",
        LetterEvent.APPROVE: "approved",
        LetterEvent.SEND: "sent",
        LetterEvent.REACH: "recorded as having reached the person",
        LetterEvent.FAIL_TO_REACH: "recorded as not delivered",
        LetterEvent.NOT_REQUIRE: "recorded as not required",
        LetterEvent.REOPEN: "opened again",
    },
    done_in={
        LetterEvent.DRAFT: frozenset(
            {LetterState.DRAFTED, LetterState.APPROVED, LetterState.SENT, LetterState.REACHED}
        ),
        LetterEvent.RETURN: frozenset({LetterState.RETURNED}),
        LetterEvent.APPROVE: frozenset(
            {LetterState.APPROVED, LetterState.SENT, LetterState.REACHED}
        ),
        LetterEvent.SEND: frozenset({LetterState.SENT, LetterState.REACHED}),
        LetterEvent.REACH: frozenset({LetterState.REACHED}),
        LetterEvent.FAIL_TO_REACH: frozenset({LetterState.NOT_REACHED}),
        LetterEvent.NOT_REQUIRE: frozenset({LetterState.NOT_REQUIRED}),
    },
)

TOLD_OR_LATER = frozenset(
    {ReviewState.TOLD, ReviewState.ACKNOWLEDGED, ReviewState.DISPUTED, ReviewState.DECIDED}
)

REVIEW = Machine(
    thing="review",
    moves={
        (ReviewState.TO_MARK, ReviewEvent.BEGIN): ReviewState.MARKING,
        (ReviewState.TO_MARK, ReviewEvent.REPLACE): ReviewState.REPLACED,
        (ReviewState.MARKING, ReviewEvent.REPLACE): ReviewState.REPLACED,
        (ReviewState.MARKING, ReviewEvent.LOCK): ReviewState.MARKED,
        (ReviewState.MARKED, ReviewEvent.TELL): ReviewState.TOLD,
        (ReviewState.TOLD, ReviewEvent.ACKNOWLEDGE): ReviewState.ACKNOWLEDGED,
        (ReviewState.TOLD, ReviewEvent.DISPUTE): ReviewState.DISPUTED,
        (ReviewState.DISPUTED, ReviewEvent.DISPUTE): ReviewState.DISPUTED,
        (ReviewState.DISPUTED, ReviewEvent.DECIDE): ReviewState.DECIDED,
        (ReviewState.DECIDED, ReviewEvent.DISPUTE): ReviewState.DISPUTED,
    },
    state_words={
        ReviewState.TO_MARK: "waiting to be marked",
        ReviewState.MARKING: "being marked",
        ReviewState.MARKED: "marked, the drafter not yet told",
        ReviewState.TOLD: "told to the drafter",
        ReviewState.ACKNOWLEDGED: "acknowledged by the drafter",
        ReviewState.DISPUTED: "disputed by the drafter",
        ReviewState.DECIDED: "disputed and decided",
        ReviewState.REPLACED: "replaced by another letter",
    },
    event_words={
        ReviewEvent.BEGIN: "begun",
        ReviewEvent.LOCK: "locked",
        ReviewEvent.TELL: "told to the drafter",
        ReviewEvent.ACKNOWLEDGE: "acknowledged",
        ReviewEvent.DISPUTE: "disputed",
        ReviewEvent.DECIDE: "decided",
        ReviewEvent.REPLACE: "replaced",
    },
    done_in={
        ReviewEvent.BEGIN: TOLD_OR_LATER | {ReviewState.MARKING, ReviewState.MARKED},
        ReviewEvent.LOCK: TOLD_OR_LATER | {ReviewState.MARKED},
        ReviewEvent.TELL: TOLD_OR_LATER,
        ReviewEvent.ACKNOWLEDGE: frozenset({ReviewState.ACKNOWLEDGED}),
        ReviewEvent.DECIDE: frozenset({ReviewState.DECIDED}),
        ReviewEvent.REPLACE: frozenset({ReviewState.REPLACED}),
    },
    # A mark is disputed once, so that what may still be disputed is another mark.
    next_words={
        ReviewState.DISPUTED: "Somebody else decides the dispute. "
        "Until the time to dispute is over, another mark can be disputed too.",
        ReviewState.DECIDED: "Until the time to dispute is over, another mark can be disputed.",
    },
)

# A mark is finished only when the drafter has been told.
FINISHED_REVIEWS = TOLD_OR_LATER


def move(machine: Machine, state: State, event: Event) -> State:
    """Return the state that follows an event.

    :raises MoveNotAllowed: if the event cannot happen in this state
    """
    try:
        return machine.moves[(state, event)]
    except KeyError:
        raise MoveNotAllowed(_refusal(machine, state, event)) from None


def move_letter(state: LetterState, event: LetterEvent) -> LetterState:
    """Return the letter's state after an event.

    :raises MoveNotAllowed: if the event cannot happen in this state
    """
    return LetterState(move(LETTER, state, event))


def move_review(state: ReviewState, event: ReviewEvent) -> ReviewState:
    """Return the review's state after an event.

    :raises MoveNotAllowed: if the event cannot happen in this state
    """
    return ReviewState(move(REVIEW, state, event))


def events_from(machine: Machine, state: State) -> tuple[Event, ...]:
    """Return what may happen next in a state."""
    return tuple(event for (before, event) in machine.moves if before == state)


def _refusal(machine: Machine, state: State, event: Event) -> str:
    said = machine.next_words.get(state)
    nexts = [machine.event_words[each] for each in events_from(machine, state)]
    mend = said or (
        f"From here it can be {list_words(nexts, joined_by='or')}."
        if nexts
        else "Nothing more can be done with it."
    )
    done = machine.event_words[event]
    if state in machine.done_in.get(event, frozenset()):
        return f"This {machine.thing} has been {done} already. {mend}"
    return f"This {machine.thing} is {machine.state_words[state]}, so it cannot be {done}. {mend}"
