from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest

from forthright.rules.disclosure_duty import (
    BEFORE_SERVING,
    DUTY,
    SERVED_OR_LATER,
    DutyEvent,
    DutyState,
    ItemStanding,
    move_duty,
    owed,
    reasons_against_serving,
    state_after_endorsing,
    unsettled,
)
from forthright.rules.disclosure_end import Promise, reasons_against_closing
from forthright.rules.endorsements import Endorsed
from forthright.rules.states import MoveNotAllowed, events_from

WALK = ("RECEIVE", "RETURN", "RECEIVE", "ACCEPT", "ENDORSE_LAST", "APPROVE", "SERVE", "TELL_COURT",
        "STATE", "ANSWER_LAST", "CLOSE")  # fmt: skip


def standing(key: int = 1, code: str | None = None, **more) -> ItemStanding:
    return ItemStanding(key=key, named=f"item {key}", code=Endorsed(code) if code else None, **more)


def test_a_duty_walks_from_trigger_to_the_end_of_the_trial():
    state = DutyState.TRIGGERED
    for event in WALK:
        state = move_duty(state, DutyEvent(event))

    assert state is DutyState.CLOSED


@pytest.mark.parametrize("state", DutyState)
def test_a_duty_ends_with_its_case_wherever_it_stands(state):
    if state is not DutyState.CLOSED:
        assert move_duty(state, DutyEvent.END) is DutyState.CLOSED
    else:
        with pytest.raises(MoveNotAllowed, match="cannot be ended with its case"):
            move_duty(state, DutyEvent.END)


@pytest.mark.parametrize("event", ["APPROVE", "SERVE", "TELL_COURT"])
def test_of_what_is_closed_nothing_is_said_that_may_never_have_been(event):
    with pytest.raises(MoveNotAllowed, match="This duty is closed, so it cannot be"):
        move_duty(DutyState.CLOSED, DutyEvent(event))


def test_every_state_can_be_reached_and_each_has_words():
    reached = {DutyState.TRIGGERED}
    for _ in DutyState:
        reached |= {DutyState(after) for (before, _), after in DUTY.moves.items()
                    if before in reached}  # fmt: skip

    assert reached == set(DutyState) == set(DUTY.state_words)
    assert set(DUTY.event_words) == set(DutyEvent)


def test_only_an_approved_duty_is_served():
    assert {before for (before, event) in DUTY.moves if event is DutyEvent.SERVE} == {
        DutyState.APPROVED
    }
    with pytest.raises(MoveNotAllowed, match="is being endorsed, so it cannot be served"):
        move_duty(DutyState.REVIEWING, DutyEvent.SERVE)


APPROVED, DAY = DutyState.APPROVED, date(2026, 10, 9)


@pytest.mark.parametrize(
    ("items", "chosen", "is_nil", "says"),
    [
        pytest.param([standing(1, "D")], {1}, False, "", id="what was said is served"),
        pytest.param([standing(1, "CND")], set(), True, "", id="nothing to disclose"),
        pytest.param([standing(1, "CND")], set(), False, "never neither", id="neither"),
        pytest.param([standing(1, "D")], set(), True, "was said to be disclosed", id="kept back"),
        pytest.param([standing(1, "D"), standing(2, "I")], {1}, False, "item 2",
                     id="one of two kept back"),
        pytest.param([standing(1)], set(), True, "nobody has decided", id="not endorsed"),
        pytest.param([standing(1, "Q")], set(), True, "nobody has decided", id="only queried"),
        pytest.param([standing(1, "Q", has_override=True)], set(), True, "", id="set aside"),
        pytest.param([standing(1, "ND")], {1}, False, "not said to be disclosed", id="wrong one"),
        pytest.param([standing(1, "SN", is_sensitive=True)], {1}, False, "a sensitive item",
                     id="a sensitive item is never named"),
        pytest.param([standing(1, "PII", is_sensitive=True)], set(), True, "nobody has decided",
                     id="no ruling on immunity"),
        pytest.param([standing(1, "PII", is_sensitive=True, has_override=True)], set(), True,
                     "1 sensitive item that is not settled", id="no ruling, and set aside"),
        pytest.param([standing(1, "D"), standing(2, "PII", is_sensitive=True, has_override=True)],
                     {1}, False, "", id="no ruling, set aside, and something to disclose"),
        pytest.param([standing(1, "IR", is_sensitive=True, has_override=True)], set(), True,
                     "not settled", id="immunity refused"),
        pytest.param([standing(1, "S", is_sensitive=True)], set(), True, "not settled",
                     id="sensitive, and never asked about the test"),
        pytest.param([standing(1, None, is_sensitive=True, has_override=True)], set(), True,
                     "not settled", id="sensitive, undecided and set aside"),
        pytest.param([standing(1, "IG", is_sensitive=True)], set(), True, "", id="granted"),
        pytest.param([standing(1, "SN", is_sensitive=True)], set(), True, "", id="does not meet"),
        pytest.param([standing(1, "D")], {1}, True, "goes alone", id="items and nothing"),
        pytest.param([standing(1, "D")], {1, 9}, False, "does not hold", id="of another case"),
    ],
)  # fmt: skip
def test_what_stands_against_serving(items, chosen, is_nil, says):
    said = reasons_against_serving(APPROVED, items, on=DAY, chosen=frozenset(chosen), is_nil=is_nil)

    assert says in " ".join(said) if says else said == ()


@pytest.mark.parametrize(
    ("code", "days", "is_refused"),
    [
        pytest.param("Q", 1, True, id="the day after"),
        pytest.param(None, 0, False, id="on its day"),
        pytest.param("ND", 1, False, id="decided since"),
    ],
)
@pytest.mark.parametrize("state", [APPROVED, DutyState.CONTINUING])
def test_nothing_is_served_around_an_item_whose_day_has_passed(state, code, days, is_refused):
    aside = standing(1, code, has_override=True, decide_by=DAY, is_approved=True)
    due = standing(2, "D", is_approved=True)

    said = reasons_against_serving(
        state, [aside, due], on=DAY + timedelta(days=days), chosen=frozenset({2}), is_nil=False
    )  # fmt: skip

    refused = "1 item set aside until a day that has passed: item 1. Decide each, or set it aside"
    assert [words.startswith(refused) for words in said] == ([True] if is_refused else [])


def test_what_left_undecided_and_unexplained_is_not_served_past():
    said = reasons_against_serving(
        APPROVED,
        [standing(1, "CND")],
        on=DAY,
        chosen=frozenset(),
        is_nil=True,
        gone=["MG6C item 3"],
    )

    assert "nobody wrote why: MG6C item 3" in " ".join(said)


def test_later_disclosure_is_of_items_and_waits_for_what_nobody_decided_or_set_aside():
    items = [standing(1, "D", is_served=True, is_approved=True),
             standing(2, "D", is_approved=True), standing(3)]  # fmt: skip

    said = reasons_against_serving(
        DutyState.CONTINUING, items, on=DAY, chosen=frozenset({2}), is_nil=False
    )
    assert said == ("1 item nobody has decided: item 3. Endorse each, or set it aside by name.",)
    items[2] = replace(items[2], has_override=True)
    assert not reasons_against_serving(
        DutyState.CONTINUING, items, on=DAY, chosen=frozenset({2}), is_nil=False
    )
    assert reasons_against_serving(
        DutyState.CONTINUING, items, on=DAY, chosen=frozenset(), is_nil=True
    )


@pytest.mark.parametrize("code", ["D", "ND"])
def test_later_disclosure_waits_for_a_second_person_as_the_first_did(code):
    seen, unseen = standing(1, "D", is_approved=True), standing(2, code)
    chosen = frozenset({1, 2} if code == "D" else {1})

    said = reasons_against_serving(
        DutyState.COURT_TOLD, [seen, unseen], on=DAY, chosen=chosen, is_nil=False
    )  # fmt: skip

    assert "no second person has approved that: item 2. Somebody who decided" in " ".join(said)
    seen_both = [seen, replace(unseen, is_approved=True)]
    assert not reasons_against_serving(
        DutyState.COURT_TOLD, seen_both, on=DAY, chosen=chosen, is_nil=False
    )  # fmt: skip


def moved(state, event, items):
    """Return the state after an act; schedules found adequate may be endorsed already."""
    after = move_duty(state, DutyEvent(event))
    return state_after_endorsing(after, items) if after is DutyState.REVIEWING else after


def followers(state, items):
    """Yield every state and items that one act, of anybody, leads to."""
    for event in events_from(DUTY, state):
        # Of what was served nothing begins again.
        is_wrong = event == "BEGIN_AGAIN" and any(item.is_served for item in items)
        # What stood when it was approved before is asked of in test_every_path_of_a_duty.py.
        if event not in {"SERVE", "SERVE_THEN", "ENDORSE_LAST", "OPEN_AGAIN"} and not is_wrong:
            # What was taken back was never served.
            is_back = event == "TAKE_SERVICE_BACK"
            left = tuple(replace(each, is_served=False) for each in items) if is_back else items
            yield moved(state, event, items), left
    for place, item in enumerate(items):
        codes = (None, "SN", "Q") if item.is_sensitive else (None, "D", "CND", "Q")
        for code, aside in [*((each, item.has_override) for each in codes), (item.code, True)]:
            new = list(items)
            new[place] = standing(item.key, code, is_sensitive=item.is_sensitive,
                                  has_override=aside, is_served=item.is_served)  # fmt: skip
            yield state_after_endorsing(state, new), tuple(new)
    for chosen, is_nil in product([(), (1,), (2,), (1, 2)], [False, True]):
        keys = frozenset(chosen)
        if not reasons_against_serving(state, items, on=DAY, chosen=keys, is_nil=is_nil):
            first = state is DutyState.APPROVED
            yield (move_duty(state, DutyEvent.SERVE) if first else state,
                   tuple(replace(item, is_served=item.is_served or item.key in keys)
                         for item in items))  # fmt: skip


def test_of_every_path_with_two_items_none_serves_what_nobody_decided():
    begin = (DutyState.TRIGGERED, (standing(1), standing(2, is_sensitive=True)))
    seen, ahead, served = {begin}, [begin], 0
    ended = 0
    while ahead:
        here = ahead.pop()
        for after in followers(*here):
            if here[0] in BEFORE_SERVING and after[0] is DutyState.CLOSED:
                ended += 1
                assert not any(item.is_served for item in after[1])
            elif here[0] in BEFORE_SERVING and after[0] in SERVED_OR_LATER:
                served += 1
                assert not unsettled(here[1])
                assert not owed(after[1])
            assert not after[1][1].is_served
            if after not in seen:
                seen.add(after)
                ahead.append(after)

    assert served > 0
    assert ended > 0
    assert {state for state, _ in seen} == set(DutyState)


@pytest.mark.parametrize(
    ("items", "more", "says"),
    [
        pytest.param([standing(1, "CND", is_approved=True)], {}, "", id="nothing"),
        pytest.param([standing(1)], {}, "nobody has decided", id="undecided"),
        pytest.param([standing(1, "Q", has_override=True)], {}, "nobody has decided",
                     id="set aside"),
        pytest.param([standing(1, "CND")], {}, "no second person looked", id="unseen"),
        pytest.param([standing(1, "D", is_approved=True)], {}, "as it stands now", id="owed"),
        pytest.param([], {"promises": [Promise(number=3)]}, "answer to request 3", id="no item"),
        pytest.param([], {"promises": [Promise(number=3, things=frozenset({1}))]},
                     "answer to request 3", id="item not served"),
        pytest.param([], {"promises": [Promise(number=3, things=frozenset({1}),
                                               served=frozenset({1}))]}, "", id="kept"),
        pytest.param([], {"untold": 2}, "2 services without notice", id="untold"),
        pytest.param([], {"unsent": 1}, "1 answer to the defence that did not go", id="unsent"),
    ],
)  # fmt: skip
def test_what_stands_against_the_end(items, more, says):
    said = reasons_against_closing(items, **more)

    assert says in " ".join(said) if says else said == ()


def test_what_was_approved_is_opened_again_when_an_endorsement_changes():
    assert state_after_endorsing(DutyState.APPROVED, [standing(1, "D")]) is DutyState.ENDORSED
    assert state_after_endorsing(DutyState.APPROVED, [standing(1, "Q")]) is DutyState.REVIEWING
