"""What is in stock, how it flows from week to week, and when a recording was with everybody."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.media_backlog import (
    Came,
    Left,
    RecordingFact,
    flow_of,
    ninetieth,
)
from forthright.rules.weeks import Week

WEEK = Week(2026, 40)
MONDAY, SUNDAY = WEEK.monday, WEEK.sunday
HEARING = date(2026, 10, 26)


def a_recording(number=1, **fields):
    fields = {"entered_on": MONDAY, "unit": "Crown Court", "police": "20AC", **fields}
    return RecordingFact(id=number, **fields)


def days(number):
    return timedelta(days=number)


@pytest.mark.parametrize(
    ("left_on", "day", "is_there"),
    [
        pytest.param(None, MONDAY - days(1), False, id="before it was registered"),
        pytest.param(None, MONDAY, True, id="on the day it was registered"),
        pytest.param(MONDAY + days(3), MONDAY + days(2), True, id="the day before it left"),
        pytest.param(MONDAY + days(3), MONDAY + days(3), False, id="at the end of the day it left"),
        pytest.param(MONDAY, MONDAY, False, id="came and left on one day"),
    ],
)
def test_a_recording_is_in_stock_from_its_first_day_until_it_left(left_on, day, is_there):
    assert a_recording(left_on=left_on).is_in_stock(day) is is_there


@pytest.mark.parametrize(
    ("shared_on", "came"),
    [
        (HEARING - days(8), Came.EARLY),
        (HEARING - days(7), Came.EARLY),
        (HEARING - days(6), Came.BEFORE),
        (HEARING - days(1), Came.BEFORE),
        (HEARING, Came.LATE),
        (HEARING + days(1), Came.LATE),
        (None, Came.NOT),
    ],
)
def test_sharing_on_the_day_of_the_hearing_is_late_and_a_week_before_is_early(shared_on, came):
    assert a_recording(held_on=HEARING, shared_on=shared_on).came(7) is came


@pytest.mark.parametrize(
    ("opened_on", "was"),
    [(HEARING - days(1), True), (HEARING, False), (None, False)],
)
def test_opened_before_means_before_the_day_of_the_hearing(opened_on, was):
    recording = a_recording(held_on=HEARING, shared_on=HEARING - days(9), opened_on=opened_on)

    assert recording.was_opened_before is was


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60), st.one_of(st.none(), st.integers(0, 60)), st.sampled_from(Left)
        ),
        max_size=30,
    )
)
def test_the_stock_of_a_week_is_that_of_the_week_before_with_what_came_and_left(rows):
    recordings = [
        a_recording(
            number, entered_on=MONDAY + days(entered), left_how=how if stayed is not None else None,
            left_on=None if stayed is None else MONDAY + days(entered + stayed),
        )
        for number, (entered, stayed, how) in enumerate(rows)
    ]  # fmt: skip
    before = len(flow_of(recordings, WEEK.plus(-1)).stock)
    for place in range(18):
        flow = flow_of(recordings, WEEK.plus(place))
        assert len(flow.stock) == before + flow.change
        before = len(flow.stock)


@pytest.mark.parametrize(
    ("numbers", "found"),
    [([5], 5), (list(range(1, 11)), 9), (list(range(1, 21)), 18), ([3, 1, 2], 3)],
)
def test_nine_in_ten_are_no_older_than_the_ninetieth_percentile(numbers, found):
    assert ninetieth(numbers) == found
