"""What anybody may do about a duty, kept in step as services do it; its rules stand beside it."""

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis.stateful import RuleBasedStateMachine

from forthright.rules.disclosure_duty import (
    SERVED_OR_LATER,
    DutyEvent,
    DutyState,
    ItemStanding,
    move_duty,
    state_after_endorsing,
)
from forthright.rules.disclosure_end import Promise, reasons_against_closing
from forthright.rules.disclosure_order import Approved, Rests, why_not_served_then
from forthright.rules.endorsements import (
    ENDS_ASIDE,
    Beside,
    Endorsed,
    why_it_stays_served,
)
from forthright.rules.schedules.comparing import compare_schedules
from forthright.rules.schedules.schedule import Form, Place, Schedule, ScheduleItem
from tests.rules.test_disclosure_duty import moved, standing


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


BEGAN = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)


class PathOfADuty(RuleBasedStateMachine):
    """Where a duty and its items stand on a path, and what each step does with them."""

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
        # When it was approved before the first service, and what stood then, in which words.
        self.spans: list[Approved] = []
        self.stood: dict[Approved, list[ItemStanding]] = {}
        self.words_then: dict[Approved, dict[int, int]] = {}
        # How often each item was written otherwise; what went, in which words; and of what went in
        # other words what somebody says of these beside it.
        self.written: dict[int, int] = {}
        self.went: set[int] = set()
        self.renewed: dict[int, Beside] = {}
        # What went before a decision that was written by then, and is not decided again since.
        self.decided_meanwhile: set[int] = set()

    def thing(self, key: int) -> int:
        """Return the id of an item in the words that it has now."""
        return key * 1000 + self.written.get(key, 0)

    def is_served_so(self, key: int) -> bool:
        return self.items[key].is_served and key not in self.renewed

    def why_not(self, key: int, code: Endorsed, beside: Beside | None = None) -> str:
        """Say why an item is not endorsed so, as the service that endorses asks the rules."""
        return why_it_stays_served(
            self.items[key].named, code,
            self.renewed.get(key, Beside.UNSAID) if beside is None else beside,
            is_served_so=self.is_served_so(key), is_served_before=key in self.renewed,
        )  # fmt: skip

    @property
    def promises(self) -> list[Promise]:
        with_them = {self.thing(key) for key, item in self.items.items() if item.is_served}
        served = frozenset(self.went | with_them)
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
        if changes.get("code") in ENDS_ASIDE:  # so nothing falls back under that later
            changes["has_override"] = False
        if changes.get("code") is not None or "has_override" in changes:
            self.decided.setdefault(key, []).append(self.now)
            self.decided_meanwhile.discard(key)
        was = self.items[key]
        fields = {name: getattr(was, name) for name in was.__slots__}
        self.items[key] = ItemStanding(**(fields | changes))
        self.state = state_after_endorsing(self.state, list(self.items.values()))

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
                self.is_written_otherwise(key_of(pair.after))

    def is_written_otherwise(self, key: int) -> None:
        """Let an item stand in other words: nobody decided of these, and they did not go.

        What is another thing than what went stays so, however often it is written otherwise.
        """
        if key in self.renewed or self.items[key].is_served:
            is_other = self.renewed.get(key) is Beside.OTHER
            self.renewed[key] = Beside.OTHER if is_other else Beside.UNSAID
        self.written[key] = self.written.get(key, 0) + 1
        self.decided_meanwhile.discard(key)
        self.put(key, code=None, is_served=False, has_override=False)
        self.decided.pop(key, None)

    def is_approved(self) -> None:
        self.everything_is_approved()
        self.state = moved(self.state, "APPROVE", list(self.items.values()))
        self.spans.append(Approved(self.now))
        self.stood[self.spans[-1]] = list(self.items.values())
        self.words_then[self.spans[-1]] = {key: self.thing(key) for key in self.items}

    def everything_is_approved(self) -> None:
        self.items = {key: replace(item, is_approved=item.is_decided)
                      for key, item in self.items.items()}  # fmt: skip
        for key in self.items:
            self.approved.setdefault(key, []).append(self.now)
        self.approved_at = self.now

    def goes(self, key: int, thing: int) -> None:
        """Let the defence have an item in some words: those that it has now, or had before."""
        self.went.add(thing)
        if thing == self.thing(key):
            self.renewed.pop(key, None)
            self.put(key, is_served=True)
        elif not self.is_served_so(key):
            self.renewed[key] = Beside.UNSAID

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
