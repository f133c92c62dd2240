"""Hours that count are those of the office on working days."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from forthright.rules.words import LONDON
from forthright.rules.working_days import Calendar, CalendarTooShort
from forthright.rules.working_hours import WorkingHours

CALENDAR = Calendar(
    {date(2026, 4, 3): "Good Friday", date(2026, 4, 6): "Easter Monday"},
    date(2026, 1, 1),
    date(2026, 12, 31),
)
HOURS = WorkingHours(CALENDAR, begins=9, ends=17)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        pytest.param("2026-10-05 10:00", 3, "2026-10-05 13:00", id="within a day"),
        pytest.param("2026-10-05 10:00", 7, "2026-10-05 17:00", id="to the very end of a day"),
        pytest.param("2026-10-05 16:55", 1, "2026-10-06 09:55", id="into the next day"),
        pytest.param("2026-10-05 10:00", 8, "2026-10-06 10:00", id="a whole day"),
        pytest.param("2026-10-05 07:00", 1, "2026-10-05 10:00", id="from before the day begins"),
        pytest.param("2026-10-05 20:00", 1, "2026-10-06 10:00", id="from the evening"),
        pytest.param("2026-10-03 12:00", 1, "2026-10-05 10:00", id="from a Saturday"),
        pytest.param("2026-10-02 16:00", 2, "2026-10-05 10:00", id="over a weekend"),
        pytest.param("2026-04-02 16:00", 2, "2026-04-07 10:00", id="over Easter"),
        pytest.param("2026-10-05 10:00", 0, "2026-10-05 10:00", id="no hours"),
    ],
)
def test_hours_after_a_moment(start, hours, end):
    assert HOURS.after(at(start), hours) == at(end)


@pytest.mark.parametrize(
    ("end", "hours", "start"),
    [
        pytest.param("2026-10-05 16:00", 3, "2026-10-05 13:00", id="within a day"),
        pytest.param("2026-10-05 16:00", 7, "2026-10-05 09:00", id="to the very beginning"),
        pytest.param("2026-10-05 10:00", 2, "2026-10-02 16:00", id="over a weekend"),
        pytest.param("2026-04-07 10:00", 2, "2026-04-02 16:00", id="over Easter"),
        pytest.param("2026-10-04 12:00", 1, "2026-10-02 16:00", id="from a Sunday"),
        pytest.param("2026-10-06 08:00", 1, "2026-10-05 16:00", id="from before the day begins"),
    ],
)
def test_hours_before_a_moment(end, hours, start):
    assert HOURS.before(at(end), hours) == at(start)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        pytest.param("2026-10-05 10:00", "2026-10-05 12:30", 2.5, id="within a day"),
        pytest.param("2026-10-05 16:00", "2026-10-06 10:00", 2, id="overnight"),
        pytest.param("2026-10-02 16:00", "2026-10-05 10:00", 2, id="over a weekend"),
        pytest.param("2026-10-03 10:00", "2026-10-04 10:00", 0, id="within a weekend"),
        pytest.param("2026-10-03 10:00", "2026-10-05 10:00", 1, id="from a Saturday"),
        pytest.param("2026-10-05 08:00", "2026-10-09 19:00", 40, id="a whole week"),
        pytest.param("2026-10-05 12:00", "2026-10-05 10:00", 0, id="the other way round"),
    ],
)
def test_hours_between_two_moments(start, end, hours):
    assert HOURS.between(at(start), at(end)) == timedelta(hours=hours)


MOMENTS = st.datetimes(
    datetime.fromisoformat("2026-02-01"), datetime.fromisoformat("2026-10-01")
).map(lambda moment: moment.replace(second=0, microsecond=0, fold=0, tzinfo=LONDON))


@for_any(MOMENTS, st.integers(0, 60))
def test_what_is_added_lies_between(start, hours):
    end = HOURS.after(start, hours)

    assert HOURS.between(start, end) == timedelta(hours=hours)
    assert HOURS.begins <= end.hour <= HOURS.ends


@for_any(MOMENTS, st.integers(0, 60))
def test_what_is_taken_away_lies_between(end, hours):
    start = HOURS.before(end, hours)

    assert HOURS.between(start, end) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("moment", "counts"),
    [
        ("2026-10-05 08:59", False),
        ("2026-10-05 09:00", True),
        ("2026-10-05 16:59", True),
        ("2026-10-05 17:00", False),
        ("2026-10-04 12:00", False),
        ("2026-04-03 12:00", False),
    ],
)
def test_whether_a_moment_counts(moment, counts):
    assert HOURS.are_now(at(moment)) is counts


def test_past_the_end_of_the_calendar_nothing_is_said():
    with pytest.raises(CalendarTooShort):
        HOURS.after(at("2026-12-31 16:00"), 9)
