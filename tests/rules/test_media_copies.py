"""Each copy of a recording that came, and whether it plays, as it was recorded by a moment."""

from datetime import UTC, date, datetime

import pytest

from forthright.rules.media_copies import Copy, copies_of
from forthright.rules.media_history import Turn
from forthright.rules.media_states import MediaEvent, MediaState

END = datetime(2026, 10, 20, tzinfo=UTC)


def turns(*said):
    """Return steps that were recorded at noon of days of October, such as "PLAY 3"."""
    made = [each.split() for each in said]
    return [
        Turn(datetime(2026, 10, int(day), 12, tzinfo=UTC), MediaEvent(event), MediaState.EXPECTED)
        for event, day in made
    ]


CAME, BAD = "RECEIVE_PHYSICAL 2", "FAIL_TO_PLAY 3"


@pytest.mark.parametrize(
    ("said", "copies"),
    [
        ([], []),
        (["REQUEST 1"], []),
        ([CAME], [(2, None)]),
        ([CAME, "PLAY 3"], [(2, True)]),
        ([CAME, "PLAY 3", "FAIL_TO_PLAY 4"], [(2, False)]),
        ([CAME, BAD, "MAKE_DERIVATIVE 5"], [(2, True)]),
        (["VERIFY 2", BAD, "VERIFY 4"], [(2, None)]),
        ([CAME, BAD, "REQUEST 4"], [(2, False)]),
        ([CAME, BAD, "WITHDRAW 4", "REINSTATE 5"], [(2, False)]),
        ([CAME, BAD, "REQUEST 4", "RECEIVE_LINK 6"], [(2, False), (6, None)]),
        ([CAME, BAD, "REQUEST 4", "RECEIVE_LINK 6", "PLAY 7"], [(2, False), (6, True)]),
        ([CAME, "NOT_THERE 3"], []),
        ([CAME, BAD, "UNTRIED_THERE 4"], [(2, None)]),
        ([CAME, BAD, "HERE_AS_A_FILE 4", "PLAY 4"], [(2, True)]),
        ([CAME, "FAIL_TO_PLAY 21"], [(2, None)]),
        (["RECEIVE_PHYSICAL 21"], []),
        ([CAME, BAD, "REQUEST 21", "RECEIVE_LINK 22", "PLAY 22"], [(2, False)]),
    ],
)
def test_each_copy_that_came_is_known_with_whether_it_plays(said, copies):
    assert [(e.received_on.day, e.plays) for e in copies_of(turns(*said), END)] == copies


@pytest.mark.parametrize(
    ("said", "copies"),
    [
        ([], []),
        ([CAME, BAD], [Copy(date(2026, 9, 30), plays=False)]),
        ([CAME, BAD, "REQUEST 21", "VERIFY 22"], [Copy(date(2026, 10, 2), plays=False)]),
        ([CAME, "NOT_THERE 21"], [Copy(date(2026, 10, 2))]),
    ],
)
def test_the_copy_that_is_here_came_on_the_day_that_stands_now(said, copies):
    assert list(copies_of(turns(*said), END, date(2026, 9, 30))) == copies
