"""No path that anybody takes leads a duty past the rules: not to service, not to its end."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from forthright.rules.disclosure_duty import (
    BEFORE_SERVING,
    DUTY,
    SERVED_OR_LATER,
    DutyEvent,
    DutyState,
    move_duty,
    owed,
    reasons_against_serving,
    unapproved,
    unsettled,
)
from forthright.rules.disclosure_order import Approved, approved_then
from forthright.rules.endorsements import (
    GIVEN,
    OPEN_CODES,
    SENSITIVE_CODES,
    WAITING,
    Beside,
    Endorsed,
)
from forthright.rules.schedules.schedule import Form
from forthright.rules.states import events_from
from tests.rules.path_of_a_duty import PathOfADuty, a_list, words_of
from tests.rules.test_disclosure_duty import DAY, moved, standing

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


class EveryPath(PathOfADuty):
    """Does anything at any time, as services do it, and looks that nothing slips through."""

    @rule(minutes=st.sampled_from([1, 90, 3 * 24 * 60]))
    def time_goes_by(self, minutes):
        self.now += timedelta(minutes=minutes)

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

    @precondition(lambda self: self.items and self.state is not DutyState.CLOSED)
    @rule(pick=st.integers(0, 99), choose=st.integers(0, 99))
    def somebody_endorses(self, pick, choose):
        item = list(self.items.values())[pick % len(self.items)]
        codes = SENSITIVE_CODES if item.is_sensitive else OPEN_CODES
        code = codes[choose % len(codes)]
        if not self.why_not(item.key, code):
            self.put(item.key, code=code)

    @precondition(lambda self: self.renewed and self.state is not DutyState.CLOSED)
    @rule(pick=st.integers(0, 99), choose=st.integers(0, 99),
          beside=st.sampled_from([Beside.SAME, Beside.MORE, Beside.OTHER]))  # fmt: skip
    def somebody_says_what_it_is_beside_what_was_served(self, pick, choose, beside):
        key = list(self.renewed)[pick % len(self.renewed)]
        codes = SENSITIVE_CODES if self.items[key].is_sensitive else OPEN_CODES
        code = codes[choose % len(codes)]
        if self.why_not(key, code, beside):
            return
        self.renewed[key] = beside
        self.put(key, code=code, is_served=beside is Beside.SAME)

    @precondition(lambda self: self.items and self.state is not DutyState.CLOSED)
    @rule(pick=st.integers(0, 99))
    def somebody_takes_a_decision_back(self, pick):
        item = list(self.items.values())[pick % len(self.items)]
        if item.is_decided and not item.is_served:
            self.put(item.key, code=Endorsed.TAKEN_BACK)
            assert not self.items[item.key].is_settled, "it fell back under what was said before"

    @precondition(lambda self: self.items)
    @rule(pick=st.integers(0, 99))
    def somebody_sets_aside(self, pick):
        item = list(self.items.values())[pick % len(self.items)]
        if not item.is_settled:
            self.put(item.key, has_override=True)

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
        due = {item.key for item in self.items.values() if item.is_owed}
        self.promised.append(frozenset(self.thing(key) for key in keys & due))

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
            self.goes(key, self.thing(key))

    @rule(ago=st.sampled_from([0, 1, 30, 90, 1440, 4320, 14400]), keys=st.frozensets(
        st.integers(1, 6), max_size=6), is_nil=st.booleans(), all_owed=st.booleans())  # fmt: skip
    def somebody_records_a_service_of_before_it_changed(self, ago, keys, is_nil, all_owed):
        """The rules are asked of what stood then; what they let by was approved at that moment."""
        then = self.now - timedelta(minutes=ago)
        span = approved_then(then, self.spans)
        if self.state not in BEFORE_SERVING or span is None or span.until is None:
            return
        items, things = self.stood[Approved(span.since)], self.words_then[Approved(span.since)]
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
            self.goes(key, things[key])
            # What was decided of it before anybody wrote the service down stands until it is anew.
            self.decided_meanwhile.add(key)

    @invariant()
    def what_opens_an_approval_again_ends_it(self):
        if self.spans and self.spans[-1].until is None and self.state is not DutyState.APPROVED:
            self.spans[-1] = Approved(self.spans[-1].since, self.now)

    @invariant()
    def nothing_was_served_with_an_item_that_nobody_had_decided(self):
        if self.state in SERVED_OR_LATER and not self.is_ended:
            assert self.at_service is not None
            assert not unsettled(self.at_service)
            assert all(item.has_override or item.code not in WAITING for item in self.at_service)

    @invariant()
    def what_was_served_is_withheld_in_no_words(self):
        """Unless these are another thing: it stays disclosed, or waits for the police or anew."""
        for key, item in self.items.items():
            has_gone = self.is_served_so(key) or key in self.renewed
            if not has_gone or key in self.decided_meanwhile:
                continue
            if self.renewed.get(key) is not Beside.OTHER:
                assert item.code in GIVEN | {None, Endorsed.QUERY, Endorsed.TAKEN_BACK}
            assert self.is_served_so(key) == (self.thing(key) in self.went)
            # It goes again, unless somebody says that it says the same.
            if item.code in GIVEN and not item.is_sensitive:
                is_with_them = self.thing(key) in self.went
                assert item.is_owed == (
                    not is_with_them and self.renewed.get(key) is not Beside.SAME
                )

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
        self.went = {self.thing(1)}
        self.at_service = list(self.items.values())

    @initialize(untold=st.integers(0, 1), promised=st.lists(st.just(frozenset()), max_size=1))
    def something_is_left_over(self, untold, promised):
        self.untold, self.promised = untold, promised

    @precondition(lambda self: self.state is not DutyState.CLOSED)
    @rule(pick=st.integers(0, 99), choose=st.integers(0, 99), beside=st.sampled_from(Beside))
    def what_was_served_comes_in_other_words_and_is_decided(self, pick, choose, beside):
        """Few walks mend just the item that was served, and decide it after that."""
        gone = [key for key, item in self.items.items() if item.is_served or key in self.renewed]
        key = gone[pick % len(gone)]
        self.is_written_otherwise(key)
        if beside:
            pick = list(self.renewed).index(key)
            self.somebody_says_what_it_is_beside_what_was_served(pick, choose, beside)
        else:
            self.somebody_endorses(list(self.items).index(key), choose)

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
