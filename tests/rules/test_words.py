from datetime import UTC, date, datetime, time

import pytest

from forthright.rules.words import (
    NoSuchHour,
    count_words,
    day_words,
    is_day_only,
    list_words,
    moment_at,
    moment_words,
    percent_words,
    time_words,
)


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (time(16, 55), "4:55pm"),
        (time(9, 0), "9am"),
        (time(12, 0), "midday"),
        (time(12, 5), "12:05pm"),
        (time(0, 0), "midnight"),
        (time(0, 5), "12:05am"),
        (time(23, 59), "11:59pm"),
    ],
)
def test_a_time_is_said_as_people_say_it(moment, said):
    assert time_words(moment) == said


def test_a_moment_is_said_in_local_time():
    summer = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)

    assert moment_words(summer) == "Tuesday 2 June 2026, 12:30am"


def test_a_day_whose_hour_nobody_recorded_is_said_without_one():
    day = date(2026, 6, 2)

    assert is_day_only(moment_at(day, None))
    assert moment_words(moment_at(day, None)) == "Tuesday 2 June 2026"
    assert not is_day_only(moment_at(day, time(0)))
    assert moment_words(moment_at(day, time(0))) == "Tuesday 2 June 2026, midnight"


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        pytest.param(date(2026, 3, 29), time(1, 0), id="the first minute left out"),
        pytest.param(date(2026, 3, 29), time(1, 30), id="in the middle"),
        pytest.param(date(2027, 3, 28), time(1, 59, 59), id="the last second, another year"),
    ],
)
def test_an_hour_that_never_was_is_refused(day, hour):
    with pytest.raises(NoSuchHour, match=r"There was no 1.*the clocks went forward"):
        moment_at(day, hour)


@pytest.mark.parametrize(
    ("day", "hour", "at"),
    [
        pytest.param(date(2026, 3, 29), time(0, 59), "2026-03-29T00:59:00+00:00", id="before"),
        pytest.param(date(2026, 3, 29), time(2, 0), "2026-03-29T02:00:00+01:00", id="after"),
        pytest.param(date(2026, 10, 25), time(1, 30), "2026-10-25T01:30:00+01:00",
                     id="the first of an hour that was twice"),
        pytest.param(date(2026, 10, 25), time(1, 30, fold=1), "2026-10-25T01:30:00+00:00",
                     id="the second, where the hour says so"),
    ],
)  # fmt: skip
def test_an_hour_beside_a_change_of_the_clocks_is_kept(day, hour, at):
    assert moment_at(day, hour).isoformat() == at


def test_days_counts_lists_and_rates_are_said_in_words():
    assert day_words(date(2026, 4, 7), year=False) == "Tuesday 7 April"
    assert count_words(1, "letter") == "1 letter"
    assert count_words(2000, "duty", "duties") == "2,000 duties"
    assert list_words([]) == ""
    assert list_words(["a", "b", "c"], joined_by="or") == "a, b or c"
    assert percent_words(0.2405) == "24.1%"


@pytest.mark.parametrize(
    ("count", "of", "words"),
    [
        pytest.param(1, 80, "1.3%", id="a half goes up"),
        pytest.param(5, 80, "6.3%", id="a half after an even digit too"),
        pytest.param(15, 80, "18.8%", id="a half after an odd digit"),
        pytest.param(48, 200, "24.0%", id="no more than it is"),
        pytest.param(1999, 2000, "over 99.9%", id="not all"),
        pytest.param(1, 4000, "under 0.1%", id="not nothing"),
        pytest.param(80, 80, "100.0%", id="all"),
        pytest.param(0, 80, "0.0%", id="nothing"),
    ],
)
def test_a_share_is_rounded_as_a_spreadsheet_rounds_it(count, of, words):
    assert percent_words(count / of) == words
