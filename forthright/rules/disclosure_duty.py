"""How far the duty to disclose has come for one defendant, and what stands against serving."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from forthright.rules.endorsements import GIVEN, NOTHING_OWED, WAITING, Endorsed
from forthright.rules.states import Machine, move
from forthright.rules.words import count_words, list_words

MOST_NAMED = 10


class DutyState(StrEnum):
    TRIGGERED = "TRIGGERED"
    RECEIVED = "RECEIVED"
    RETURNED = "RETURNED"
    REVIEWING = "REVIEWING"
    ENDORSED = "ENDORSED"
    APPROVED = "APPROVED"
    SERVED = "SERVED"
    COURT_TOLD = "COURT_TOLD"
    STATEMENT = "STATEMENT"
    CONTINUING = "CONTINUING"
    CLOSED = "CLOSED"


class DutyEvent(StrEnum):
    RECEIVE = "RECEIVE"
    RETURN = "RETURN"
    ACCEPT = "ACCEPT"
    ENDORSE_LAST = "ENDORSE_LAST"
    OPEN_AGAIN = "OPEN_AGAIN"
    APPROVE = "APPROVE"
    SERVE = "SERVE"
    SERVE_THEN = "SERVE_THEN"
    TELL_COURT = "TELL_COURT"
    STATE = "STATE"
    STATE_NOTHING = "STATE_NOTHING"
    HAVE_LONGER = "HAVE_LONGER"
    ANSWER_LAST = "ANSWER_LAST"
    CLOSE = "CLOSE"
    END = "END"
    BEGIN_AGAIN = "BEGIN_AGAIN"
    GO_ON = "GO_ON"
    TAKE_BACK = "TAKE_BACK"
    TAKE_SERVICE_BACK = "TAKE_SERVICE_BACK"


S, E = DutyState, DutyEvent
# Once served, the clock of the defence runs and the duty goes on: what comes later moves no state.
# A duty whose case ended first is closed too, and was never served: the moment of service says so.
SERVED_OR_LATER = frozenset({S.SERVED, S.COURT_TOLD, S.STATEMENT, S.CONTINUING, S.CLOSED})
BEFORE_SERVING = tuple(state for state in S if state not in SERVED_OR_LATER)

DUTY = Machine(
    thing="duty",
    moves={
        **{(state, E.RECEIVE): S.RECEIVED for state in BEFORE_SERVING},
        # A case may end at any time, whatever still waits.
        **{(state, E.END): S.CLOSED for state in S if state is not S.CLOSED},
        (S.RECEIVED, E.RETURN): S.RETURNED,
        (S.RECEIVED, E.ACCEPT): S.REVIEWING,
        (S.REVIEWING, E.ENDORSE_LAST): S.ENDORSED,
        (S.ENDORSED, E.OPEN_AGAIN): S.REVIEWING,
        (S.APPROVED, E.OPEN_AGAIN): S.REVIEWING,
        (S.ENDORSED, E.APPROVE): S.APPROVED,
        (S.APPROVED, E.SERVE): S.SERVED,
        # It was served while it was approved, and something came or changed before anybody wrote
        # that down: what stood at that moment is what counts.
        **{(state, E.SERVE_THEN): S.SERVED for state in BEFORE_SERVING if state is not S.TRIGGERED},
        (S.SERVED, E.TELL_COURT): S.COURT_TOLD,
        (S.COURT_TOLD, E.STATE): S.STATEMENT,
        (S.COURT_TOLD, E.STATE_NOTHING): S.CONTINUING,
        # That none came was recorded, and the time of the defence became longer than that day.
        (S.CONTINUING, E.HAVE_LONGER): S.COURT_TOLD,
        (S.STATEMENT, E.ANSWER_LAST): S.CONTINUING,
        # Another may come while things that the first asks for wait for an answer.
        (S.STATEMENT, E.STATE): S.STATEMENT,
        (S.CONTINUING, E.STATE): S.STATEMENT,
        (S.CONTINUING, E.CLOSE): S.CLOSED,
        # A case may end before the time of the defence is over.
        (S.COURT_TOLD, E.CLOSE): S.CLOSED,
        # Opened again, it goes through what was done already, and stands where that leads.
        (S.CLOSED, E.BEGIN_AGAIN): S.TRIGGERED,
        (S.CLOSED, E.GO_ON): S.SERVED,
        # A notice or a statement that never was: it goes through what is left, as above.
        **{(state, E.TAKE_BACK): S.SERVED for state in (S.COURT_TOLD, S.STATEMENT, S.CONTINUING)},
        # A service that never was: what was approved still waits to be served.
        **{(state, E.TAKE_SERVICE_BACK): S.APPROVED for state in (S.SERVED, S.COURT_TOLD)},
    },
    state_words={
        S.TRIGGERED: "waiting for the schedules",
        S.RECEIVED: "waiting for the schedules to be looked through",
        S.RETURNED: "waiting for the police, who have a schedule back",
        S.REVIEWING: "being endorsed",
        S.ENDORSED: "endorsed and waiting to be approved",
        S.APPROVED: "approved and waiting to be served",
        S.SERVED: "served, the court not yet told",
        S.COURT_TOLD: "served, and waiting for the defence statement",
        S.STATEMENT: "waiting for answers to the defence statement",
        S.CONTINUING: "under continuing review",
        S.CLOSED: "closed",
    },
    event_words={
        E.RECEIVE: "given another schedule",
        E.RETURN: "returned to the police",
        E.ACCEPT: "found adequate",
        E.ENDORSE_LAST: "called endorsed",
        E.OPEN_AGAIN: "opened again for endorsing",
        E.APPROVE: "approved",
        E.SERVE: "served",
        E.SERVE_THEN: "recorded as served while it was approved",
        E.TELL_COURT: "notified to the court",
        E.STATE: "given a defence statement",
        E.STATE_NOTHING: "recorded as having no defence statement",
        E.HAVE_LONGER: "given a longer time for the defence statement",
        E.ANSWER_LAST: "called answered",
        E.CLOSE: "closed",
        E.END: "ended with its case",
        E.BEGIN_AGAIN: "opened again before anything was served",
        E.GO_ON: "opened again after it was served",
        E.TAKE_BACK: "taken back to its service",
        E.TAKE_SERVICE_BACK: "taken back to its approval",
    },
    done_in={
        # What is closed may have ended before it was approved or served.
        E.APPROVE: {S.APPROVED, *SERVED_OR_LATER} - {S.CLOSED},
        E.SERVE: SERVED_OR_LATER - {S.CLOSED},
        E.SERVE_THEN: SERVED_OR_LATER - {S.CLOSED},
        E.TELL_COURT: SERVED_OR_LATER - {S.SERVED, S.CLOSED},
        E.CLOSE: {S.CLOSED},
    },
)


# What a duty waits for whose schedules are with the police, once they answered in words.
ANSWERED_WORDS = "answered by the police, who have a schedule back: read what they say"
# The same once the day that they were given to answer passed without a word of them.
LATE_WORDS = "with a schedule back with the police, who are late to answer: remind them"
# What a duty waits for once an answer went that tells of what is sensitive.
TOLD_WORDS = "in which an answer told the defence of sensitive material: look into it"
# What a closed duty waits for, once schedules came since with items that are new.
NEW_WORDS = "closed, and new material came since: look whether to open again"


def move_duty(state: DutyState, event: DutyEvent) -> DutyState:
    """Return the state of a duty after an event.

    :raises MoveNotAllowed: if the event cannot happen in this state
    """
    return DutyState(move(DUTY, state, event))


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStanding:
    """How one item stands for one defendant; `named` is how a person finds it."""

    key: int
    named: str
    is_sensitive: bool = False
    code: Endorsed | None = None
    # A named person said, with a reason and a day, that it is decided after service.
    has_override: bool = False
    # By when it was to be decided, where it was set aside.
    decide_by: date | None = None
    is_served: bool = False
    # A second person looked at what stands against it.
    is_approved: bool = False

    @property
    def is_settled(self) -> bool:
        """Say whether it is decided, or set aside by name."""
        return self.has_override or self.is_decided

    @property
    def is_decided(self) -> bool:
        """Say whether somebody decided it; what waits for the police or a court is not decided."""
        return self.code is not None and self.code not in WAITING

    def is_overdue(self, on: date) -> bool:
        """Say whether the day by which it was to be decided has passed, and it is not."""
        return not self.is_decided and self.decide_by is not None and self.decide_by < on

    @property
    def is_owed(self) -> bool:
        """Say whether it was said to be disclosed and has not been."""
        return self.code in GIVEN and not self.is_sensitive and not self.is_served

    @property
    def waits_for_second(self) -> bool:
        """Say whether somebody decided it and no second person looked at that."""
        return self.is_decided and not self.is_approved


def unsettled(items: Iterable[ItemStanding]) -> list[ItemStanding]:
    """Return the items that nobody has decided."""
    return [item for item in items if not item.is_settled]


def owed(items: Iterable[ItemStanding]) -> list[ItemStanding]:
    """Return the items that were said to be disclosed and are still to be."""
    return [item for item in items if item.is_owed]


def unapproved(items: Iterable[ItemStanding]) -> list[ItemStanding]:
    """Return the items that were decided and that no second person looked at."""
    return [item for item in items if item.waits_for_second]


def state_after_endorsing(
    state: DutyState, items: Sequence[ItemStanding], *, lists_nothing: bool = False
) -> DutyState:
    """Return the state that follows when what stands against the items changed.

    What was approved is no longer what stands, so it is opened again. An adequate schedule that
    lists nothing leaves nothing to endorse.
    """
    is_done = (bool(items) or lists_nothing) and not unsettled(items)
    if state is S.APPROVED or (state is S.ENDORSED and not is_done):
        state = move_duty(state, E.OPEN_AGAIN)
    if state is S.REVIEWING and is_done:
        return move_duty(state, E.ENDORSE_LAST)
    return state


def not_yet_served(state: DutyState) -> str:
    """Say why nothing can be served in a state; nothing where something can."""
    if state is S.CLOSED:
        return "This duty is closed, so nothing more is served."
    if state is S.APPROVED or state in SERVED_OR_LATER:
        return ""
    return f"This duty is {DUTY.state_words[state]}, so nothing can be served yet."


def undecided_words(items: Iterable[ItemStanding]) -> str:
    """Say which items nobody has decided or set aside; nothing where each is."""
    found = unsettled(items)
    if not found:
        return ""
    number = count_words(len(found), "item")
    return f"{number} nobody has decided: {_named(found)}. Endorse each, or set it aside by name."


def against_nil(items: Iterable[ItemStanding]) -> str:
    """Say why it cannot be stated that there is nothing to disclose; nothing where it can.

    Immunity is applied for only where the test is met, and of a sensitive item that is set aside,
    queried or disputed nobody has said that it is not. Why one stands against it is not said: a
    reason may be read by anybody.
    """
    open_items = [item for item in items if item.is_sensitive and item.code not in NOTHING_OWED]
    if not open_items:
        return ""
    return (
        "A statement that there is nothing to disclose says that nothing which has not been "
        f"disclosed meets the test. Of {count_words(len(open_items), 'sensitive item')} that is "
        "not settled. A lawyer of the unit settles it on the page of the item; then it can be "
        "stated."
    )


def left_words(left: Sequence[str]) -> str:
    """Say that items left the schedules undecided and unexplained; nothing where none did.

    :param left: how a person finds each
    """
    if not left:
        return ""
    return (
        f"{count_words(len(left), 'item')} left the schedules before anybody decided on it, and "
        f"nobody wrote why: {list_words(_cut(left))}. Write why on the page of the duty, or have "
        "the police list it again."
    )


def overdue_words(items: Iterable[ItemStanding], on: date) -> str:
    """Say which items were set aside until a day that has passed; nothing where none was."""
    found = [item for item in items if item.is_overdue(on)]
    if not found:
        return ""
    return (
        f"{count_words(len(found), 'item')} set aside until a day that has passed: "
        f"{_named(found)}. Decide each, or set it aside anew, with why and until when."
    )


def reasons_against_serving(
    state: DutyState, items: Sequence[ItemStanding], *, on: date, chosen: frozenset[int],
    is_nil: bool, gone: Sequence[str] = (),
) -> tuple[str, ...]:  # fmt: skip
    """Return why disclosure cannot be served so; nothing where it can.

    The first service, once it is approved, is of items or a nil statement; each later one is of
    items, and waits in the same way until each item is decided or set aside by name and a second
    person looked. All that was said to be disclosed goes: nothing said is left unserved.

    :param on: the day of the service
    :param gone: how a person finds what left the schedules undecided, where nobody wrote why
    """
    if words := not_yet_served(state):
        return (words,)
    is_first = state is S.APPROVED
    due = {item.key for item in owed(items)}
    wrong = [item for item in items if item.key in chosen and item.key not in due]
    left = [item for item in items if item.key in due - chosen]
    # The first is approved as a whole, and what changes then takes the approval with it.
    unseen = [] if is_first else unapproved(items)
    said = (
        (
            unseen,
            (
                "{} decided after the first service, and no second person has approved that: {}. "
                "Somebody who decided none of these approves them first."
            ),
        ),
        (wrong, "{} cannot be served, because it was not said to be disclosed: {}."),
        (left, "{} was said to be disclosed and is not in what is served: {}."),
    )
    reasons = [
        words.format(count_words(len(found), "item"), _named(found))
        for found, words in said
        if found
    ]
    before = undecided_words(items)
    after = (overdue_words(items, on), left_words(gone))
    reasons = [words for words in (before, *reasons, *after) if words]
    known = {item.key for item in items}
    if chosen - known:
        reasons.append("An item that this duty does not hold cannot be served with it.")
    if not chosen and not is_nil:
        reasons.append("Serve items, or state that there is nothing to disclose: never neither.")
    if is_nil and (due or chosen or not is_first):
        reasons.append("A statement that there is nothing to disclose goes alone, and first.")
    if is_nil and (words := against_nil(items)):
        reasons.append(words)
    return tuple(reasons)


def waited_words(
    items: Sequence[ItemStanding], *, on: date, went: frozenset[int], is_nil: bool
) -> str:
    """Say what waited of the items as they stood when something went; nothing where none did.

    :param on: the day on which it went
    :param went: the items that went; none of those counts as served before
    """
    said = (
        (unsettled(items), "{} nobody had decided: {}."),
        (unapproved(items), "{} decided, and no second person had looked at that: {}."),
        ([item for item in owed(items) if item.key not in went],
         "{} said to be disclosed by then, and not in what is served: {}."),
        ([item for item in items if item.key in went and not item.is_owed],
         "{} served, and by then no longer to be disclosed: {}."),
        ([item for item in items if item.is_overdue(on)],
         "{} set aside until a day that had passed: {}."),
    )  # fmt: skip
    reasons = [
        words.format(count_words(len(found), "item"), _named(found))
        for found, words in said
        if found
    ]
    if is_nil and (words := against_nil(items)):
        reasons.append(words)
    return " ".join(reasons)


def stuck_words(items: Sequence[ItemStanding], on: date) -> str:
    """Say what is owed, asked about or overdue of items that nobody can serve or decide now.

    Nothing where nothing is. Of what nobody wrote anything yet nothing is said.
    """
    late = [item for item in items if item.is_overdue(on)]
    asked = [item for item in items if item.code in WAITING and not item.has_override]
    kinds = ((owed(items), "said to be disclosed and not served"),
             (asked, "queried, refused or for another reason still to be decided"),
             (late, "set aside until a day that has passed"))  # fmt: skip
    said = [f"{count_words(len(found), 'item')} {what}: {_named(found)}."
            for found, what in kinds if found]  # fmt: skip
    return " ".join(said)


def _named(items: Sequence[ItemStanding]) -> str:
    # A sensitive item is counted and not named: a reason may be read by anybody.
    names = ["a sensitive item" if item.is_sensitive else item.named for item in items]
    return list_words(_cut(names))


def _cut(names: Sequence[str]) -> list[str]:
    more = len(names) - MOST_NAMED
    return [*names[:MOST_NAMED], *([f"{more:,} more"] if more > 0 else [])]
