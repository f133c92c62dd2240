"""No path that anybody takes leads a duty past the rules: not to service, not to its end."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

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
    unapproved,
    unsettled,
)
from forthright.rules.disclosure_end import Promise, reasons_against_closing
from forthright.rules.disclosure_order import Approved, Rests, approved_then, why_not_served_then
from forthright.rules.endorsements import GIVEN, OPEN_CODES, SENSITIVE_CODES, WAITING, Endorsed
from forthright.rules.schedules.comparing import compare_schedules
from forthright.rules.schedules.schedule import Form, Place, Schedule, ScheduleItem
from forthright.rules.states import events_from
from tests.rules.test_disclosure_duty import DAY, moved, standing


def words_of(key: int) -> str:
    """Return words that are like those of no other item."""
    return chr(0x4E00 + key) * 40


def key_of(item: ScheduleItem) -> int:
    return ord(item.description[0]) - 0x4E00


def a_list(rows: dict[int, str], *, is_sensitive: bool) -> Schedule:
    place = Place(file="example")
    items = tuple(ScheduleItem(place=place, number=number, description=words)
                  for number, words in rows.items())  # fmt: skip
    return Schedule(form=Form.MG6D if is_sensitive else Form.MG6C, place=place, items=items)


# What the machine below does by rules of its own, with all that belongs to it; taking back is asked
# of in tests/disclosure/test_taken_back.py, with what it undoes.
WITH_MORE = {
    "TAKE_BACK",
    "TAKE_SERVICE_BACK",
    "SERVE",
    "SERVE_THEN",
    "ENDORSE_LAST",
    "OPEN_AGAIN",
    "RECEIVE",
    "CLOSE",
    "END",
    "BEGIN_AGAIN",
    "GO_ON",
}


BEGAN = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


class EveryPath(RuleBasedStateMachine):
    """Does anything at any time, as services do it, and looks that nothing slips through."""

    def __init__(self):
        super().__init__()
        self.state = DutyState.TRIGGERED
        self.items: dict[int, ItemStanding] = {}
        self.at_service: list[ItemStanding] | None = None
        self.kept_back: list[ItemStanding] = []
        # Whether the case ended before anything was served.
        self.is_ended = False
        # The items by which each request of the defence was answered; and services untold.
        self.promised: list[frozenset[int]] = []
        self.untold = 0
        # The schedules that stand, and what left them by name, with a reason.
        self.live: list[Schedule] = []
        self.came: set[int] = set()
        self.let_go: set[int] = set()
        # The time, and when each item came, was first and last decided, and looked at since.
        self.now = BEGAN
        self.came_at: dict[int, datetime] = {}
        self.decided: dict[int, list[datetime]] = {}
        self.approved: dict[int, list[datetime]] = {}
        self.approved_at, self.last_served = BEGAN, None
        # When it was approved before the first service, and what stood then.
        self.spans: list[Approved] = []
        self.stood: dict[Approved, list[ItemStanding]] = {}

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
        return self.state in {DutyState.CONTINUING, DutyState.COURT_TOLD} and not against

    def put(self, key: int, **changes) -> None:
        if "code" in changes:  # what is decided anew was looked at by nobody
            changes["is_approved"] = False
        if changes.get("code") is not None or "has_override" in changes:
            self.decided.setdefault(key, []).append(self.now)
        was = self.items[key]
        fields = {name: getattr(was, name) for name in was.__slots__}
        self.items[key] = ItemStanding(**(fields | changes))
        self.state = state_after_endorsing(self.state, list(self.items.values()))

    @rule(minutes=st.sampled_from([1, 90, 3 * 24 * 60]))
    def time_goes_by(self, minutes):
        self.now += timedelta(minutes=minutes)

    def rests(self, chosen) -> list[Rests]:
        """Return what a service rests on, as services do."""
        return [
            Rests(
                named=item.named, came=self.came_at.get(key), is_served=key in chosen,
                decided=self.decided[key][-1 if key in chosen else 0],
                approved=self.looked_at(key, chosen),
            )
            for key, item in self.items.items() if key in self.decided
        ]  # fmt: skip

    def looked_at(self, key, chosen) -> datetime | None:
        decided = self.decided[key][-1 if key in chosen else 0]
        return next((each for each in self.approved.get(key, []) if each >= decided), None)

    @rule(is_sensitive=st.booleans())
    def an_item_comes(self, is_sensitive):
        if self.state is DutyState.CLOSED:
            return
        key = max(self.came | set(self.items), default=0) + 1
        self.take_in(a_list({key: words_of(key)}, is_sensitive=is_sensitive))

    @precondition(lambda self: self.live and self.state is not DutyState.CLOSED)
    @rule(
        pick=st.integers(0, 99),
        leaves_out=st.sets(st.integers(0, 5), max_size=2),
        mends=st.sets(st.integers(0, 5), max_size=2),
        more=st.integers(0, 2),
        shift=st.sampled_from([0, 0, 0, 1]),
        reason=st.sampled_from(["", "Listed twice"]),
    )
    def a_new_version_comes(self, pick, leaves_out, mends, more, shift, reason):
        """A schedule comes again: mended, shorter, longer or numbered anew."""
        old = self.live[pick % len(self.live)]
        kept = [item for place, item in enumerate(old.items) if place not in leaves_out]
        rows = {item.number + shift: item.description + "…" * (place in mends)
                for place, item in enumerate(kept)}  # fmt: skip
        last = max(self.came, default=0)
        rows |= {last + each: words_of(last + each) for each in range(1, more + 1)}
        if not rows:
            return
        self.take_in(a_list(rows, is_sensitive=old.form is Form.MG6D), reason)

    def take_in(self, new: Schedule, reason: str = "") -> None:
        """Take a schedule in as the service does: what leaves is named, with a reason, or stays."""
        live = [each for each in self.live if each.form is new.form]
        [change] = compare_schedules(live, [new])
        gone = {key_of(item) for item in change.withdrawn}
        # A schedule that has no number of the new one is not what it answers.
        numbers = {item.number for item in new.items}
        assert all(numbers & {item.number for item in each.items} for each in change.answered)
        if gone and not reason:
            return
        self.live = [each for each in self.live if each not in change.answered] + [new]
        self.let_go |= gone
        self.items = {key: item for key, item in self.items.items() if key not in gone}
        for item in change.added:
            key = key_of(item)
            self.came.add(key)
            self.came_at[key] = self.now
            self.items[key] = standing(key, is_sensitive=new.form is Form.MG6D)
        if self.state not in SERVED_OR_LATER:
            self.state = move_duty(self.state, DutyEvent.RECEIVE)
        for pair in change.kept:
            if pair.changed and key_of(pair.after) in self.items:
                self.put(key_of(pair.after), code=None)

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
                self.is_approved()
                return
            if event == "TELL_COURT":
                self.untold -= 1
            self.state = moved(self.state, event, list(self.items.values()))

    def is_approved(self) -> None:
        self.everything_is_approved()
        self.state = moved(self.state, "APPROVE", list(self.items.values()))
        self.spans.append(Approved(self.now))
        self.stood[self.spans[-1]] = list(self.items.values())

    def everything_is_approved(self) -> None:
        self.items = {key: replace(item, is_approved=item.is_decided)
                      for key, item in self.items.items()}  # fmt: skip
        for key in self.items:
            self.approved.setdefault(key, []).append(self.now)
        self.approved_at = self.now

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

    @precondition(lambda self: self.state in {DutyState.CONTINUING, DutyState.COURT_TOLD})
    @rule()
    def somebody_closes(self):
        if self.may_close:
            self.state = move_duty(self.state, DutyEvent.CLOSE)

    @precondition(lambda self: self.state in BEFORE_SERVING and self.came)
    @rule(is_so=st.sampled_from([False] * 9 + [True]))
    def the_case_ends(self, is_so):
        if is_so:  # seldom, or few walks would come to a service
            self.state, self.is_ended = move_duty(self.state, DutyEvent.END), True

    @rule(keys=st.frozensets(st.integers(1, 6), max_size=6), is_nil=st.booleans(),
          all_owed=st.booleans(), ago=st.sampled_from([0, 0, 30, 1440, 14400]))  # fmt: skip
    def somebody_serves(self, keys, is_nil, all_owed, ago):
        items = list(self.items.values())
        chosen = frozenset(item.key for item in owed(items)) if all_owed else keys
        if reasons_against_serving(self.state, items, on=DAY, chosen=chosen, is_nil=is_nil):
            return
        then = self.now - timedelta(minutes=ago)
        if self.is_too_early(then, chosen):
            return
        self.last_served = then
        if self.state is DutyState.APPROVED:
            self.state = move_duty(self.state, DutyEvent.SERVE)
            self.at_service = items
        assert not unapproved(items)
        assert not unsettled(items)
        self.kept_back += [item for item in items if item.is_owed and item.key not in chosen]
        assert all(self.items[key].code in GIVEN for key in chosen)
        assert not any(self.items[key].is_sensitive for key in chosen)
        self.untold += 1
        for key in chosen:
            self.put(key, is_served=True)

    @rule(ago=st.sampled_from([0, 1, 30, 90, 1440, 4320, 14400]), keys=st.frozensets(
        st.integers(1, 6), max_size=6), is_nil=st.booleans(), all_owed=st.booleans())  # fmt: skip
    def somebody_records_a_service_of_before_it_changed(self, ago, keys, is_nil, all_owed):
        """The rules are asked of what stood then; what they let by was approved at that moment."""
        then = self.now - timedelta(minutes=ago)
        span = approved_then(then, self.spans)
        if self.state not in BEFORE_SERVING or span is None or span.until is None:
            return
        items = self.stood[Approved(span.since)]
        chosen = frozenset(item.key for item in owed(items)) if all_owed else keys
        if reasons_against_serving(DutyState.APPROVED, items, on=DAY, chosen=chosen, is_nil=is_nil):
            return
        self.state = move_duty(self.state, DutyEvent.SERVE_THEN)
        self.at_service, self.last_served, self.approved_at = items, then, span.since
        assert not unapproved(items)
        assert not unsettled(items)
        assert span.since <= then < span.until
        for item in items:
            made = [each for each in self.decided[item.key] if each <= then]
            assert made, "nobody had written anything against it by then"
        self.kept_back += [item for item in items if item.is_owed and item.key not in chosen]
        assert all(item.code in GIVEN and not item.is_sensitive
                   for item in items if item.key in chosen)  # fmt: skip
        self.untold += 1
        for key in chosen & set(self.items):
            self.put(key, is_served=True)

    @invariant()
    def what_opens_an_approval_again_ends_it(self):
        if self.spans and self.spans[-1].until is None and self.state is not DutyState.APPROVED:
            self.spans[-1] = Approved(self.spans[-1].since, self.now)

    def is_too_early(self, then, chosen) -> bool:
        """Say whether the rules refuse a moment; look that none is left that cannot be."""
        is_first = self.state is DutyState.APPROVED
        before = [(self.approved_at, "It was approved")]
        if not is_first:
            before = [(self.last_served, "It was served")] if self.last_served else []
        rests = () if is_first else self.rests(chosen)
        if why_not_served_then(then, rests=rests, before=before):
            return True
        # As it was at that moment, told by the times alone.
        assert self.last_served is None or then >= self.last_served
        there = {key for key, came in self.came_at.items() if came <= then and key in self.items}
        for key in chosen & set(self.came_at):
            assert key in there
            assert any(self.decided[key][-1] <= each <= then for each in self.approved[key])
        assert all(self.decided[key][0] <= then for key in there)
        return False

    @invariant()
    def nothing_was_served_with_an_item_that_nobody_had_decided(self):
        if self.state in SERVED_OR_LATER and not self.is_ended:
            assert self.at_service is not None
            assert not unsettled(self.at_service)
            assert all(item.has_override or item.code not in WAITING for item in self.at_service)

    @invariant()
    def of_a_case_that_ended_first_nothing_is_served_and_nothing_moves_it(self):
        if self.is_ended:
            assert self.state is DutyState.CLOSED
            assert self.at_service is None
            assert self.untold == 0
            assert not any(item.is_served for item in self.items.values())

    @invariant()
    def nothing_that_came_is_gone_but_by_name_and_with_a_reason(self):
        assert self.came <= set(self.items) | self.let_go

    @invariant()
    def nothing_that_was_said_to_be_disclosed_was_kept_back(self):
        assert self.kept_back == []

    @invariant()
    def nothing_ends_that_no_second_person_saw_or_that_the_defence_or_the_court_waits_for(self):
        # Where it may end is looked at too, for a walk seldom ends just there.
        if (self.state is DutyState.CLOSED and not self.is_ended) or self.may_close:
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

    @precondition(lambda self: self.state is not DutyState.CLOSED)
    @rule(waits=st.sampled_from([1, 90, 1440]), ago=st.sampled_from([0, 30, 1440]))
    def one_more_comes_is_decided_approved_and_served(self, waits, ago):
        """A later service needs all of this, so that a walk seldom comes to one by itself."""
        key = max(self.came | set(self.items)) + 1
        self.take_in(a_list({key: words_of(key)}, is_sensitive=False))
        self.now += timedelta(minutes=waits)
        for item in unsettled(self.items.values()):
            self.put(item.key, code=Endorsed("SN" if item.is_sensitive else "D"))
        self.now += timedelta(minutes=waits)
        self.everything_is_approved()
        self.somebody_serves(keys=frozenset(), is_nil=False, all_owed=True, ago=ago)


test_no_path_leads_to_service_past_the_rules = EveryPath.TestCase
test_no_path_leads_to_the_end_past_the_rules = EveryPathAfterService.TestCase
