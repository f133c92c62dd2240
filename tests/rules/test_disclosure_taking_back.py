"""A first service is taken back only once nothing that was recorded after it is left."""

import pytest

from forthright.rules.disclosure_duty import DutyEvent, DutyState, move_duty
from forthright.rules.disclosure_taking_back import why_no_service_back
from forthright.rules.states import MoveNotAllowed

STATED = "defence statement received Friday 9 October 2026"


@pytest.mark.parametrize(
    ("is_first", "later", "statements", "says"),
    [
        (True, 0, [], []),
        (True, 1, [], ["1 later service"]),
        (True, 2, [], ["2 later services"]),
        (True, 0, [STATED], [STATED]),
        (True, 1, [STATED], ["1 later service", STATED]),
        # Nothing rests on a later service: what it gave is owed again.
        (False, 0, [], []),
        (False, 1, [STATED], []),
    ],
)
def test_what_rests_on_a_service_is_taken_back_first(is_first, later, statements, says):
    words = why_no_service_back(is_first=is_first, later=later, statements=statements)

    assert bool(words) is bool(says)
    assert all(each in words for each in says)
    assert not says or "take it back first" in words


@pytest.mark.parametrize("state", list(DutyState))
def test_only_a_service_without_a_statement_leads_back_to_the_approval(state):
    if state in {DutyState.SERVED, DutyState.COURT_TOLD}:
        assert move_duty(state, DutyEvent.TAKE_SERVICE_BACK) is DutyState.APPROVED
        return
    with pytest.raises(MoveNotAllowed):
        move_duty(state, DutyEvent.TAKE_SERVICE_BACK)
