import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.media_states import (
    CARRIER,
    DECIDED,
    MEDIA,
    SHARE,
    CarrierEvent,
    CarrierState,
    MediaEvent,
    MediaState,
    ReasonMissing,
    ShareEvent,
    ShareState,
    can_happen,
    move_media,
    needs_reason,
)
from forthright.rules.states import MoveNotAllowed, events_from, move


def test_a_recording_walks_from_expected_to_shared():
    state = MediaState.EXPECTED
    for event in ("REQUEST", "RECEIVE_PHYSICAL", "PLAY", "VIEW", "CLASSIFY", "SHARE", "SHARE"):
        state = move_media(state, MediaEvent(event))

    assert state is MediaState.SHARED


def test_an_upload_walks_through_quarantine_back_to_asked_for():
    state = MediaState.REQUESTED
    for event in ("UPLOAD", "STORE"):
        state = move_media(state, MediaEvent(event))
    state = move_media(state, MediaEvent.QUARANTINE, reason="The digest differs.")

    assert move_media(state, MediaEvent.REQUEST) is MediaState.REQUESTED


@pytest.mark.parametrize(
    ("state", "event", "after"),
    [
        ("RECEIVED_PHYSICAL", "NOT_THERE", "EXPECTED"),
        ("RECEIVED_PHYSICAL", "NOT_THERE_AS_ASKED", "REQUESTED"),
        ("RECEIVED_PHYSICAL", "HERE_OTHERWISE", "RECEIVED_PHYSICAL"),
        ("VERIFIED", "HERE_OTHERWISE", "VERIFIED"),
        ("QUARANTINED", "HERE_OTHERWISE", "QUARANTINED"),
        ("PLAYABLE", "UNTRIED_THERE", "RECEIVED_PHYSICAL"),
        ("UNPLAYABLE", "UNTRIED_THERE", "RECEIVED_PHYSICAL"),
        ("PLAYABLE", "HERE_AS_A_FILE", "VERIFIED"),
        ("RECEIVED_PHYSICAL", "HERE_AS_A_FILE", "VERIFIED"),
    ],
)
def test_what_is_not_on_its_disc_is_waited_for_or_stays_by_what_else_it_came(state, event, after):
    moved = move_media(MediaState(state), MediaEvent(event), reason="Not on FM26000001.")

    assert moved == after


@pytest.mark.parametrize("machine", [MEDIA, SHARE, CARRIER], ids=lambda machine: machine.thing)
def test_every_state_and_event_has_words_and_every_refusal_says_what_may_follow(machine):
    for state in machine.state_words:
        for event in machine.event_words:
            if (state, event) in machine.moves:
                assert move(machine, state, event) in machine.state_words
                continue
            with pytest.raises(MoveNotAllowed, match=r"\. \S"):
                move(machine, state, event)
    used = {part for key in machine.moves for part in key}
    assert used <= set(machine.state_words) | set(machine.event_words)


@pytest.mark.parametrize("state", list(MediaState))
def test_every_state_of_a_recording_is_reached_and_has_a_way_on(state):
    assert state in MEDIA.moves.values() or state is MediaState.EXPECTED
    assert events_from(MEDIA, state)


@pytest.mark.parametrize(
    ("state", "event", "needed"),
    [
        pytest.param("EXPECTED", "REQUEST", False, id="asked for first"),
        pytest.param("REQUESTED", "REQUEST", False, id="asked for again"),
        pytest.param("PLAYABLE", "REQUEST", True, id="asked for once more"),
        pytest.param("RECEIVED_LINK", "FAIL_TO_PLAY", False, id="does not play"),
        pytest.param("VIEWED", "FAIL_TO_PLAY", True, id="no longer plays"),
        pytest.param("VIEWED", "CLASSIFY", False, id="first classification"),
        pytest.param("CLASSIFIED", "CLASSIFY", True, id="second classification"),
        pytest.param("CLASSIFIED", "CLASSIFY_SENSITIVE", True, id="sensitive after all"),
        pytest.param("SENSITIVE", "CLASSIFY", True, id="not sensitive after all"),
        pytest.param("SHARED", "TAKE_BACK", True, id="taken back"),
        pytest.param("VIEWED", "WITHDRAW", True, id="withdrawn"),
        pytest.param("SENSITIVE", "SHARE", False, id="a move there is not"),
    ],
)
def test_what_goes_backward_or_decides_again_says_why(state, event, needed):
    assert needs_reason(MediaState(state), MediaEvent(event)) is needed
    if needed:
        with pytest.raises(ReasonMissing, match="Say why"):
            move_media(MediaState(state), MediaEvent(event), reason=" ")


EVENTS = st.lists(st.sampled_from(list(MediaEvent)), max_size=40)


@given(EVENTS)
def test_no_walk_of_moves_shares_a_recording_that_is_sensitive(events):
    state, is_sensitive = MediaState.EXPECTED, False
    for event in events:
        if not can_happen(state, event):
            continue
        assert not (event is MediaEvent.SHARE and is_sensitive)
        state = move_media(state, event, reason="Because.")
        if event in (MediaEvent.CLASSIFY, MediaEvent.CLASSIFY_SENSITIVE):
            is_sensitive = event is MediaEvent.CLASSIFY_SENSITIVE
        if state not in DECIDED:
            is_sensitive = False


@given(EVENTS)
def test_no_walk_of_moves_shares_what_nobody_viewed_and_classified(events):
    state, done = MediaState.EXPECTED, set()
    for event in events:
        if can_happen(state, event):
            state = move_media(state, event, reason="Because.")
            done.add(event)

    if MediaEvent.SHARE in done:
        assert MediaEvent.VIEW in done
        assert MediaEvent.CLASSIFY in done


def test_a_refused_share_of_a_sensitive_recording_says_that_it_never_is():
    with pytest.raises(MoveNotAllowed, match="A sensitive recording is never shared"):
        move_media(MediaState.SENSITIVE, MediaEvent.SHARE)


def test_a_share_opened_after_its_link_expired_counts_as_opened():
    assert move(SHARE, ShareState.LINK_EXPIRED, ShareEvent.OPEN) is ShareState.OPENED


def test_a_disc_that_was_destroyed_is_never_handed_over():
    with pytest.raises(MoveNotAllowed, match="destroyed"):
        move(CARRIER, CarrierState.DESTROYED, CarrierEvent.HAND_OVER)
