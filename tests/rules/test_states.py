import pytest

from forthright.rules.states import (
    FINISHED_REVIEWS,
    LETTER,
    REVIEW,
    LetterEvent,
    LetterState,
    MoveNotAllowed,
    ReviewEvent,
    ReviewState,
    events_from,
    move,
    move_letter,
    move_review,
)


def test_a_letter_walks_from_open_to_reached():
    state = LetterState.OPEN
    for event in ("DRAFT", "RETURN", "DRAFT", "APPROVE", "SEND", "FAIL_TO_REACH", "SEND", "REACH"):
        state = move_letter(state, LetterEvent(event))

    assert state is LetterState.REACHED


def test_a_review_is_finished_only_when_the_drafter_was_told():
    marked = move_review(ReviewState.MARKING, ReviewEvent.LOCK)

    assert marked not in FINISHED_REVIEWS
    assert move_review(marked, ReviewEvent.TELL) in FINISHED_REVIEWS


@pytest.mark.parametrize("machine", [LETTER, REVIEW], ids=lambda machine: machine.thing)
def test_every_state_and_event_has_words_and_every_refusal_says_what_may_follow(machine):
    for state in machine.state_words:
        for event in machine.event_words:
            if (state, event) in machine.moves:
                assert move(machine, state, event) in machine.state_words
                continue
            with pytest.raises(MoveNotAllowed, match=r"so it cannot be|already") as refusal:
                move(machine, state, event)
            said = str(refusal.value)
            assert any(words in said for words in ("From here", "Nothing more", "another mark"))


def test_a_letter_that_is_not_approved_cannot_be_sent():
    with pytest.raises(MoveNotAllowed) as refusal:
        move_letter(LetterState.DRAFTED, LetterEvent.SEND)

    assert str(refusal.value) == (
        "This letter is drafted, so it cannot be sent. "
        "From here it can be returned, approved or recorded as not required."
    )


def test_a_letter_sent_can_no_longer_be_called_not_required():
    assert LetterEvent.NOT_REQUIRE not in events_from(LETTER, LetterState.SENT)


@pytest.mark.parametrize(
    ("state", "event", "says"),
    [
        pytest.param(ReviewState.TOLD, ReviewEvent.TELL,
                     "This review has been told to the drafter already. From here it can be "
                     "acknowledged or disputed.", id="told twice"),
        pytest.param(ReviewState.ACKNOWLEDGED, ReviewEvent.TELL,
                     "This review has been told to the drafter already. Nothing more can be done "
                     "with it.", id="told after the answer"),
        pytest.param(ReviewState.MARKING, ReviewEvent.TELL,
                     "This review is being marked, so it cannot be told to the drafter. From here "
                     "it can be replaced or locked.", id="told too early"),
        pytest.param(ReviewState.DISPUTED, ReviewEvent.ACKNOWLEDGE,
                     "This review is disputed by the drafter, so it cannot be acknowledged. "
                     "Somebody else decides the dispute. Until the time to dispute is over, "
                     "another mark can be disputed too.", id="acknowledged while disputed"),
    ],
)  # fmt: skip
def test_an_act_done_twice_is_said_to_be_done(state, event, says):
    with pytest.raises(MoveNotAllowed) as refusal:
        move_review(state, event)

    assert str(refusal.value) == says


def test_no_move_is_called_done_already():
    for machine in (LETTER, REVIEW):
        for event, states in machine.done_in.items():
            assert not {(state, event) for state in states} & set(machine.moves)
