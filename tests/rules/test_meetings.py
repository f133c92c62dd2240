"""In which cases a meeting has to be offered."""

from datetime import date

import pytest

from forthright.rules.case_file import Flag
from forthright.rules.meetings import must_offer_meeting


@pytest.mark.parametrize(
    ("flags", "decided_on", "is_due"),
    [
        pytest.param([Flag.DEATH], date(2026, 4, 2), True, id="somebody died"),
        pytest.param([Flag.RASSO, Flag.DOMESTIC_ABUSE], date(2026, 4, 2), True, id="one of two"),
        pytest.param([Flag.DOMESTIC_ABUSE], date(2026, 4, 2), False, id="not on the list"),
        pytest.param([], date(2026, 4, 2), False, id="no flag"),
        pytest.param([Flag.DEATH], date(2006, 4, 3), True, id="the first day of the list"),
        pytest.param([Flag.DEATH], date(2006, 4, 2), False, id="the day before it"),
    ],
)
def test_a_meeting_has_to_be_offered(flags, decided_on, is_due):
    assert must_offer_meeting(flags, decided_on) is is_due
