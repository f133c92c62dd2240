"""No path lets a service be recorded late with what was not approved at its moment."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from forthright.rules.disclosure_duty import BEFORE_SERVING, DutyState, owed, unsettled
from forthright.rules.disclosure_order import Approved
from forthright.rules.endorsements import Endorsed
from tests.rules.test_disclosure_duty import moved
from tests.rules.test_every_path_of_a_duty import EveryPath


class EveryPathToALateRecord(EveryPath):
    """Comes to an approval after which something changes, so that services are recorded late."""

    @precondition(lambda self: self.state in BEFORE_SERVING)
    @rule(minutes=st.sampled_from([1, 90]), is_sensitive=st.booleans(), comes=st.booleans(),
          ago=st.sampled_from([0, 1, 2, 91]), code=st.sampled_from(["D", "ND", None]))  # fmt: skip
    def all_is_approved_and_something_changes(self, minutes, is_sensitive, comes, ago, code):
        """A walk seldom comes to this by itself."""
        if not self.items or self.state is DutyState.RETURNED:
            self.an_item_comes(is_sensitive)
        if self.state is DutyState.RECEIVED:
            self.state = moved(self.state, "ACCEPT", list(self.items.values()))
        self.everything_is_settled(code and Endorsed(code))
        if self.state is DutyState.ENDORSED:
            self.is_approved()
        self.now += timedelta(minutes=minutes)
        if comes:
            self.an_item_comes(is_sensitive)
        else:
            self.put(next(iter(self.items)), code=Endorsed.QUERY)
        self.what_opens_an_approval_again_ends_it()
        self.now += timedelta(minutes=1)
        if self.spans:
            due = owed(self.stood[Approved(self.spans[-1].since)])
            self.somebody_records_a_service_of_before_it_changed(
                ago=ago, keys=frozenset(), is_nil=not due, all_owed=True
            )

    def everything_is_settled(self, code: Endorsed | None) -> None:
        """Decide each item, or set it aside where no code is given."""
        for item in unsettled(self.items.values()):
            if item.is_sensitive:
                self.put(item.key, code=Endorsed.SENSITIVE_NOT_MET)
            elif code is None:
                self.put(item.key, has_override=True)
            else:
                self.put(item.key, code=code)


test_no_path_records_a_service_late_past_the_rules = EveryPathToALateRecord.TestCase
