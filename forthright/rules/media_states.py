"""The only moves a recording, its sharing with one party, and a disc may make."""

from enum import StrEnum

from forthright.rules.states import Machine, MoveNotAllowed, move
from forthright.rules.written import reason_in


class ReasonMissing(MoveNotAllowed):
    """A move backward, or a second decision, says why or is not made."""


class MediaState(StrEnum):
    """Where a recording stands, in the order in which it comes along."""

    WITHDRAWN = "WITHDRAWN"
    EXPECTED = "EXPECTED"
    QUARANTINED = "QUARANTINED"
    REQUESTED = "REQUESTED"
    RECEIVED_PHYSICAL = "RECEIVED_PHYSICAL"
    RECEIVED_LINK = "RECEIVED_LINK"
    UPLOADING = "UPLOADING"
    STORED = "STORED"
    VERIFIED = "VERIFIED"
    UNPLAYABLE = "UNPLAYABLE"
    PLAYABLE = "PLAYABLE"
    DERIVATIVE_MADE = "DERIVATIVE_MADE"
    VIEWED = "VIEWED"
    SENSITIVE = "SENSITIVE"
    CLASSIFIED = "CLASSIFIED"
    REDACTION = "REDACTION"
    REDACTED = "REDACTED"
    APPROVED = "APPROVED"
    SHARED = "SHARED"


class MediaEvent(StrEnum):
    REQUEST = "REQUEST"
    SECOND_COPY = "SECOND_COPY"
    RECEIVE_PHYSICAL = "RECEIVE_PHYSICAL"
    RECEIVE_LINK = "RECEIVE_LINK"
    NOT_THERE = "NOT_THERE"
    NOT_THERE_AS_ASKED = "NOT_THERE_AS_ASKED"
    HERE_OTHERWISE = "HERE_OTHERWISE"
    UNTRIED_THERE = "UNTRIED_THERE"
    HERE_AS_A_FILE = "HERE_AS_A_FILE"
    UPLOAD = "UPLOAD"
    STORE = "STORE"
    VERIFY = "VERIFY"
    QUARANTINE = "QUARANTINE"
    PLAY = "PLAY"
    MAKE_DERIVATIVE = "MAKE_DERIVATIVE"
    FAIL_TO_PLAY = "FAIL_TO_PLAY"
    VIEW = "VIEW"
    CLASSIFY = "CLASSIFY"
    CLASSIFY_SENSITIVE = "CLASSIFY_SENSITIVE"
    REDACT = "REDACT"
    FINISH_REDACTION = "FINISH_REDACTION"
    APPROVE = "APPROVE"
    SHARE = "SHARE"
    TAKE_BACK = "TAKE_BACK"
    WITHDRAW = "WITHDRAW"
    REINSTATE = "REINSTATE"


class ShareState(StrEnum):
    SENT = "SENT"
    OPENED = "OPENED"
    ACKNOWLEDGED = "ACKNOWLEDGED"
    LINK_EXPIRED = "LINK_EXPIRED"
    REVOKED = "REVOKED"


class ShareEvent(StrEnum):
    OPEN = "OPEN"
    ACKNOWLEDGE = "ACKNOWLEDGE"
    EXPIRE = "EXPIRE"
    REVOKE = "REVOKE"


class CarrierState(StrEnum):
    HELD = "HELD"
    MISSING = "MISSING"
    RETURNED = "RETURNED"
    DESTROYED = "DESTROYED"


# Nobody can get it back: there is none, or nobody knows where it is, which is told by itself.
GOT_BACK_BY_NOBODY = (CarrierState.DESTROYED, CarrierState.MISSING)


class CarrierEvent(StrEnum):
    HAND_OVER = "HAND_OVER"
    MISS = "MISS"
    FIND = "FIND"
    RETURN = "RETURN"
    DESTROY = "DESTROY"
    NOT_ENDED = "NOT_ENDED"


S, E = MediaState, MediaEvent
WAITED_FOR = (S.EXPECTED, S.REQUESTED)
HERE = (S.RECEIVED_PHYSICAL, S.RECEIVED_LINK, S.STORED, S.VERIFIED)
# The police are told by these alone to send a recording anew.
SENT_ANEW = (S.QUARANTINED, S.UNPLAYABLE)
READABLE = (S.PLAYABLE, S.DERIVATIVE_MADE)
TRIED = (S.PLAYABLE, S.UNPLAYABLE)
# Until somebody viewed it, more may come of a recording; what was viewed is what is shared.
HOLDS_FILES = (S.STORED, S.VERIFIED)
TAKES_FILES = (*WAITED_FOR, *HERE, S.QUARANTINED, S.UNPLAYABLE, *READABLE)
# A file takes these a step on; beside one that is here already it moves nothing.
MOVED_BY_A_FILE = tuple(each for each in TAKES_FILES if each not in (*HOLDS_FILES, *READABLE))
# A sensitive recording is in neither: no move leads from SENSITIVE to a party.
MAY_BE_SHARED = (S.CLASSIFIED, S.APPROVED, S.SHARED)
DECIDED = (S.CLASSIFIED, S.SENSITIVE, S.REDACTION, S.REDACTED, S.APPROVED, S.SHARED)
UNTIL_VIEWED = (*HERE, S.UPLOADING, S.UNPLAYABLE, *READABLE, S.VIEWED)

MEDIA = Machine(
    thing="recording",
    moves={
        **{(state, E.REQUEST): S.REQUESTED for state in (*WAITED_FOR, S.QUARANTINED)},
        # A disc that broke, a link that expired, a copy that does not play: asked for once more.
        **{(state, E.REQUEST): S.REQUESTED for state in (*UNTIL_VIEWED, *DECIDED)},
        # The same once more, where nothing of it is here: what was decided of it stands.
        **{(state, E.SECOND_COPY): state for state in DECIDED},
        **{(state, E.RECEIVE_PHYSICAL): S.RECEIVED_PHYSICAL for state in WAITED_FOR},
        **{(state, E.RECEIVE_LINK): S.RECEIVED_LINK for state in WAITED_FOR},
        # It was recorded by mistake as on a disc: it is waited for as it was before.
        (S.RECEIVED_PHYSICAL, E.NOT_THERE): S.EXPECTED,
        (S.RECEIVED_PHYSICAL, E.NOT_THERE_AS_ASKED): S.REQUESTED,
        # The same of one that is here all the same: what was tried of that disc says nothing of it.
        **{(state, E.HERE_OTHERWISE): state for state in (*UNTIL_VIEWED, S.QUARANTINED)},
        **{(state, E.UNTRIED_THERE): S.RECEIVED_PHYSICAL for state in TRIED},
        **{(state, E.HERE_AS_A_FILE): S.VERIFIED for state in (S.RECEIVED_PHYSICAL, *TRIED)},
        **{(state, E.UPLOAD): S.UPLOADING for state in MOVED_BY_A_FILE},
        (S.UPLOADING, E.STORE): S.STORED,
        (S.STORED, E.VERIFY): S.VERIFIED,
        **{(state, E.QUARANTINE): S.QUARANTINED for state in (S.UPLOADING, S.STORED, S.VERIFIED)},
        **{(state, E.PLAY): S.PLAYABLE for state in (*HERE, S.UNPLAYABLE)},
        **{
            (state, E.MAKE_DERIVATIVE): S.DERIVATIVE_MADE
            for state in (S.VERIFIED, S.PLAYABLE, S.UNPLAYABLE)
        },
        **{(state, E.FAIL_TO_PLAY): S.UNPLAYABLE for state in (*HERE, *READABLE, S.VIEWED)},
        **{(state, E.VIEW): S.VIEWED for state in (*READABLE, S.VIEWED)},
        # A file that came late is viewed too; what was decided stands until somebody says else.
        **{(state, E.VIEW): state for state in DECIDED},
        **{(state, E.CLASSIFY): S.CLASSIFIED for state in (S.VIEWED, *DECIDED)},
        **{(state, E.CLASSIFY_SENSITIVE): S.SENSITIVE for state in (S.VIEWED, *DECIDED)},
        (S.CLASSIFIED, E.REDACT): S.REDACTION,
        (S.REDACTION, E.FINISH_REDACTION): S.REDACTED,
        **{(state, E.APPROVE): S.APPROVED for state in (S.CLASSIFIED, S.REDACTED)},
        **{(state, E.SHARE): S.SHARED for state in MAY_BE_SHARED},
        (S.SHARED, E.TAKE_BACK): S.CLASSIFIED,
        **{(state, E.WITHDRAW): S.WITHDRAWN for state in S if state is not S.WITHDRAWN},
        (S.WITHDRAWN, E.REINSTATE): S.EXPECTED,
    },
    state_words={
        S.WITHDRAWN: "withdrawn",
        S.EXPECTED: "expected: named, and not held",
        S.REQUESTED: "asked for",
        S.QUARANTINED: "in quarantine",
        S.RECEIVED_PHYSICAL: "received on a disc or stick",
        S.RECEIVED_LINK: "received as a link",
        S.UPLOADING: "being uploaded",
        S.STORED: "stored",
        S.VERIFIED: "stored and read back",
        S.UNPLAYABLE: "not in playable format",
        S.PLAYABLE: "readable",
        S.DERIVATIVE_MADE: "readable in a copy made here",
        S.VIEWED: "viewed",
        S.SENSITIVE: "sensitive: never shared",
        S.CLASSIFIED: "classified",
        S.REDACTION: "being redacted",
        S.REDACTED: "redacted",
        S.APPROVED: "approved for sharing",
        S.SHARED: "shared",
    },
    event_words={
        E.REQUEST: "asked for",
        E.SECOND_COPY: "asked for once more, as a second copy of the same",
        E.RECEIVE_PHYSICAL: "received on a disc or stick",
        E.RECEIVE_LINK: "received as a link",
        E.NOT_THERE: "recorded as not on the disc, and expected as before",
        E.NOT_THERE_AS_ASKED: "recorded as not on the disc, and asked for as before",
        E.HERE_OTHERWISE: "recorded as not on that disc, and here otherwise",
        E.UNTRIED_THERE: "recorded as not on that disc, and on another that nobody has tried",
        E.HERE_AS_A_FILE: "recorded as not on that disc, and here as a file",
        E.UPLOAD: "uploaded",
        E.STORE: "stored",
        E.VERIFY: "read back",
        E.QUARANTINE: "put into quarantine",
        E.PLAY: "recorded as readable",
        E.MAKE_DERIVATIVE: "copied into a format that plays",
        E.FAIL_TO_PLAY: "recorded as not in playable format",
        E.VIEW: "recorded as viewed",
        E.CLASSIFY: "classified",
        E.CLASSIFY_SENSITIVE: "classified as sensitive",
        E.REDACT: "redacted",
        E.FINISH_REDACTION: "recorded as redacted",
        E.APPROVE: "approved for sharing",
        E.SHARE: "shared",
        E.TAKE_BACK: "taken back from everybody",
        E.WITHDRAW: "withdrawn",
        E.REINSTATE: "taken up again",
    },
    done_in={
        **{
            event: frozenset({*UNTIL_VIEWED, *DECIDED})
            for event in (E.RECEIVE_PHYSICAL, E.RECEIVE_LINK)
        },
        E.PLAY: frozenset({*READABLE, S.VIEWED, *DECIDED}),
        E.VIEW: frozenset(DECIDED),
        E.WITHDRAW: frozenset({S.WITHDRAWN}),
        E.TAKE_BACK: frozenset({S.CLASSIFIED}),
    },
    next_words={
        S.SENSITIVE: "A sensitive recording is never shared. Only another classification, with "
        "its reason, changes that.",
    },
)

SHARE = Machine(
    thing="share",
    moves={
        (ShareState.SENT, ShareEvent.OPEN): ShareState.OPENED,
        (ShareState.LINK_EXPIRED, ShareEvent.OPEN): ShareState.OPENED,
        (ShareState.OPENED, ShareEvent.ACKNOWLEDGE): ShareState.ACKNOWLEDGED,
        (ShareState.SENT, ShareEvent.EXPIRE): ShareState.LINK_EXPIRED,
        **{
            (state, ShareEvent.REVOKE): ShareState.REVOKED
            for state in ShareState
            if state is not ShareState.REVOKED
        },
    },
    state_words={
        ShareState.SENT: "shared, not known to be opened",
        ShareState.OPENED: "opened",
        ShareState.ACKNOWLEDGED: "opened and acknowledged",
        ShareState.LINK_EXPIRED: "not opened before its link expired",
        ShareState.REVOKED: "revoked",
    },
    event_words={
        ShareEvent.OPEN: "opened",
        ShareEvent.ACKNOWLEDGE: "acknowledged",
        ShareEvent.EXPIRE: "ended by its link",
        ShareEvent.REVOKE: "revoked",
    },
    done_in={
        ShareEvent.OPEN: frozenset({ShareState.OPENED, ShareState.ACKNOWLEDGED}),
        ShareEvent.REVOKE: frozenset({ShareState.REVOKED}),
    },
)

CARRIER = Machine(
    thing="disc or stick",
    moves={
        (CarrierState.HELD, CarrierEvent.HAND_OVER): CarrierState.HELD,
        (CarrierState.HELD, CarrierEvent.MISS): CarrierState.MISSING,
        (CarrierState.MISSING, CarrierEvent.FIND): CarrierState.HELD,
        (CarrierState.HELD, CarrierEvent.RETURN): CarrierState.RETURNED,
        (CarrierState.HELD, CarrierEvent.DESTROY): CarrierState.DESTROYED,
        # That it went for good was recorded by mistake.
        (CarrierState.RETURNED, CarrierEvent.NOT_ENDED): CarrierState.HELD,
        (CarrierState.DESTROYED, CarrierEvent.NOT_ENDED): CarrierState.HELD,
    },
    state_words={
        CarrierState.HELD: "held",
        CarrierState.MISSING: "missing",
        CarrierState.RETURNED: "returned",
        CarrierState.DESTROYED: "destroyed",
    },
    event_words={
        CarrierEvent.HAND_OVER: "handed over",
        CarrierEvent.MISS: "recorded as missing",
        CarrierEvent.FIND: "recorded as found",
        CarrierEvent.RETURN: "returned",
        CarrierEvent.DESTROY: "destroyed",
        CarrierEvent.NOT_ENDED: "recorded as never returned or destroyed",
    },
    done_in={
        CarrierEvent.RETURN: frozenset({CarrierState.RETURNED}),
        CarrierEvent.DESTROY: frozenset({CarrierState.DESTROYED}),
        CarrierEvent.MISS: frozenset({CarrierState.MISSING}),
    },
)

_ORDER = {state: number for number, state in enumerate(MediaState)}
_CLASSIFYING = (E.CLASSIFY, E.CLASSIFY_SENSITIVE)


def move_media(state: MediaState, event: MediaEvent, *, reason: str = "") -> MediaState:
    """Return a recording's state after an event.

    :raises MoveNotAllowed: if the event cannot happen in this state
    :raises ReasonMissing: if it goes backward, or decides a second time, and nobody says why
    """
    after = MediaState(move(MEDIA, state, event))
    if needs_reason(state, event) and not reason_in(reason):
        raise ReasonMissing(
            f"This recording is {MEDIA.state_words[state]}. Say why it is to be "
            f"{MEDIA.event_words[event]} now."
        )
    return after


def needs_reason(state: MediaState, event: MediaEvent) -> bool:
    """Say whether an event takes a recording backward or changes a decision made before."""
    after = MEDIA.moves.get((state, event))
    if after is None:
        return False
    is_second = event in _CLASSIFYING and state in DECIDED
    return is_second or _ORDER[MediaState(after)] < _ORDER[state]


def can_happen(state: MediaState, event: MediaEvent) -> bool:
    """Say whether an event may happen to a recording in a state."""
    return (state, event) in MEDIA.moves
