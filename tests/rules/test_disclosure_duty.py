from dataclasses import replace
from itertools import product

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from forthright.rules.disclosure_duty import (
    DUTY,
    SERVED_OR_LATER,
    DutyEvent,
    DutyState,
    ItemStanding,
    move_duty,
    owed,
    reasons_against_serving,
    state_after_endorsing,
    unapproved,
    unsettled,
)
from forthright.rules.disclosure_end import Promise, reasons_against_closing
from forthright.rules.endorsements import GIVEN, OPEN_CODES, SENSITIVE_CODES, WAITING, Endorsed
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


APPROVED = DutyState.APPROVED


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
        pytest.param([standing(1, "S", is_sensitive=True)], {1}, False, "a sensitive item",
                     id="a sensitive item is never named"),
        pytest.param([standing(1, "D")], {1}, True, "goes alone", id="items and nothing"),
        pytest.param([standing(1, "D")], {1, 9}, False, "does not hold", id="of another case"),
    ],
)  # fmt: skip
def test_what_stands_against_serving(items, chosen, is_nil, says):
    said = reasons_against_serving(APPROVED, items, chosen=frozenset(chosen), is_nil=is_nil)

    assert says in " ".join(said) if says else said == ()


def test_later_disclosure_is_of_items_and_waits_for_no_other_item():
    items = [standing(1, "D", is_served=True), standing(2, "D"), standing(3)]

    assert not reasons_against_serving(
        DutyState.CONTINUING, items, chosen=frozenset({2}), is_nil=False
    )
    assert reasons_against_serving(DutyState.CONTINUING, items, chosen=frozenset(), is_nil=True)


def moved(state, event, items):
    """Return the state after an act; schedules found adequate may be endorsed already."""
    after = move_duty(state, DutyEvent(event))
    return state_after_endorsing(after, items) if after is DutyState.REVIEWING else after


def followers(state, items):
    """Yield every state and items that one act, of anybody, leads to."""
    for event in events_from(DUTY, state):
        if event not in {"SERVE", "ENDORSE_LAST", "OPEN_AGAIN"}:
            yield moved(state, event, items), items
    for place, item in enumerate(items):
        codes = (None, "S", "Q") if item.is_sensitive else (None, "D", "CND", "Q")
        for code, aside in [*((each, item.has_override) for each in codes), (item.code, True)]:
            new = list(items)
            new[place] = standing(item.key, code, is_sensitive=item.is_sensitive,
                                  has_override=aside, is_served=item.is_served)  # fmt: skip
            yield state_after_endorsing(state, new), tuple(new)
    for chosen, is_nil in product([(), (1,), (2,), (1, 2)], [False, True]):
        keys = frozenset(chosen)
        if not reasons_against_serving(state, items, chosen=keys, is_nil=is_nil):
            first = state is DutyState.APPROVED
            yield (move_duty(state, DutyEvent.SERVE) if first else state,
                   tuple(replace(item, is_served=item.is_served or item.key in keys)
                         for item in items))  # fmt: skip


def test_of_every_path_with_two_items_none_serves_what_nobody_decided():
    begin = (DutyState.TRIGGERED, (standing(1), standing(2, is_sensitive=True)))
    seen, ahead, served = {begin}, [begin], 0
    while ahead:
        here = ahead.pop()
        for after in followers(*here):
            if here[0] not in SERVED_OR_LATER and after[0] in SERVED_OR_LATER:
                served += 1
                assert not unsettled(here[1])
                assert not owed(after[1])
            assert not after[1][1].is_served
            if after not in seen:
                seen.add(after)
                ahead.append(after)

    assert served > 0
    assert {state for state, _ in seen} == set(DutyState)


# What the machine below does by rules of its own, with all that belongs to it.
WITH_MORE = {"SERVE", "ENDORSE_LAST", "OPEN_AGAIN", "RECEIVE", "CLOSE"}


class EveryPath(RuleBasedStateMachine):
    """Does anything at any time, as services do it, and looks that nothing slips through."""

    def __init__(self):
        super().__init__()
        self.state = DutyState.TRIGGERED
        self.items: dict[int, ItemStanding] = {}
        self.at_service: list[ItemStanding] | None = None
        self.kept_back: list[ItemStanding] = []
        # The items by which each request of the defence was answered; and services untold.
        self.promised: list[frozenset[int]] = []
        self.untold = 0

    @property
    def promises(self) -> list[Promise]:
        served = frozenset(key for key, item in self.items.items() if item.is_served)
        return [Promise(number=number, things=things, served=things & served)
                for number, things in enumerate(self.promised, 1)]  # fmt: skip

    @property
    def may_close(self) -> bool:
        against = reasons_against_closing(
            list(self.items.values()), promises=self.promises, untold=self.untold
        )
        return self.state is DutyState.CONTINUING and not against

    def put(self, key: int, **changes) -> None:
        if "code" in changes:  # what is decided anew was looked at by nobody
            changes["is_approved"] = False
        was = self.items[key]
        fields = {name: getattr(was, name) for name in was.__slots__}
        self.items[key] = ItemStanding(**(fields | changes))
        self.state = state_after_endorsing(self.state, list(self.items.values()))

    @rule(is_sensitive=st.booleans())
    def an_item_comes(self, is_sensitive):
        if self.state is DutyState.CLOSED:
            return
        key = len(self.items) + 1
        self.items[key] = standing(key, is_sensitive=is_sensitive)
        if self.state not in SERVED_OR_LATER:
            self.state = move_duty(self.state, DutyEvent.RECEIVE)

    @precondition(lambda self: self.items and self.state is not DutyState.CLOSED)
    @rule(pick=st.integers(0, 99), choose=st.integers(0, 99))
    def somebody_endorses(self, pick, choose):
        item = list(self.items.values())[pick % len(self.items)]
        codes = SENSITIVE_CODES if item.is_sensitive else OPEN_CODES
        self.put(item.key, code=codes[choose % len(codes)])

    @precondition(lambda self: self.items)
    @rule(pick=st.integers(0, 99))
    def somebody_sets_aside(self, pick):
        key = list(self.items)[pick % len(self.items)]
        self.put(key, has_override=True)

    @rule(choose=st.integers(0, 99))
    def something_else_happens(self, choose):
        may = [each for each in events_from(DUTY, self.state)
               if each not in WITH_MORE]  # fmt: skip
        if may:
            event = may[choose % len(may)]
            if event == "APPROVE":
                self.everything_is_approved()
            if event == "TELL_COURT":
                self.untold -= 1
            self.state = moved(self.state, event, list(self.items.values()))

    def everything_is_approved(self) -> None:
        self.items = {key: replace(item, is_approved=item.is_decided)
                      for key, item in self.items.items()}  # fmt: skip

    @precondition(lambda self: self.state in SERVED_OR_LATER - {DutyState.CLOSED})
    @rule()
    def a_second_person_looks_again(self):
        self.everything_is_approved()

    @precondition(lambda self: self.state in SERVED_OR_LATER - {DutyState.SERVED} and self.untold)
    @rule()
    def the_court_is_told_of_a_later_service(self):
        self.untold -= 1

    @precondition(lambda self: self.state is DutyState.STATEMENT)
    @rule(keys=st.frozensets(st.integers(1, 6), max_size=2))
    def a_request_is_answered_to_be_disclosed(self, keys):
        self.promised.append(keys & {item.key for item in self.items.values() if item.is_owed})

    @precondition(lambda self: self.promised and self.state is not DutyState.CLOSED)
    @rule(pick=st.integers(0, 99))
    def it_is_answered_otherwise(self, pick):
        del self.promised[pick % len(self.promised)]

    @precondition(lambda self: self.state is DutyState.CONTINUING)
    @rule()
    def somebody_closes(self):
        if self.may_close:
            self.state = move_duty(self.state, DutyEvent.CLOSE)

    @rule(keys=st.frozensets(st.integers(1, 6), max_size=6), is_nil=st.booleans(),
          all_owed=st.booleans())  # fmt: skip
    def somebody_serves(self, keys, is_nil, all_owed):
        items = list(self.items.values())
        chosen = frozenset(item.key for item in owed(items)) if all_owed else keys
        if reasons_against_serving(self.state, items, chosen=chosen, is_nil=is_nil):
            return
        if self.state is DutyState.APPROVED:
            self.state = move_duty(self.state, DutyEvent.SERVE)
            self.at_service = items
            assert not unapproved(items)
        self.kept_back += [item for item in items if item.is_owed and item.key not in chosen]
        assert all(self.items[key].code in GIVEN for key in chosen)
        assert not any(self.items[key].is_sensitive for key in chosen)
        self.untold += 1
        for key in chosen:
            self.put(key, is_served=True)

    @invariant()
    def nothing_was_served_with_an_item_that_nobody_had_decided(self):
        if self.state in SERVED_OR_LATER:
            assert self.at_service is not None
            assert not unsettled(self.at_service)
            assert all(item.has_override or item.code not in WAITING for item in self.at_service)

    @invariant()
    def nothing_that_was_said_to_be_disclosed_was_kept_back(self):
        assert self.kept_back == []

    @invariant()
    def nothing_ends_that_no_second_person_saw_or_that_the_defence_or_the_court_waits_for(self):
        # Where it may end is looked at too, for a walk seldom ends just there.
        if self.state is DutyState.CLOSED or self.may_close:
            assert all(item.is_decided and item.is_approved for item in self.items.values())
            assert not owed(self.items.values())
            assert not any(promise.is_owed for promise in self.promises)
            assert self.untold == 0

    @invariant()
    def nothing_is_approved_with_an_item_that_nobody_has_decided(self):
        if self.state in {DutyState.ENDORSED, DutyState.APPROVED}:
            assert not unsettled(self.items.values())


class EveryPathAfterService(EveryPath):
    """Begins where the duty goes on being reviewed, so that many paths come to its end."""

    def __init__(self):
        super().__init__()
        self.state = DutyState.CONTINUING
        self.items = {1: standing(1, "D", is_served=True, is_approved=True)}
        self.at_service = list(self.items.values())

    @initialize(untold=st.integers(0, 1), promised=st.lists(st.just(frozenset()), max_size=1))
    def something_is_left_over(self, untold, promised):
        self.untold, self.promised = untold, promised


@pytest.mark.parametrize(
    ("items", "more", "says"),
    [
        pytest.param([standing(1, "CND", is_approved=True)], {}, "", id="nothing"),
        pytest.param([standing(1)], {}, "nobody has decided", id="undecided"),
        pytest.param([standing(1, "Q", has_override=True)], {}, "nobody has decided",
                     id="set aside"),
        pytest.param([standing(1, "CND")], {}, "no second person looked", id="unseen"),
        pytest.param([standing(1, "D", is_approved=True)], {}, "never served", id="owed"),
        pytest.param([], {"promises": [Promise(number=3)]}, "answer to request 3", id="no item"),
        pytest.param([], {"promises": [Promise(number=3, things=frozenset({1}))]},
                     "answer to request 3", id="item not served"),
        pytest.param([], {"promises": [Promise(number=3, things=frozenset({1}),
                                               served=frozenset({1}))]}, "", id="kept"),
        pytest.param([], {"untold": 2}, "2 services without notice", id="untold"),
    ],
)  # fmt: skip
def test_what_stands_against_the_end(items, more, says):
    said = reasons_against_closing(items, **more)

    assert says in " ".join(said) if says else said == ()


test_no_path_leads_to_service_past_the_rules = EveryPath.TestCase
test_no_path_leads_to_the_end_past_the_rules = EveryPathAfterService.TestCase


def test_what_was_approved_is_opened_again_when_an_endorsement_changes():
    assert state_after_endorsing(DutyState.APPROVED, [standing(1, "D")]) is DutyState.ENDORSED
    assert state_after_endorsing(DutyState.APPROVED, [standing(1, "Q")]) is DutyState.REVIEWING
