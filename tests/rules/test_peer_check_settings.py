"""Which letters are looked at, and by when, with the reasons."""

from dataclasses import replace
from datetime import date

import pytest

from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.peer_check_settings import (
    LetterDue,
    PutForward,
    check_due,
    published_peer_check_settings,
)
from forthright.rules.words import local
from tests.rules.examples import at

CALENDAR = published_bank_holidays().calendar
SETTINGS = published_peer_check_settings()


def due(forward, letter_due=None, settings=SETTINGS):
    own = LetterDue(letter_due) if letter_due else None
    return check_due(
        PutForward(at=moment(forward)), letter_due=own, settings=settings, calendar=CALENDAR
    )


def moment(words):
    day, hour = words.split()
    hours, minutes = hour.split(":")
    return at(date.fromisoformat(day), int(hours), int(minutes))


@pytest.mark.parametrize(
    ("forward", "letter_due", "expected"),
    [
        pytest.param("2026-10-05 10:00", date(2026, 10, 9), "2026-10-05 14:00", id="the same day"),
        pytest.param("2026-10-05 15:00", date(2026, 10, 9), "2026-10-06 11:00", id="over night"),
        pytest.param("2026-10-09 16:00", date(2026, 10, 20), "2026-10-12 12:00", id="a weekend"),
        pytest.param("2026-10-05 13:00", date(2026, 10, 5), "2026-10-05 15:00", id="due today"),
        pytest.param("2026-10-05 16:00", date(2026, 10, 5), "2026-10-05 17:00", id="past the hour"),
        pytest.param("2026-10-09 18:30", date(2026, 10, 9), "2026-10-12 10:00", id="at night"),
        pytest.param("2026-10-10 10:00", date(2026, 10, 8), "2026-10-12 10:00", id="a Saturday"),
        pytest.param("2026-10-09 16:30", date(2026, 10, 9), "2026-10-12 09:30", id="before 5pm"),
        pytest.param("2026-10-04 22:00", date(2026, 10, 9), "2026-10-05 13:00", id="a Sunday"),
        pytest.param("2026-12-24 16:00", date(2027, 1, 5), "2026-12-29 12:00", id="over Christmas"),
        pytest.param("2026-10-05 10:00", None, "2026-10-05 14:00", id="a letter not owed"),
    ],
)
def test_check_due(forward, letter_due, expected):
    assert local(due(forward, letter_due).at) == moment(expected)


def test_words_changed_after_they_were_put_forward_have_their_time_from_the_change():
    found = check_due(
        PutForward(at=moment("2026-10-05 12:00"), changed=moment("2026-10-07 10:00")),
        letter_due=LetterDue(date(2026, 10, 9)), settings=SETTINGS, calendar=CALENDAR,
    )  # fmt: skip

    assert local(found.at) == moment("2026-10-07 14:00")
    assert found.because[0] == (
        "Put forward Monday 5 October 2026, midday; changed after that, "
        "Wednesday 7 October 2026, 10am."
    )


def test_a_letter_opened_again_has_its_time_from_that():
    found = check_due(
        PutForward(at=moment("2026-10-05 12:00"), changed=moment("2026-10-05 11:00"),
                   reopened=moment("2026-10-08 09:30")),
        letter_due=LetterDue(date(2026, 10, 9)), settings=SETTINGS, calendar=CALENDAR,
    )  # fmt: skip

    assert local(found.at) == moment("2026-10-08 13:30")
    assert found.because[0] == (
        "Put forward Monday 5 October 2026, midday; not required after that, and opened again "
        "Thursday 8 October 2026, 9:30am."
    )


def test_a_letter_that_did_not_arrive_has_its_time_from_when_that_was_known():
    found = check_due(
        PutForward(at=moment("2026-10-05 12:00"), changed=moment("2026-10-05 11:00"),
                   not_arrived=moment("2026-10-14 12:00")),
        letter_due=LetterDue(date(2026, 10, 12)), settings=SETTINGS, calendar=CALENDAR,
    )  # fmt: skip

    assert local(found.at) == moment("2026-10-14 13:00")
    assert found.because[0] == (
        "Put forward Monday 5 October 2026, midday; sent after that, and known not to have "
        "arrived Wednesday 14 October 2026, midday."
    )


@pytest.mark.parametrize(
    ("forward", "moved", "letter_due", "expected"),
    [
        pytest.param("2026-10-05 14:00", "2026-10-05 14:10", date(2026, 10, 6),
                     "2026-10-06 10:00", id="its hours end first"),
        pytest.param("2026-10-05 16:00", "2026-10-05 16:10", date(2026, 10, 5),
                     "2026-10-06 09:10", id="its hour had gone by"),
        pytest.param("2026-10-05 14:00", "2026-10-05 14:10", date(2026, 10, 5),
                     "2026-10-05 15:00", id="its hour is still to come"),
        pytest.param("2026-10-05 10:00", "2026-10-05 13:30", date(2026, 10, 2),
                     "2026-10-05 14:00", id="no later than its hours"),
        pytest.param("2026-10-05 12:00", "2026-10-05 10:00", date(2026, 10, 2),
                     "2026-10-05 13:00", id="moved before it was put forward"),
    ],
)  # fmt: skip
def test_a_letter_that_came_to_be_due_earlier_is_late_for_no_hour_that_had_gone_by(
    forward, moved, letter_due, expected
):
    found = check_due(
        PutForward(at=moment(forward)), letter_due=LetterDue(letter_due, moment(moved)),
        settings=SETTINGS, calendar=CALENDAR,
    )  # fmt: skip

    assert local(found.at) == moment(expected)


def test_an_hour_that_had_gone_by_is_said_with_when_that_was_known():
    found = check_due(
        PutForward(at=moment("2026-10-05 12:00")), settings=SETTINGS, calendar=CALENDAR,
        letter_due=LetterDue(date(2026, 10, 2), moment("2026-10-05 14:00")),
    )  # fmt: skip

    assert found.because[2] == (
        "The letter itself was to be looked at by Friday 2 October 2026, 3pm, so it is looked at "
        "within an office hour of when that was known, Monday 5 October 2026, 2pm."
    )


def test_words_written_before_they_were_put_forward_are_not_said_to_be_changed():
    found = check_due(
        PutForward(at=moment("2026-10-05 12:00"), changed=moment("2026-10-02 10:00")),
        letter_due=LetterDue(date(2026, 10, 9)), settings=SETTINGS, calendar=CALENDAR,
    )  # fmt: skip

    assert found == due("2026-10-05 12:00", date(2026, 10, 9))


def test_a_time_says_why_and_from_where():
    because = due("2026-10-05 13:00", date(2026, 10, 5)).because

    assert because[1] == (
        "4 office hours are allowed for it, from 9am to 5pm on working days: "
        "Monday 5 October 2026, 5pm."
    )
    assert "so it is looked at by 3pm of that day" in because[2]
    assert because[-1].startswith("Source: This service's own setting")


def test_every_letter_of_a_kind_is_asked_for_and_none_of_another():
    assert SETTINGS.asks_for("DECISION", "1/1")
    assert not SETTINGS.asks_for("HOLDING", "1/1")


def test_a_share_is_met_by_lot_and_each_lot_is_the_letters_own():
    settings = replace(SETTINGS, share_percent=30, seed=20261005)

    chosen = [each for each in range(4000) if settings.asks_for("DECISION", f"{each}/1")]

    # 1,200 expected; four standard deviations are 116.
    assert 1084 < len(chosen) < 1316
    assert all(settings.asks_for("DECISION", f"{each}/1") for each in chosen[:20])
